import { expect, test } from "vitest";
import { z } from "zod";
import { inPlainWords } from "../../definition/plain-words.ts";

const expectedOf = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: inPlainWords }).error?.issues[0]?.message;

test.for([
  [z.string(), 5, "a text"],
  [z.string(), undefined, "a text"],
  [z.number(), "5", "a number"],
  [z.number(), Number.NaN, "a number"],
  [z.int(), 1.5, "a whole number"],
  [z.boolean(), "true", "true or false"],
  [z.array(z.string()), "a", "a list"],
  [z.object({}), 5, "an object with named values"],
  [z.record(z.string(), z.string()), [], "an object with named values"],
  [z.string().optional().nonoptional(), undefined, "a value"],
  [z.number().min(1), 0, "a number of at least 1"],
  [z.number().positive(), 0, "a number of more than 0"],
  [z.number().max(5), 6, "a number of at most 5"],
  [z.number().lt(5), 5, "a number of less than 5"],
  [z.array(z.string()).min(2), [], "a list of at least 2"],
  [z.string().min(2), "a", "a text of at least 2 characters"],
  [z.enum(["off", "on"]), "x", "off or on"],
  [z.strictObject({}), { a: 1 }, "no key a"],
  [z.union([z.string(), z.number()]), true, "a text, or a number"],
  [z.string().regex(/^a$/), "b", "a value of another form"],
  [z.string().min(2, "a name"), "a", "a name"],
] as const)("%#: %j is met with: %s", ([schema, value, words]) =>
  expect(expectedOf(schema, value)).toBe(words),
);
