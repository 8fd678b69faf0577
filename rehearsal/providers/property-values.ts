/** Inputs or outputs of a resource as Pulumi sends them: secrets are wrapped, unknowns are markers. */
export type Properties = Readonly<Record<string, unknown>>;

/** Stands in a preview for a value that only the real operation will know. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Whether a value is an object with keys, neither a list nor null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSecret = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && value[signatureKey] === secretSignature;

/** The value that a secret wraps; wrapped again it is a secret for the engine. */
export const secret = (value: unknown): Properties => ({ [signatureKey]: secretSignature, value });

/** The same value with the wrapping of every secret taken off, at any depth. */
export const reveal = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reveal);
  if (isSecret(value)) return reveal(value.value);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reveal(inner)]));
};

/** `reveal` for a whole set of inputs or outputs. */
export const revealAll = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, reveal(value)]));

const someValue = (value: unknown, test: (value: unknown) => boolean): boolean => {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((item) => someValue(item, test));
  return isRecord(value) && Object.values(value).some((inner) => someValue(inner, test));
};

/** Whether something in the value is known only after other resources were made. */
export const containsUnknown = (value: unknown): boolean =>
  someValue(value, (inner) => inner === UNKNOWN);

/**
 * Marks in `outputs` what is secret in `inputs`, as the engine does for providers that know no secrets: a
 * list with a secret in it becomes secret as a whole.
 */
export const keepSecrets = (outputs: Properties, inputs: Properties): Properties =>
  Object.fromEntries(
    Object.entries(outputs).map(([key, output]) => {
      const input = inputs[key];
      if (isRecord(output) && isRecord(input) && !isSecret(input) && !isSecret(output)) {
        return [key, keepSecrets(output, input)];
      }
      return [key, !isSecret(output) && someValue(input, isSecret) ? secret(output) : output];
    }),
  );
