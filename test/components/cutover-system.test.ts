import { beforeAll, describe, expect, test } from "vitest";
import { greenWeightAt } from "../../definition/ladder.ts";
import { traceMetrics } from "../../definition/request-metrics.ts";
import { settle } from "../../definition/tbd.ts";
import type { DerivedTransition } from "../../definition/transition.ts";
import { errorRate } from "../../definition/thresholds.ts";
import { minutes, percent } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { declaredResources, type DeclaredResource } from "./declared-resources.ts";

const system = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });
const route = "kubernetes:networking.istio.io/v1:VirtualService";

const moving = (from: string, to: string, recorded = false): DerivedTransition => ({
  recorded,
  transition: {
    from,
    to,
    sequence: 2,
    since: "2026-01-10T23:35:00.000Z",
    follows: "",
    sinceCommit: "",
    damage: "",
  },
});

const ofType = (declared: readonly DeclaredResource[], type: string): readonly DeclaredResource[] =>
  declared.filter((resource) => resource.type === type);

const specOf = (resource: DeclaredResource | undefined): Record<string, unknown> =>
  (resource?.inputs["spec"] ?? {}) as Record<string, unknown>;

/** Weights in a VirtualService by host. */
const weightsIn = (declared: readonly DeclaredResource[]): Record<string, number> => {
  const spec = specOf(ofType(declared, route)[0]) as {
    http: { route: { destination: { host: string }; weight: number }[] }[];
  };
  return Object.fromEntries(
    (spec.http[0]?.route ?? []).map(({ destination, weight }) => [destination.host, weight]),
  );
};

/** Environment variables of each side's container, without what comes from secrets. */
const variablesOf = (declared: readonly DeclaredResource[]): unknown[] =>
  ofType(declared, "kubernetes:apps/v1:Deployment").map((deployment) => {
    const { template } = specOf(deployment) as {
      template: { spec: { containers: { env: { name: string; value?: string }[] }[] } };
    };
    const env = template.spec.containers[0]?.env ?? [];
    return Object.fromEntries(env.flatMap(({ name, value }) => (value ? [[name, value]] : [])));
  });

test("S4-43: an alarm is raised as its own threshold says: past the limit, for its own periods", async () => {
  const evaluation = { period: minutes(1), periods: 5 };
  const thresholds = [
    errorRate({ atMost: percent(5), breach: "roll back", evaluation, source: "S4-43" }),
  ];
  const declared = await declaredResources({ ...system, thresholds }, moving("baseline", "canary"));
  const [monitor] = ofType(declared, "datadog:index/monitor:Monitor");
  expect(monitor?.inputs["query"]).toMatch(/^min\(last_5m\):.* > 5$/);
  expect(monitor?.inputs["message"]).toContain("has been above 5 % for 5 min.");
});

test("where traces count the requests, each side's tracer is told the service it reports as", async () => {
  const requestMetrics = traceMetrics({ operation: "fastapi.request", env: "production" });
  const { maintenance: _, ...plain } = system;
  const traced = { ...plain, requestMetrics };
  const { blue, green } = system.environments;
  const thresholds = system.thresholds.filter(({ measure }) => measure !== "failed-requests");
  const declared = await declaredResources({ ...traced, thresholds }, moving("baseline", "canary"));
  expect(variablesOf(declared)).toEqual([
    { DD_SERVICE: "lms-blue", DD_ENV: "production", DD_VERSION: blue.version },
    { DD_SERVICE: "lms-green", DD_ENV: "production", DD_VERSION: green.version },
  ]);
  const queries = ofType(declared, "datadog:index/monitor:Monitor").map(({ inputs }) =>
    String(inputs["query"]),
  );
  expect(queries).toHaveLength(thresholds.length);
  expect(queries.filter((query) => query.includes("istio"))).toEqual([]);
});

