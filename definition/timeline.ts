import type { Duration } from "./units.ts";

/** Something that is done days before the night. */
export interface Preparation<RoleName extends string = string> {
  /** Before T-0. */
  readonly before: Duration;
  readonly activity: string;
  readonly owner: RoleName;
  readonly lasts?: Duration;
  readonly source: string;
}

/** One row of the night. */
export interface Slot<StageName extends string = string, RoleName extends string = string> {
  /** Planned wall time `HH:MM` in the calendar's zone, counted from T-0 on; it shifts with T-0. */
  readonly at: string;
  readonly activity: string;
  readonly owner: RoleName | "everyone";
  readonly lasts?: Duration;
  /** The stage that this row moves to. */
  readonly movesTo?: StageName;
  readonly optional?: boolean;
}

/** The night itself: T-0 and what happens from then on. */
export interface Night<StageName extends string = string, RoleName extends string = string> {
  readonly beginsAt: string;
  readonly slots: readonly Slot<StageName, RoleName>[];
}
