import { describe, expect, test } from "vitest";
import { greenWeightAt } from "../../definition/ladder.ts";
import { accountId, byCloudflare, zoneId } from "../cloudflare-system.ts";
import { declaredResources, type DeclaredResource } from "./declared-resources.ts";

const moving = (from: string, to: string): Promise<readonly DeclaredResource[]> =>
  declaredResources(byCloudflare, {
    recorded: false,
    transition: {
      ...{ from, to, sequence: 2, since: "2026-01-10T23:35:00.000Z" },
      ...{ follows: "", sinceCommit: "", damage: "" },
    },
  });

const named = (declared: readonly DeclaredResource[], name: string) =>
  declared.find((one) => one.name === name)?.inputs ?? {};

const ofEdge = async (from: string, to: string) =>
  (await moving(from, to)).filter(({ type }) => type.startsWith("cloudflare:"));

describe("a load balancer of Cloudflare", () => {
  test("one resource carries both weights, as shares of 1", async () =>
    expect(named(await ofEdge("baseline", "canary"), "lms-split-balancer")).toEqual({
      zoneId,
      name: "lms.company.com",
      description: "Cutover of lms",
      proxied: true,
      defaultPools: ["lms-split-blue-id", "lms-split-green-id"],
      fallbackPool: "lms-split-blue-id",
      steeringPolicy: "random",
      randomSteering: {
        defaultWeight: 0,
        poolWeights: { "lms-split-blue-id": 0.9, "lms-split-green-id": 0.1 },
      },
      sessionAffinity: "none",
      adaptiveRouting: { failoverAcrossPools: false },
    }));

  test.for(byCloudflare.ladder.map(({ name }) => name))(
    "at %s lists both pools, and their weights make 1",
    async (stage) => {
      const green = greenWeightAt(byCloudflare, stage);
      const balancer = named(await ofEdge("baseline", stage), "lms-split-balancer");
      expect(balancer["defaultPools"]).toHaveLength(2);
      expect(balancer["randomSteering"]).toMatchObject({
        poolWeights: {
          "lms-split-blue-id": (100 - green) / 100,
          "lms-split-green-id": green / 100,
        },
      });
    },
  );

  test("a stage change alters nothing but the weights", async () => {
    const at = async (stage: string) => {
      const declared = await ofEdge("baseline", stage);
      return JSON.stringify(declared).replaceAll(/"poolWeights":\{[^}]*\}/g, "");
    };
    expect(await at("canary")).toBe(await at("half"));
  });

  test("only green can be left out when it is sick, so nothing fails over to green past the gates", async () => {
    const declared = await ofEdge("baseline", "canary");
    expect(named(declared, "lms-split-blue")).toEqual({
      accountId,
      name: "lms-blue",
      origins: [{ name: "blue", address: "192.0.2.10" }],
    });
    expect(named(declared, "lms-split-green")).toEqual({
      accountId,
      name: "lms-green",
      origins: [{ name: "green", address: "192.0.2.20" }],
      monitor: "lms-split-monitor-id",
      checkRegions: ["WEU"],
    });
  });

  test("green is asked where the workload says whether it is fit for traffic", async () =>
    expect(named(await ofEdge("baseline", "canary"), "lms-split-monitor")).toEqual({
      accountId,
      type: "https",
      path: byCloudflare.workload.health.path,
      header: { Host: ["lms.company.com"] },
      expectedCodes: "200",
      interval: 60,
    }));

  test("nothing of a mesh is declared beside it", async () => {
    const declared = await moving("baseline", "canary");
    expect(declared.filter(({ type }) => /istio|gateway/.test(type))).toEqual([]);
  });
});
