import type { MonitorState } from "./monitor-judgement.ts";

/** What a notification is about. */
export interface Occasion {
  readonly from: MonitorState;
  readonly to: MonitorState;
  /** The window's value; `undefined` without data. */
  readonly value: number | undefined;
  readonly threshold: number;
}

/**
 * A monitor's message on one occasion: `{{#is_alert}}…{{/is_alert}}` and its likes (also negated with
 * `^`) keep or drop what they enclose, `{{value}}` and `{{threshold}}` are filled in. Other variables stay.
 */
export const notificationMessage = (template: string, occasion: Occasion): string => {
  const holds: Readonly<Record<string, boolean>> = {
    is_alert: occasion.to === "Alert",
    is_warning: occasion.to === "Warn",
    is_no_data: occasion.to === "No Data",
    is_recovery: occasion.to === "OK",
    is_alert_recovery: occasion.to === "OK" && occasion.from === "Alert",
    is_warning_recovery: occasion.to === "OK" && occasion.from === "Warn",
    is_no_data_recovery: occasion.to === "OK" && occasion.from === "No Data",
  };
  return template
    .replace(
      /\{\{([#^])(is_\w+)\}\}([\s\S]*?)\{\{\/\2\}\}/g,
      (block, sign: string, name: string, inner: string) => {
        const value = holds[name];
        if (value === undefined) return block;
        return value === (sign === "#") ? inner : "";
      },
    )
    .replaceAll("{{value}}", occasion.value === undefined ? "no data" : String(occasion.value))
    .replaceAll("{{threshold}}", String(occasion.threshold));
};
