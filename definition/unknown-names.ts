import { shown, type Problem } from "./bad-input.ts";

/** One problem for each name that the plan does not declare. @param key where the names stand */
export const unknownNames = (
  key: string,
  named: readonly string[],
  known: readonly string[],
): Problem[] =>
  named
    .filter((one) => !known.includes(one))
    .map((one) => ({
      key,
      found: shown(one),
      expected: known.length > 0 ? `one of ${known.join(", ")}` : "a name that the plan declares",
    }));
