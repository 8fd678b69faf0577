import type { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import { inPlainWords } from "./plain-words.ts";

/**
 * Where a value is not of a shape, one entry a place.
 * @param within key under which the value stands in its file; none for the whole of it.
 */
export const shapeProblems = (shape: z.ZodType, value: unknown, within?: string): Problem[] => {
  // Each value is read once: compiling the shape would take longer than reading by it.
  const parsed = shape.safeParse(value, { error: inPlainWords, jitless: true });
  if (parsed.success) return [];
  const keyOf = (path: readonly PropertyKey[]): string =>
    [...(within === undefined ? [] : [within]), ...named(value, path)].join(".");
  return parsed.error.issues.flatMap((issue): Problem[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          key: keyOf([...issue.path, key]),
          found: "a key that nothing reads",
          expected: "one that `npm run typecheck` knows",
        }))
      : [
          {
            key: keyOf(issue.path),
            found: foundAt(issue.path.reduce<unknown>(step, value)),
            expected: issue.message,
          },
        ],
  );
};

const foundAt = (value: unknown): string => (value === undefined ? "missing" : shown(value));

/** The path to a value with stages, thresholds and the like by their name instead of their number. */
const named = (root: unknown, path: readonly PropertyKey[]): readonly string[] =>
  path.map((key, index) => {
    const value = path.slice(0, index + 1).reduce<unknown>(step, root);
    const label = typeof key === "number" ? step(value, "name") : undefined;
    return typeof label === "string" && label !== "" ? label : String(key);
  });

const step = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null
    ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;