describe("a system on its way forward", () => {
  let declared: readonly DeclaredResource[] = [];
  beforeAll(async () => {
    declared = await declaredResources(system, moving("baseline", "canary"));
  });

  test("S1-1, S1-61: both environments stand side by side in namespace production", () => {
    const deployments = ofType(declared, "kubernetes:apps/v1:Deployment");
    expect(deployments.map(({ inputs }) => inputs["metadata"])).toMatchObject([
      { name: "lms-blue", namespace: "production" },
      { name: "lms-green", namespace: "production" },
    ]);
    const containers = deployments.map(
      (deployment) =>
        (specOf(deployment) as { template: { spec: { containers: { name: string }[] } } }).template
          .spec.containers[0]?.name,
    );
    expect(containers).toEqual(["lms", "lms"]);
  });

  test("each environment has a Service, a disruption budget, an autoscaler and probes", () => {
    for (const type of [
      "kubernetes:core/v1:Service",
      "kubernetes:policy/v1:PodDisruptionBudget",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    ]) {
      expect(ofType(declared, type), type).toHaveLength(2);
    }
    const deployments = ofType(declared, "kubernetes:apps/v1:Deployment");
    for (const deployment of deployments) {
      expect(specOf(deployment)).toMatchObject({
        template: {
          spec: {
            containers: [
              {
                readinessProbe: { httpGet: { path: "/api/health" } },
                resources: { limits: { cpu: "1", memory: "1Gi" } },
                securityContext: { allowPrivilegeEscalation: false },
              },
            ],
          },
        },
      });
    }
  });

  test("S1-60: green runs the approved image by its digest", () => {
    const green = ofType(declared, "kubernetes:apps/v1:Deployment")[1];
    expect(JSON.stringify(green?.inputs)).toMatch(
      /registry\.company\.com\/lms:v3\.0\.0@sha256:[0-9a-f]{64}/,
    );
  });

  test("S1-62: a rollout that is not complete within 300 s has failed", () => {
    const green = ofType(declared, "kubernetes:apps/v1:Deployment")[1];
    expect(specOf(green)).toMatchObject({ progressDeadlineSeconds: 300 });
    expect(green?.inputs["metadata"]).toMatchObject({
      annotations: { "pulumi.com/timeoutSeconds": "300" },
    });
  });

  test("S1-6, S1-7: one VirtualService, lms-vs, carries both weights", () => {
    const routes = ofType(declared, route);
    expect(routes).toHaveLength(1);
    expect(routes[0]?.inputs["metadata"]).toMatchObject({
      name: "lms-vs",
      namespace: "production",
    });
    expect(weightsIn(declared)).toEqual({ "lms-blue": 90, "lms-green": 10 });
  });

  test("S1-5: both environments take the same database from the same secret", () => {
    const secrets = ofType(declared, "kubernetes:apps/v1:Deployment").map(
      (deployment) => /"secretKeyRef":\{[^}]*\}/.exec(JSON.stringify(deployment.inputs))?.[0],
    );
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toContain("lms-database");
  });

  test("S1-76: every threshold has an alarm and a panel on the dashboard", () => {
    const monitors = ofType(declared, "datadog:index/monitor:Monitor");
    expect(monitors.map(({ name }) => name)).toEqual(
      system.thresholds.map(({ name }) => `lms-alarms-${name}`),
    );
    const board = ofType(declared, "datadog:index/dashboardJson:DashboardJson")[0];
    for (const { title } of system.thresholds) {
      expect(board?.inputs["dashboard"]).toContain(title);
    }
    const cutover = ofType(declared, "cutover:index:Cutover")[0];
    expect(Object.keys(cutover?.inputs["alarms"] as object).sort()).toEqual(
      system.thresholds.map(({ name }) => name).sort(),
    );
    expect(cutover?.inputs["panels"]).toEqual(system.thresholds.map(({ name }) => name));
  });

  test("S1-71, S1-72: alarms that order a rollback say so and fire at the limit itself", () => {
    const monitors = ofType(declared, "datadog:index/monitor:Monitor");
    const errorRate = monitors.find(({ name }) => name.endsWith("error-rate"));
    expect(errorRate?.inputs["query"]).toMatch(/^min\(last_2m\):.*lms-green.* >= 1$/);
    expect(errorRate?.inputs["message"]).toContain("Roll back to baseline now");
    const failed = monitors.find(({ name }) => name.endsWith("failed-requests"));
    expect(failed?.inputs["query"]).toMatch(/ >= 0\.5$/);
    const slow = monitors.find(({ name }) => name.endsWith("p95-latency"));
    expect(slow?.inputs["message"]).toContain("Investigate");
  });

  test("S1-104: alarms reach the incident channel", () => {
    const channels = ofType(declared, "datadog:slack/channel:Channel");
    expect(channels.map(({ inputs }) => inputs["channelName"])).toEqual([
      "#lms-incidents",
      "#lms-golive-war-room",
    ]);
    for (const { inputs } of ofType(declared, "datadog:index/monitor:Monitor")) {
      expect(inputs["message"]).toMatch(/@slack-example-lms-incidents$/);
    }
  });

  test("the gates' component says nothing that differs from one run to the next", async () => {
    const again = await declaredResources(system, moving("baseline", "canary", true));
    const inputs = (resources: readonly DeclaredResource[]) =>
      ofType(resources, "cutover:index:Cutover")[0]?.inputs;
    expect(inputs(again)).toEqual(inputs(declared));
  });
});

