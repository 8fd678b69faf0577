import { median } from "simple-statistics";
import { mannWhitney } from "./mann-whitney.ts";
import { shift } from "./shift.ts";

/** How green stands against blue. */
export interface Compared {
  /** How much worse green is than the middle of blue, percent; negative when it is better. */
  readonly worsePercent: number;
  /** How likely chance alone makes green look so much worse, 0 to 1. */
  readonly byChance: number;
}

/**
 * Holds green's values against blue's from the same window. Where the middle of blue is 0 a part of it means
 * nothing: whatever is worse at all is then infinitely worse.
 */
export const compared = (
  green: readonly number[],
  blue: readonly number[],
  worse: "higher" | "lower",
): Compared => {
  const [above, below] = worse === "higher" ? [green, blue] : [blue, green];
  const worseBy = shift(above, below);
  const middle = Math.abs(median([...blue]));
  const worsePercent = worseBy === 0 ? 0 : (100 * worseBy) / middle;
  return { worsePercent, byChance: mannWhitney(above, below).p };
};
