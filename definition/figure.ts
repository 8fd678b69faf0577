import type { Limit } from "./thresholds.ts";
import type { Duration } from "./units.ts";

/** A figure that a Datadog query gives, held against a limit as it stands now. */
export interface LimitedFigure {
  readonly query: string;
  readonly limit: Limit;
  /** An older value counts as none. */
  readonly notOlderThan: Duration;
}

/** A figure about data that must be right before a stage is left: what is missing, differs, or lags behind. */
export interface DataCheck extends LimitedFigure {
  readonly name: string;
  readonly title: string;
  /** Requirement ids of the figure. */
  readonly source: string;
}
