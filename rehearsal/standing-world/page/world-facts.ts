import type { ThresholdLine } from "../../rehearsal-record.ts";

/** What stays as it is while a world stands. */
export interface WorldFacts {
  readonly system: string;
  readonly title: string;
  readonly versions: { readonly blue: string; readonly green: string };
  /** Cutover seconds per wall second while a stage soaks. */
  readonly speed: number;
  readonly ladder: readonly {
    readonly stage: string;
    readonly title: string;
    /** Green's weight, percent. */
    readonly green: number;
    /** How long it carries its traffic before the next stage, milliseconds. */
    readonly carriesFor: number;
  }[];
  readonly thresholds: readonly ThresholdLine[];
  /** Lines for another terminal. */
  readonly commands: readonly string[];
}