test.for(system.ladder.map(({ name }) => name))(
  "S1-8, S1-9: at %s the route lists both sides with the weights of the stage",
  async (stage) => {
    const green = greenWeightAt(lms, stage);
    const declared = await declaredResources(system, moving("baseline", stage));
    expect(weightsIn(declared)).toEqual({ "lms-blue": 100 - green, "lms-green": green });
  },
);

test("S1-10: a stage change alters nothing of the route but its weights", async () => {
  const at = async (stage: string) => {
    const declared = await declaredResources(system, moving("baseline", stage));
    return JSON.stringify(ofType(declared, route)[0]?.inputs).replaceAll(/"weight":\d+/g, "");
  };
  expect(await at("canary")).toBe(await at("half"));
});

test("a write of the route wins over whoever changed it by hand", async () => {
  const declared = await declaredResources(system, moving("canary", "baseline"));
  expect(ofType(declared, route)[0]?.inputs["metadata"]).toMatchObject({
    annotations: { "pulumi.com/patchForce": "true" },
  });
});

test("testers reach green by their header at weight 0, and the split stands behind their route", async () => {
  const testers = { header: "x-tester", value: "yes", atMost: percent(1) };
  const tested = { ...system, traffic: { ...system.traffic, testers } };
  const declared = await declaredResources(tested, moving("baseline", "baseline"));
  const { http } = specOf(ofType(declared, route)[0]) as { http: object[] };
  expect(http).toMatchObject([
    {
      match: [{ headers: { "x-tester": { exact: "yes" } } }],
      route: [{ destination: { host: "lms-green" }, weight: 100 }],
    },
    { route: [{ weight: 100 }, { weight: 0 }] },
  ]);
});

describe("a blue that somebody else owns", () => {
  const { blue, green } = system.environments;
  const taken = {
    ...system,
    environments: { blue: { ...blue, owner: "elsewhere" as const }, green },
  };

  test("is taken as it stands: nothing of it is declared, and the route still lists it", async () => {
    const declared = await declaredResources(taken, moving("baseline", "canary"));
    const named = declared.filter(({ inputs }) => JSON.stringify(inputs).includes('"lms-blue"'));
    expect(new Set(named.map(({ type }) => type))).toEqual(
      new Set([route, "kubernetes:networking.istio.io/v1:DestinationRule"]),
    );
    expect(weightsIn(declared)).toEqual({ "lms-blue": 90, "lms-green": 10 });
  });
});

describe("S1-53: maintenance", () => {
  const lease = "kubernetes:coordination.k8s.io/v1:Lease";

  test("its Lease says whether the config asks for it, and both sides are told which one it is", async () => {
    const off = await declaredResources(system, moving("(none)", "baseline"));
    expect(ofType(off, lease).map(({ inputs }) => inputs["metadata"])).toMatchObject([
      { name: "lms-maintenance", annotations: { "cutover/maintenance": "off" } },
    ]);
    const on = await declaredResources(system, moving("(none)", "baseline"), true);
    expect(ofType(on, lease).map(({ inputs }) => inputs["metadata"])).toMatchObject([
      { name: "lms-maintenance", annotations: { "cutover/maintenance": "on" } },
    ]);
    expect(variablesOf(on)).toEqual([
      { MAINTENANCE_LEASE: "lms-maintenance" },
      { MAINTENANCE_LEASE: "lms-maintenance" },
    ]);
  });

  test("the mesh leaves out no pod that answers with its page", async () => {
    const failing = async (about: typeof system) =>
      ofType(
        await declaredResources(about, moving("baseline", "canary")),
        "kubernetes:networking.istio.io/v1:DestinationRule",
      ).map(
        (rule) =>
          (specOf(rule)["trafficPolicy"] as { readonly outlierDetection: object }).outlierDetection,
      );
    const { maintenance: _, ...without } = system;
    expect(await failing(system)).toMatchObject([
      { consecutive5xxErrors: 0, consecutiveLocalOriginFailures: 10 },
      { consecutive5xxErrors: 0, consecutiveLocalOriginFailures: 10 },
    ]);
    expect(await failing(without)).toMatchObject([
      { consecutive5xxErrors: 10 },
      { consecutive5xxErrors: 10 },
    ]);
  });
});
