import type { MeasureName, MeasureQuery } from "./thresholds.ts";
import type { Percentage } from "./units.ts";

/** How much worse than blue green may be, measured on both sides over the same window. */
export interface Comparison<StageName extends string = string> {
  readonly name: string;
  readonly title: string;
  readonly measure: MeasureName | MeasureQuery;
  readonly worse: "higher" | "lower";
  /** Part of blue's own middle value by which green may be worse. */
  readonly tolerance: Percentage;
  /** Periods with a value that either side needs, so that the comparison means something. */
  readonly leastValues: number;
  /** Stages before whose end it is made; all that share the traffic between both sides, unless said. */
  readonly at?: readonly StageName[];
  readonly source: string;
}

/** What is compared with blue before a stage is left that gives both sides traffic. */
export const comparisonsAt = <StageName extends string>(
  { comparisons = [] }: { readonly comparisons?: readonly Comparison<StageName>[] | undefined },
  stage: string,
): readonly Comparison<StageName>[] =>
  comparisons.filter(({ at }) => at === undefined || at.some((name) => name === stage));
