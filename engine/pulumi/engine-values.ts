/** How Pulumi marks a value that is more than plain JSON, in states and events. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for a value that a preview cannot know, one for each type that it may come to have. */
const unknowns: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

type Values = Readonly<Record<string, unknown>>;

/** Values as people may see them: secrets as `"[secret]"`, what is not known yet as `"[unknown]"`. */
export const shownValues = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shownValue(value)]));

const shownValue = (value: unknown): unknown => {
  if (unknowns.has(value)) return "[unknown]";
  if (Array.isArray(value)) return value.map(shownValue);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Values;
  return fields[signatureKey] === secretSignature ? "[secret]" : shownValues(fields);
};

/** Top-level keys whose values differ, sorted. An absent key and null are the same, as they are for Pulumi. */
export const differingKeys = (olds: Values, news: Values): readonly string[] =>
  [...new Set([...Object.keys(olds), ...Object.keys(news)])]
    .filter((key) => JSON.stringify(olds[key] ?? null) !== JSON.stringify(news[key] ?? null))
    .sort();
