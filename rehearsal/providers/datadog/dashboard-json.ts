import * as z from "zod";
import { parseDashboard } from "../../world/monitoring/dashboard-definition.ts";
import { DatadogRefusal } from "../../world/monitoring/datadog-refusal.ts";
import type { Properties } from "../property-values.ts";
import { standIn } from "../stand-in.ts";
import {
  answeringDatadog,
  awaitedDatadog,
  definedOnly,
  removeIfThere,
  type DatadogAccount,
} from "./datadog-account.ts";

/** What Datadog adds to a dashboard; the provider takes it off before it sends one. */
const COMPUTED = ["id", "url", "author_handle", "author_name", "created_at", "modified_at"];

/** Inputs of `datadog.DashboardJson`; other inputs are refused. */
export const dashboardInputs = z.strictObject({
  /** The dashboard as JSON. */
  dashboard: z.string().superRefine((text, context) => {
    try {
      parseDashboard(dashboardOf(text));
    } catch (error) {
      const reasons = error instanceof DatadogRefusal ? error.errors : [String(error)];
      for (const message of reasons) context.addIssue({ code: "custom", message });
    }
  }),
  dashboardLists: z.array(z.int()).optional(),
  url: z.string().optional(),
});

type DashboardInputs = z.infer<typeof dashboardInputs>;

/** Acts for `datadog.DashboardJson` on the dashboards of the world. */
export const dashboardJson = standIn<DashboardInputs, DatadogAccount>({
  type: "datadog:index/dashboardJson:DashboardJson",
  inputs: dashboardInputs,
  create: async (given, account, { signal }) => {
    const { dashboards, now } = await awaitedDatadog(account, signal);
    const { id, url } = dashboards.create(dashboardOf(given.dashboard), now());
    return { id, outputs: outputsOf(given, url) };
  },
  update: async (id, given, account, { signal }) => {
    const { dashboards, now } = await awaitedDatadog(account, signal);
    const { url } = dashboards.update(id, dashboardOf(given.dashboard), now());
    return outputsOf(given, url);
  },
  delete: async (id, account, { signal }) => {
    const { dashboards } = await awaitedDatadog(account, signal);
    removeIfThere(() => dashboards.remove(id));
  },
  read: (id, account, { oldInputs }) => {
    const found = answeringDatadog(account).dashboards.get(id);
    if (found === undefined) return undefined;
    const dashboard = sameOrNew(oldInputs.dashboard, found.definition);
    const read = definedOnly({ ...oldInputs, dashboard });
    return { inputs: read, outputs: outputsOf(read, found.url) };
  },
});

/** @throws SyntaxError when the text is not JSON. */
const dashboardOf = (text: string): unknown => {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) return parsed;
  return Object.fromEntries(Object.entries(parsed).filter(([key]) => !COMPUTED.includes(key)));
};

/** The text that the program wrote, as long as it says the same: layout and order of JSON do not matter. */
const sameOrNew = (written: unknown, found: unknown): string => {
  const text = JSON.stringify(found);
  if (typeof written !== "string") return text;
  try {
    return JSON.stringify(parseDashboard(dashboardOf(written))) === text ? written : text;
  } catch {
    return text;
  }
};

const outputsOf = (given: Properties, url: string): Properties => ({
  ...definedOnly(given),
  dashboardListsRemoveds: [],
  url,
});
