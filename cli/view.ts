import type { Progress } from "../rehearsal/progress.ts";

/** Shows a rehearsal while it runs. */
export interface View {
  readonly show: (progress: Progress) => void;
  /** Draws the last line and leaves the terminal as it was. */
  readonly end: () => Promise<void>;
}

/** Said when somebody interrupts, until everything has ended. */
export const interrupting = "interrupted: ending what runs; once more ends at once";
