import type { z } from "zod";

/** What a rule expects, in words for the person who wrote the value; zod's own words never reach one. */
export const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return { message: kinds[issue.expected] ?? `a value of the kind ${issue.expected}` };
    case "too_small":
      return {
        message: bounded(
          issue.origin,
          issue.inclusive === false ? "more than" : "at least",
          issue.minimum,
        ),
      };
    case "too_big":
      return {
        message: bounded(
          issue.origin,
          issue.inclusive === false ? "less than" : "at most",
          issue.maximum,
        ),
      };
    case "invalid_value":
      return { message: issue.values.map(String).join(" or ") };
    case "unrecognized_keys":
      return { message: `no key ${issue.keys.join(", ")}` };
    case "invalid_union":
      return {
        message: [...new Set(issue.errors.flat().map(({ message }) => message))].join(", or "),
      };
    default:
      return { message: "a value of another form" };
  }
};

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object with named values",
  record: "an object with named values",
  nonoptional: "a value",
};

const bounded = (origin: string, bound: string, limit: number | bigint): string => {
  if (origin === "array") return `a list of ${bound} ${limit}`;
  if (origin === "string") return `a text of ${bound} ${limit} characters`;
  return `a number of ${bound} ${limit}`;
};
