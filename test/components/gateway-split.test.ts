import { describe, expect, test } from "vitest";
import { greenWeightAt } from "../../definition/ladder.ts";
import { milliseconds, percent } from "../../definition/units.ts";
import { byHttpRoute } from "../http-route-system.ts";
import { declaredResources } from "./declared-resources.ts";

const moving = (from: string, to: string) => ({
  recorded: false,
  transition: {
    ...{ from, to, sequence: 2, since: "2026-01-10T23:35:00.000Z" },
    ...{ follows: "", sinceCommit: "", damage: "" },
  },
});
const routeOf = async (from: string, to: string, system = byHttpRoute) => {
  const declared = await declaredResources(system, moving(from, to));
  const routes = declared.filter(({ type }) => type.endsWith(":HTTPRoute"));
  expect(routes).toHaveLength(1);
  return routes[0]?.inputs ?? {};
};

describe("an HTTPRoute", () => {
  test("S4-39: one resource carries both weights, and asks its gateways by name", async () =>
    expect(await routeOf("baseline", "canary")).toMatchObject({
      kind: "HTTPRoute",
      apiVersion: "gateway.networking.k8s.io/v1",
      metadata: {
        name: "lms-route",
        namespace: "production",
        annotations: { "pulumi.com/patchForce": "true" },
      },
      spec: {
        hostnames: ["lms.company.com"],
        parentRefs: [{ name: "public", namespace: "infra", sectionName: "https" }],
        rules: [
          {
            backendRefs: [
              { name: "lms-blue", weight: 90 },
              { name: "lms-green", weight: 10 },
            ],
            timeouts: { request: "15s" },
          },
        ],
      },
    }));

  test.for(byHttpRoute.ladder.map(({ name }) => name))(
    "at %s lists both sides, so that none stands alone at weight 0",
    async (stage) => {
      const green = greenWeightAt(byHttpRoute, stage);
      const { spec } = (await routeOf("baseline", stage)) as {
        spec: { rules: { backendRefs: { name: string; weight: number }[] }[] };
      };
      expect(spec.rules.flatMap(({ backendRefs }) => backendRefs)).toMatchObject([
        { name: "lms-blue", weight: 100 - green },
        { name: "lms-green", weight: green },
      ]);
    },
  );

  test("a stage change alters nothing of it but its weights", async () => {
    const at = async (stage: string) =>
      JSON.stringify(await routeOf("baseline", stage)).replaceAll(/"weight":\d+/g, "");
    expect(await at("canary")).toBe(await at("half"));
  });

  test("a duration is written in whole numbers, as the API wants it", async () => {
    const { traffic } = byHttpRoute;
    const slower = { ...byHttpRoute, traffic: { ...traffic, timeout: milliseconds(1_500) } };
    expect(await routeOf("baseline", "canary", slower)).toMatchObject({
      spec: { rules: [{ timeouts: { request: "1500ms" } }] },
    });
  });

  test("testers reach green by their header at weight 0, beside the split", async () => {
    const testers = { header: "x-tester", value: "yes", atMost: percent(1) };
    const tested = { ...byHttpRoute, traffic: { ...byHttpRoute.traffic, testers } };
    const { spec } = (await routeOf("baseline", "baseline", tested)) as {
      spec: { rules: { matches?: object[]; backendRefs: object[] }[] };
    };
    expect(spec.rules).toHaveLength(2);
    expect(spec.rules[0]).toMatchObject({
      matches: [{ headers: [{ type: "Exact", name: "x-tester", value: "yes" }] }],
      backendRefs: [{ name: "lms-green", weight: 100 }],
    });
    expect(spec.rules[1]).toMatchObject({
      backendRefs: [
        { name: "lms-blue", weight: 100 },
        { name: "lms-green", weight: 0 },
      ],
    });
  });

  test("nothing of a mesh is declared beside it", async () => {
    const declared = await declaredResources(byHttpRoute, moving("baseline", "canary"));
    expect(declared.filter(({ type }) => type.includes("istio"))).toEqual([]);
  });
});
