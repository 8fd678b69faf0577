import type { Tags } from "../metric-store.ts";

/** One series of an answer. */
export interface ResultSeries {
  /** Values of the tags that the query groups by. */
  readonly group: Tags;
  /**
   * One per interval. `undefined`: nothing was reported; NaN: what was reported is not a number. No
   * function turns NaN into a number, so a broken source never looks like a quiet one.
   */
  readonly values: readonly (number | undefined)[];
}
