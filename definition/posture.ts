import { z } from "zod";

/** One config value: a number, a word, a switch, or a word for each plane. */
export type PostureValue =
  string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** The config values that make a stage, by key. */
export type Posture = Readonly<Record<string, PostureValue>>;

/** What one config key may hold, and what it means to the person who sets it. */
export interface ConfigKey {
  readonly meaning: string;
  readonly form: "weight" | "seconds" | "word" | "words" | "switch" | "per plane";
  /** The words allowed, where they are words. */
  readonly words?: readonly string[];
  readonly planes?: readonly string[];
  /** Taken when the stack file does not set the key. */
  readonly default?: PostureValue;
}

/** What holds while the stack file does not set the key; without it the key must be set. */
interface Unset {
  readonly unlessSet?: PostureValue;
}

const byDefault = ({ unlessSet }: Unset): Pick<ConfigKey, "default"> =>
  unlessSet === undefined ? {} : { default: unlessSet };

/** Green's share of the traffic, a whole number of percent from 0 to 100. */
export const weight = (meaning: string): ConfigKey => ({ meaning, form: "weight" });

/** A whole number of seconds, at least 1. */
export const wholeSeconds = (meaning: string, unset: Unset = {}): ConfigKey => ({
  meaning,
  form: "seconds",
  ...byDefault(unset),
});

/** One of a few words. */
export const oneOf = (words: readonly string[], meaning: string, unset: Unset = {}): ConfigKey => ({
  meaning,
  form: "word",
  words,
  ...byDefault(unset),
});

/** Yes or no; no unless set. */
export const flag = (meaning: string): ConfigKey => ({ meaning, form: "switch", default: false });

/** Any of these words, as a list; none unless set. For values beside the ladder only. */
export const anyOf = (words: readonly string[], meaning: string): ConfigKey => ({
  meaning,
  form: "words",
  words,
  default: [],
});

/** One word for the whole system, or one for each plane. */
export const perPlane = (
  planes: readonly string[],
  words: readonly string[],
  meaning: string,
): ConfigKey => ({ meaning, form: "per plane", words, planes });

/** The schema that a value of this key is held against, and the words for what it expects. */
export const schemaOf = (key: ConfigKey): { schema: z.ZodType<PostureValue>; expected: string } => {
  const words = key.words ?? [];
  switch (key.form) {
    case "weight":
      return { schema: z.int().min(0).max(100), expected: "a whole number from 0 to 100" };
    case "seconds": {
      const schema = z.int().min(1);
      const expected = "a whole number of seconds, at least 1";
      // What holds while the key is not set may be written down as well.
      return typeof key.default === "string"
        ? {
            schema: z.union([schema, z.literal(key.default)]),
            expected: `${expected}, or ${key.default}`,
          }
        : { schema, expected };
    }
    case "switch":
      return { schema: z.boolean(), expected: "true or false" };
    case "word":
      return { schema: z.enum(words), expected: words.join(" or ") };
    case "words":
      return { schema: z.array(z.enum(words)), expected: `a list of any of ${words.join(", ")}` };
    case "per plane": {
      const planes = key.planes ?? [];
      return {
        schema: z.union([
          z.enum(words),
          z.strictObject(Object.fromEntries(planes.map((plane) => [plane, z.enum(words)]))),
        ]),
        expected: `${words.join(" or ")}, or one of them for each of ${planes.join(", ")}`,
      };
    }
  }
};

/** One word for all planes is the same posture as that word for each of them. */
export const normalised = (key: ConfigKey, value: PostureValue): PostureValue =>
  key.form === "per plane" && typeof value === "string"
    ? Object.fromEntries((key.planes ?? []).map((plane) => [plane, value]))
    : value;

/** Whether two postures hold the same values; the order of keys does not matter. */
export const samePosture = (
  one: PostureValue | undefined,
  other: PostureValue | undefined,
): boolean => {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  const found = new Map(Object.entries(other));
  const wanted = Object.entries(one);
  return wanted.length === found.size && wanted.every(([key, value]) => found.get(key) === value);
};
