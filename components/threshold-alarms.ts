import { Monitor } from "@pulumi/datadog/monitor.js";
import * as pulumi from "@pulumi/pulumi";
import { datadogQuery, measuredSide } from "../definition/measures.ts";
import type { SettledSystem } from "../definition/system.ts";
import { evaluationOf, limitOf, type Threshold } from "../definition/thresholds.ts";
import { inWords } from "../definition/units.ts";
import type { Notifications } from "./notifications.ts";

export interface ThresholdAlarmsArgs {
  readonly system: SettledSystem;
  readonly notifications: Notifications;
}

/**
 * One Datadog monitor for each threshold of a system, on the side that takes over. It fires when every one
 * of the last periods breaches, and its message says what the plan orders.
 */
export class ThresholdAlarms extends pulumi.ComponentResource {
  /** Monitor id by threshold name. */
  readonly ids: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ThresholdAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:datadog:ThresholdAlarms", name, {}, opts);
    const { green } = args.system.environments;
    const { handle, urgentHandle } = args.notifications;
    const monitors = args.system.thresholds.map((threshold) => {
      const { value } = limitOf(threshold);
      const urgent = threshold.breach === "roll back";
      const monitor = new Monitor(
        `${name}-${threshold.name}`,
        {
          name: `${args.system.title}: ${threshold.title} on ${green.name}`,
          type: "query alert",
          query: alarmQuery(args, threshold),
          monitorThresholds: { critical: String(value) },
          message: pulumi.interpolate`${advice(args.system, threshold)} ${urgent ? urgentHandle : handle}`,
          priority: urgent ? "1" : "2",
          // Every period of the window must be there and breach: half a window is no alarm.
          requireFullWindow: true,
          // A side without traffic has no data; it must not keep the state that it had before.
          onMissingData: "show_no_data",
          includeTags: false,
          tags: [
            `system:${args.system.name}`,
            `threshold:${threshold.name}`,
            `breach:${threshold.breach.replaceAll(" ", "-")}`,
            "managed-by:pulumi",
          ],
        },
        { parent: this },
      );
      return [threshold.name, monitor.id] as const;
    });
    this.ids = pulumi.output(Object.fromEntries(monitors));
    this.registerOutputs({ ids: this.ids });
  }
}

const alarmQuery = ({ system }: ThresholdAlarmsArgs, threshold: Threshold): string => {
  const { period, periods, minimumRequests } = evaluationOf(system.alarms, threshold);
  const window = (period.milliseconds * periods) / 60_000;
  const query = datadogQuery(threshold, measuredSide(system, "green"), {
    periodSeconds: period.milliseconds / 1_000,
    minimumRequests,
  });
  const { value, reachedIsBreach } = limitOf(threshold);
  return `min(last_${window}m):${query} ${reachedIsBreach ? ">=" : ">"} ${value}`;
};

const advice = (system: SettledSystem, threshold: Threshold): string => {
  const { value, unit, reachedIsBreach } = limitOf(threshold);
  const { period, periods } = evaluationOf(system.alarms, threshold);
  const span = inWords({ milliseconds: period.milliseconds * periods });
  const { to, authority } = system.rollback;
  const deciders = authority.by.map((role) => system.roles[role]?.title ?? role).join(" or ");
  const order =
    threshold.breach === "roll back"
      ? `Roll back to ${to} now${authority.alarmSuffices ? "; this alarm is authority enough" : `, on the word of ${deciders}`}.`
      : `Investigate. No forward move until it is over; ${deciders} decides on rolling back.`;
  return `${threshold.title} has been ${reachedIsBreach ? "at or above" : "above"} ${value} ${unit} for ${span}. ${order}`;
};
