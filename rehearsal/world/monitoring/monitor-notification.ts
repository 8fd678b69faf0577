import type { MonitorDefinition, ParsedMonitor } from "./monitor-definition.ts";
import type { MonitorState } from "./monitor-judgement.ts";
import { notificationMessage, type Occasion } from "./notification-message.ts";

/**
 * Whether a change of state is told: missing data only where that was asked for, and a new monitor that
 * finds everything in order says nothing.
 * @param isFirst whether the monitor had not been judged before.
 */
export const notifies = (
  { options }: MonitorDefinition,
  from: MonitorState,
  to: MonitorState,
  isFirst: boolean,
): boolean => {
  const aboutMissing =
    options.on_missing_data === "show_and_notify_no_data" || options.notify_no_data === true;
  if (to === "No Data") return aboutMissing;
  if (to === "OK" && from === "No Data") return aboutMissing && !isFirst;
  return true;
};

/** Whether a state that lasts is told again, `sinceMilliseconds` of cutover time after it was told last. */
export const renotifies = (
  { options }: MonitorDefinition,
  state: MonitorState,
  sinceMilliseconds: number,
): boolean => {
  const statuses: readonly string[] = options.renotify_statuses ?? ["alert", "no data"];
  const interval = (options.renotify_interval ?? 0) * 60_000;
  return interval > 0 && statuses.includes(state.toLowerCase()) && sinceMilliseconds >= interval;
};

/** What is told; a state told again has the escalation message, if there is one. */
export const notificationOf = (
  { definition, query }: ParsedMonitor,
  occasion: Omit<Occasion, "threshold">,
): { readonly title: string; readonly text: string } => {
  const { from, to } = occasion;
  const { escalation_message } = definition.options;
  const template = from === to ? (escalation_message ?? definition.message) : definition.message;
  return {
    title: `${titleOf(to, from)}: ${definition.name}`,
    text: notificationMessage(template, { ...occasion, threshold: query.threshold }),
  };
};

const titleOf = (state: MonitorState, from: MonitorState): string => {
  if (state === "OK") return "Recovered";
  const title = { Alert: "Triggered", Warn: "Warn", "No Data": "No data" }[state];
  return state === from ? `Re-${title}` : title;
};
