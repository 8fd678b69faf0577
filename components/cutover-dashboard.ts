import { DashboardJson } from "@pulumi/datadog/dashboardJson.js";
import * as pulumi from "@pulumi/pulumi";
import { datadogQuery, measuredSide, requestCountQuery } from "../definition/measures.ts";
import type { MeasuredSide } from "../definition/request-queries.ts";
import type { SettledSystem } from "../definition/system.ts";
import { evaluationOf, limitOf, type Threshold } from "../definition/thresholds.ts";

export interface CutoverDashboardArgs {
  readonly system: SettledSystem;
}

/** The war room's dashboard: requests of both sides, and a panel for each threshold with its limit drawn in. */
export class CutoverDashboard extends pulumi.ComponentResource {
  /** Names of the thresholds that have a panel. */
  readonly panels: pulumi.Output<string[]>;

  constructor(name: string, args: CutoverDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:datadog:CutoverDashboard", name, {}, opts);
    const { thresholds } = args.system;
    const dashboard = new DashboardJson(
      `${name}-board`,
      {
        dashboard: JSON.stringify({
          title: `Cutover: ${args.system.title}`,
          description: `Blue beside Green, with the limits of ${args.system.document.id}.`,
          layout_type: "ordered",
          widgets: [
            widget(
              "Requests per minute",
              bothSides(args, (of) => requestCountQuery(of, 60)),
            ),
            ...thresholds.map((threshold) => panel(args, threshold)),
          ],
        }),
      },
      { parent: this },
    );
    this.panels = dashboard.url.apply(() => thresholds.map((threshold) => threshold.name));
    this.registerOutputs({ panels: this.panels });
  }
}

const panel = (args: CutoverDashboardArgs, threshold: Threshold): object => {
  const { value, unit } = limitOf(threshold);
  const { period, minimumRequests } = evaluationOf(args.system.alarms, threshold);
  const options = { periodSeconds: period.milliseconds / 1_000, minimumRequests };
  return widget(
    `${threshold.title} (${unit})`,
    bothSides(args, (of) => datadogQuery(threshold, of, options)),
    [{ value: `y = ${value}`, display_type: "error dashed", label: `limit ${value} ${unit}` }],
  );
};

const bothSides = (
  { system }: CutoverDashboardArgs,
  query: (of: MeasuredSide) => string,
): object[] => [
  {
    q: query(measuredSide(system, "blue")),
    display_type: "line",
    style: { palette: "cool" },
  },
  {
    q: query(measuredSide(system, "green")),
    display_type: "line",
    style: { palette: "green" },
  },
];

const widget = (title: string, requests: object[], markers: object[] = []): object => ({
  definition: { type: "timeseries", title, show_legend: true, requests, markers },
});
