import * as z from "zod";
import { DatadogRefusal } from "./datadog-refusal.ts";
import { parseMonitorQuery, type MonitorQuery } from "./monitor-query.ts";
import { thresholdFaults } from "./monitor-thresholds.ts";
import { QueryError } from "./query/query-error.ts";

/** Datadog's rule for tags: a letter first, 200 characters at most; here always `key:value`. */
export const tagPattern = /^(?=.{3,200}$)[a-zA-Z][\w./-]*:[\w./:-]+$/;

const thresholds = z.strictObject({
  critical: z.number().optional(),
  warning: z.number().optional(),
  critical_recovery: z.number().optional(),
  warning_recovery: z.number().optional(),
});

/** Critical, warning and recovery limits, in the unit of the query. */
export type Thresholds = z.infer<typeof thresholds>;

const wholeFrom = (least: number) => z.int().min(least);

const options = z.strictObject({
  thresholds: thresholds.optional(),
  on_missing_data: z
    .enum(["default", "show_no_data", "show_and_notify_no_data", "resolve"])
    .optional(),
  notify_no_data: z.boolean().optional(),
  /** Minutes. */
  no_data_timeframe: wholeFrom(1).nullish(),
  /** Seconds. */
  evaluation_delay: wholeFrom(0).max(86_400).nullish(),
  require_full_window: z.boolean().optional(),
  /** Minutes; 0 for never. */
  renotify_interval: wholeFrom(0).nullish(),
  renotify_statuses: z.array(z.enum(["alert", "warn", "no data"])).optional(),
  renotify_occurrences: wholeFrom(0).nullish(),
  escalation_message: z.string().optional(),
  include_tags: z.boolean().optional(),
  notify_audit: z.boolean().optional(),
  notification_preset_name: z
    .enum(["show_all", "hide_query", "hide_handles", "hide_all"])
    .optional(),
  /** Hours. */
  timeout_h: wholeFrom(0).max(24).nullish(),
  new_group_delay: wholeFrom(0).nullish(),
  new_host_delay: wholeFrom(0).nullish(),
  locked: z.boolean().optional(),
  silenced: z.record(z.string(), z.unknown()).optional(),
});

/** A monitor as Datadog's API takes it; a strict object: what it does not know it refuses. */
export const monitorInput = z.strictObject({
  name: z.string().trim().min(1).max(256),
  type: z.enum(["query alert", "metric alert"], {
    error: ({ input }) =>
      `The value provided for parameter 'type' is invalid: ${JSON.stringify(input)}, ` +
      `expected "query alert" or "metric alert"`,
  }),
  query: z.string(),
  message: z.string().refine((text) => text.trim() !== "", "message must not be empty"),
  tags: z.array(z.string().regex(tagPattern, "a tag is key:value")).default([]),
  priority: z.int().min(1).max(5).nullish(),
  options: options.default({}),
  restricted_roles: z.array(z.string()).nullish(),
  draft_status: z.literal("published").optional(),
});

/** A checked monitor as it was given. */
export type MonitorDefinition = z.infer<typeof monitorInput>;

/** A checked monitor and its query, understood: the critical threshold is the query's. */
export interface ParsedMonitor {
  readonly definition: MonitorDefinition;
  readonly query: MonitorQuery;
}

/** Checks a monitor as Datadog's API would. @throws DatadogRefusal 400 with each reason. */
export const parseMonitor = (input: unknown): ParsedMonitor => {
  const result = monitorInput.safeParse(input);
  if (!result.success) {
    const reasons = result.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`,
    );
    throw new DatadogRefusal(400, ...reasons);
  }
  const query = queryOf(result.data.query);
  const faults = [
    ...thresholdFaults(query, result.data.options.thresholds),
    ...missingDataFaults(result.data.options),
  ];
  if (faults.length > 0) throw new DatadogRefusal(400, ...faults);
  return { definition: result.data, query };
};

const queryOf = (text: string): MonitorQuery => {
  try {
    return parseMonitorQuery(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new DatadogRefusal(
      400,
      `The value provided for parameter 'query' is invalid: ${error.message}`,
    );
  }
};

const missingDataFaults = (given: MonitorDefinition["options"]): readonly string[] => {
  const both = given.on_missing_data !== undefined && given.notify_no_data === true;
  return both ? ["on_missing_data and notify_no_data cannot be used together"] : [];
};
