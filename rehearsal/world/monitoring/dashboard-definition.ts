import * as z from "zod";
import { DatadogRefusal } from "./datadog-refusal.ts";
import { parseQuery } from "./query/parse-query.ts";
import { QueryError } from "./query/query-error.ts";

/** Widget types of dashboards that need no product besides metrics and monitors. */
const WIDGET_TYPES = [
  ...(["alert_graph", "alert_value", "change", "check_status", "distribution"] as const),
  ...(["event_stream", "event_timeline", "free_text", "group", "heatmap", "iframe"] as const),
  ...(["image", "manage_status", "note", "query_table", "query_value", "scatterplot"] as const),
  ...(["slo", "slo_list", "sunburst", "timeseries", "toplist", "treemap"] as const),
];

const layout = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  width: z.int().min(0),
  height: z.int().min(0),
  is_column_break: z.boolean().optional(),
});

const widget = z.strictObject({
  id: z.int().optional(),
  definition: z.looseObject({ type: z.enum(WIDGET_TYPES) }),
  layout: layout.optional(),
});

const dashboardInput = z
  .strictObject({
    title: z.string().min(1),
    description: z.string().nullish(),
    layout_type: z.enum(["ordered", "free"]),
    reflow_type: z.enum(["auto", "fixed"]).optional(),
    widgets: z.array(widget),
    template_variables: z.array(z.looseObject({ name: z.string() })).nullish(),
    template_variable_presets: z.array(z.looseObject({})).nullish(),
    notify_list: z.array(z.string()).nullish(),
    is_read_only: z.boolean().optional(),
    restricted_roles: z.array(z.string()).optional(),
    tags: z.array(z.string()).max(5).nullish(),
  })
  .superRefine(({ layout_type, widgets }, context) => {
    widgets.forEach((one, index) => {
      const path = ["widgets", index];
      if (layout_type === "free" && one.layout === undefined) {
        context.addIssue({ code: "custom", path, message: "'layout' is a required property" });
      }
      for (const reason of queryFaults(one.definition)) {
        context.addIssue({ code: "custom", path, message: reason });
      }
    });
  });

/** A checked dashboard as it was given. */
export type DashboardDefinition = z.infer<typeof dashboardInput>;

/** Checks a dashboard, the metric queries of its widgets too. @throws DatadogRefusal 400 with each reason. */
export const parseDashboard = (input: unknown): DashboardDefinition => {
  const result = dashboardInput.safeParse(input);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`,
  );
  throw new DatadogRefusal(400, ...reasons);
};

/** What is wrong with the metric queries anywhere below a widget's definition. */
const queryFaults = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(queryFaults);
  if (typeof value !== "object" || value === null) return [];
  const entries: Readonly<Record<string, unknown>> = { ...value };
  const faults = Object.values(entries).flatMap(queryFaults);
  const query = entries.data_source === "metrics" ? entries.query : entries.q;
  if (typeof query !== "string") return faults;
  try {
    parseQuery(query);
    return faults;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return [...faults, `Invalid query "${query}": ${error.message}`];
  }
};
