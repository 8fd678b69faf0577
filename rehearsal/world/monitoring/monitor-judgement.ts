import type { MonitorDefinition, ParsedMonitor } from "./monitor-definition.ts";
import { compares, type MonitorQuery } from "./monitor-query.ts";
import { Accumulated } from "./query/accumulated.ts";
import { metricQueriesOf } from "./query/syntax.ts";

/** `overall_state` of a monitor. */
export type MonitorState = "OK" | "Alert" | "Warn" | "No Data";

/** What is known about a monitor before it is judged. */
export interface Before {
  readonly state: MonitorState;
  /** Since when there has been no data, cutover milliseconds; `undefined` when there was some. */
  readonly missingSince: number | undefined;
}

/** What an evaluation says. */
export interface Judgement {
  readonly state: MonitorState;
  /** The window as one number; `undefined` when it could not be had. */
  readonly value: number | undefined;
  /** Whether anything in the window had a value. */
  readonly data: boolean;
}

/** After how long without data a monitor with `notify_no_data` says so, unless told; Datadog's default. */
const NO_DATA_TIMEFRAME_MINUTES = 10;

/**
 * Judges a window of values, oldest first. NaN is no value. A window without any value is judged by
 * `on_missing_data`; one with holes is skipped (the state stays) when the monitor requires a full window,
 * which is Datadog's default except where a single point may trigger ("at least once").
 * @param now cutover time, milliseconds.
 */
export const judgeMonitor = (
  monitor: ParsedMonitor,
  values: readonly (number | undefined)[],
  before: Before,
  now: number,
): Judgement => {
  const { query, definition } = monitor;
  const known = values.filter((value) => value !== undefined && !Number.isNaN(value));
  if (known.length === 0) return { ...withoutData(monitor, before, now), data: false };
  const full = definition.options.require_full_window ?? !triggersAtLeastOnce(query);
  if (full && known.length < values.length) {
    return { state: before.state, value: undefined, data: true };
  }
  const accumulated = new Accumulated();
  for (const value of known) accumulated.add(value ?? NaN);
  const value = accumulated.value(query.aggregator) ?? NaN;
  return { state: stateOf(value, monitor, before.state), value, data: true };
};

const triggersAtLeastOnce = ({ aggregator, comparator }: MonitorQuery): boolean =>
  comparator === ">" || comparator === ">=" ? aggregator === "max" : aggregator === "min";

const stateOf = (
  value: number,
  { query, definition }: ParsedMonitor,
  before: MonitorState,
): MonitorState => {
  const { warning, critical_recovery, warning_recovery } = definition.options.thresholds ?? {};
  const breaches = (limit: number | undefined): boolean =>
    limit !== undefined && compares(value, query.comparator, limit);
  if (breaches(query.threshold)) return "Alert";
  if (before === "Alert" && breaches(critical_recovery)) return "Alert";
  if (breaches(warning)) return "Warn";
  if (before === "Warn" && breaches(warning_recovery)) return "Warn";
  return "OK";
};

const withoutData = (
  monitor: ParsedMonitor,
  before: Before,
  now: number,
): Pick<Judgement, "state" | "value"> => {
  const { options } = monitor.definition;
  switch (options.on_missing_data) {
    case "resolve":
      return { state: "OK", value: undefined };
    case "show_no_data":
    case "show_and_notify_no_data":
      return { state: "No Data", value: undefined };
    case "default":
      return isCount(monitor.query)
        ? { state: stateOf(0, monitor, before.state), value: 0 }
        : { state: before.state, value: undefined };
    case undefined: {
      const missing = now - (before.missingSince ?? now);
      const waits = options.notify_no_data === true && missing < noDataTimeframe(options);
      return { state: waits ? before.state : "No Data", value: undefined };
    }
  }
};

const noDataTimeframe = (options: MonitorDefinition["options"]): number =>
  (options.no_data_timeframe ?? NO_DATA_TIMEFRAME_MINUTES) * 60_000;

/** A plain count, which Datadog takes for zero when nothing is reported. */
const isCount = ({ expression }: MonitorQuery): boolean =>
  expression.is === "metric" && metricQueriesOf(expression)[0]?.modifier === "as_count";
