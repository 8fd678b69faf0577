import { figuresOf } from "../../../definition/figures-of.ts";
import type { CloudWatchMetric, FigureQuery, PrometheusQuery } from "../../../definition/figure.ts";
import type { SettledSystem } from "../../../definition/system.ts";

/** A figure that nothing in a rehearsal measures: its source stands outside of the cutover. */
export type ToldFigure = PrometheusQuery | CloudWatchMetric;

/**
 * What the Prometheus and the CloudWatch of a rehearsal say: a plan's own figures, and of each that nothing is missing,
 * differs, or lags behind, as every limit on a figure is an upper one, until somebody tells another value.
 */
export class ToldFigures {
  readonly #values: Map<string, number>;

  constructor(system: Pick<SettledSystem, "dataChecks" | "readiness">) {
    const told = figuresOf(system).flatMap(({ query }) => (isTold(query) ? [query] : []));
    this.#values = new Map(told.map((figure) => [keyOf(figure), 0]));
  }

  /** Undefined for what no figure of the plan asks. */
  valueOf(figure: ToldFigure): number | undefined {
    return this.#values.get(keyOf(figure));
  }

  tell(figure: ToldFigure, value: number): void {
    this.#values.set(keyOf(figure), value);
  }
}

export const isTold = (query: FigureQuery): query is ToldFigure =>
  typeof query !== "string" && query.source !== "postgres";

const keyOf = (figure: ToldFigure): string => {
  if (figure.source === "prometheus") return figure.expression;
  const { region, namespace, metric, statistic, dimensions } = figure;
  return JSON.stringify([region, namespace, metric, statistic, Object.entries(dimensions).sort()]);
};
