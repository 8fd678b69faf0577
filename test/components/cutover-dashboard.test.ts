import { beforeAll, expect, test } from "vitest";
import { settle } from "../../definition/tbd.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { declaredResources, type DeclaredResource } from "./declared-resources.ts";

const system = settle(rawdog, { rehearsal: true, file: "stacks/rawdog.ts" });
let declared: readonly DeclaredResource[] = [];
const ofType = (type: string) => declared.filter((resource) => resource.type === type);

beforeAll(async () => {
  const transition = { from: "(none)", to: "prepare", sequence: 1, since: "", follows: "" };
  declared = await declaredResources(system, {
    recorded: false,
    transition: { ...transition, sinceCommit: "", damage: "" },
  });
});

interface Widget {
  readonly definition: {
    readonly title: string;
    readonly requests: readonly { readonly q: string }[];
    readonly markers: readonly { readonly value: string }[];
  };
}

test("S4-20, S4-35: one dashboard, a panel for each limit, both sides in each", () => {
  const [board, ...others] = ofType("datadog:index/dashboardJson:DashboardJson");
  expect(others).toEqual([]);
  const { widgets } = JSON.parse(String(board?.inputs["dashboard"])) as {
    readonly widgets: readonly Widget[];
  };
  expect(widgets).toHaveLength(1 + rawdog.thresholds.length);
  const panel = widgets.find(({ definition }) => definition.title.startsWith("Failed checkouts"));
  expect(panel?.definition.requests.map(({ q }) => /service:rawdog-\w+/.exec(q)?.[0])).toEqual([
    "service:rawdog-blue",
    "service:rawdog-green",
  ]);
  expect(panel?.definition.markers).toMatchObject([{ value: "y = 1" }]);
});

test("S4-31, S4-35: one alarm for each limit; that on errors needs five minutes above 5 %", () => {
  const alarms = ofType("datadog:index/monitor:Monitor");
  expect(alarms).toHaveLength(rawdog.thresholds.length);
  const errors = alarms.find(({ name }) => name === "rawdog-alarms-error-rate");
  expect(errors?.inputs["query"]).toMatch(/^min\(last_5m\):.* > 5$/);
});

test("S4-31, S4-32: alarms that order the way back reach chat and pager, the others chat alone", () => {
  for (const { name, breach } of rawdog.thresholds) {
    const alarm = ofType("datadog:index/monitor:Monitor").find(
      (each) => each.name === `rawdog-alarms-${name}`,
    );
    const handles = String(alarm?.inputs["message"]).match(/@\S+/g);
    expect(handles, name).toEqual([
      "@slack-example-rawdog-incidents",
      ...(breach === "roll back" ? ["@pagerduty-rawdog"] : []),
    ]);
  }
});

test("S4-1: nothing of the old system is declared but where its pods are registered", () => {
  const ofBlue = declared.filter(({ name }) => name.includes("blue"));
  expect(ofBlue.map(({ name }) => name)).toEqual([
    "rawdog-split-blue-targets",
    "rawdog-split-blue-binding",
  ]);
});
