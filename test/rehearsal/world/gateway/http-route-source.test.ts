import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import type { Gateway } from "../../../../rehearsal/world/gateway.ts";
import { startClusterGateway } from "../../../../rehearsal/world/gateway/cluster-gateway.ts";
import { httpRouteSource } from "../../../../rehearsal/world/gateway/http-route-source.ts";
import { PodDirectory } from "../../../../rehearsal/world/pods/pod-directory.ts";
import { service } from "../cluster-objects.ts";

const route = { namespace: "production", name: "lms-route" };
const parent = { name: "public", namespace: "infra", sectionName: "https" };
const sides = ["blue", "green"] as const;

let store: MemoryObjectStore;
let gateway: Gateway;
let servers: Server[];

const object = (blue: number, green: number, parentRef: object = parent) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: route,
  spec: {
    parentRefs: [parentRef],
    rules: [
      {
        backendRefs: [
          { name: "lms-blue", port: 80, weight: blue },
          { name: "lms-green", port: 80, weight: green },
        ],
      },
    ],
  },
});
const stored = () =>
  store.get({ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", ...route });
const conditions = () => {
  const { parents } = stored()?.status as {
    parents: { conditions: { type: string; status: string; observedGeneration: number }[] }[];
  };
  return parents.map((one) =>
    one.conditions.map(({ type, status, observedGeneration }) =>
      [type, status, observedGeneration].join(" "),
    ),
  );
};
const statuses = async (count: number) => {
  const answers = Array.from({ length: count }, () => fetch(gateway.url));
  return (await Promise.all(answers)).map(
    ({ status, headers }) => headers.get("x-served-by") ?? status,
  );
};

beforeEach(async () => {
  const clock = CutoverClock.startingAt(0);
  store = new MemoryObjectStore(clock, ["production"]);
  const directory = new PodDirectory();
  servers = [];
  for (const side of sides) {
    store.create(service(`lms-${side}`));
    const server = createServer((_, response) => response.setHeader("x-served-by", side).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
    directory.add({
      ...{ name: side, namespace: "production", workload: `lms-${side}`, side, ready: true },
      labels: { app: `lms-${side}` },
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
  }
  gateway = await startClusterGateway({
    ...{ store, directory, random: seededRandom(42) },
    routes: httpRouteSource({
      ...{ store, route, now: () => clock.now() },
      gateways: [{ namespace: "infra", name: "public", listener: "https" }],
    }),
    sideOf: ({ host }) => (host.includes("green") ? "green" : "blue"),
  });
});
afterEach(async () => {
  await gateway.stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

test("requests go by the weights, and the status says that the version is taken up", async () => {
  store.create(object(90, 10));
  expect(conditions()).toEqual([["Accepted True 1", "ResolvedRefs True 1"]]);
  const served = await statuses(100);
  expect(served.filter((side) => side === "green")).toHaveLength(10);
  store.replace(object(0, 100));
  expect(gateway.applied()).toEqual({ blue: 0, green: 100 });
  expect(conditions()).toEqual([["Accepted True 2", "ResolvedRefs True 2"]]);
});

test("weights are shares of their sum", () => {
  store.create(object(1, 3));
  expect(gateway.applied()).toEqual({ blue: 25, green: 75 });
});

test("all weights zero: every request is answered 500", async () => {
  store.create(object(0, 0));
  expect(await statuses(3)).toEqual([500, 500, 500]);
});

test("a rule that asks for a header comes before the one for all requests", async () => {
  const { spec, ...rest } = object(100, 0);
  const testers = {
    matches: [{ headers: [{ name: "X-Tester", value: "yes" }] }],
    backendRefs: [{ name: "lms-green", port: 80, weight: 100 }],
  };
  store.create({ ...rest, spec: { ...spec, rules: [...spec.rules, testers] } });
  const served = async (headers: Record<string, string>) =>
    (await fetch(gateway.url, { headers })).headers.get("x-served-by");
  expect(await served({ "x-tester": "yes" })).toBe("green");
  expect(await served({ "x-tester": "no" })).toBe("blue");
  expect(await served({})).toBe("blue");
  expect(gateway.applied()).toEqual({ blue: 100, green: 0 });
});

test("a route that asks another gateway is stored, and nothing routes by it", async () => {
  store.create(object(90, 10, { name: "other", namespace: "infra" }));
  expect(stored()?.status).toEqual({ parents: [] });
  expect(await statuses(1)).toEqual([404]);
});

test("a listener that is not there does not accept it", async () => {
  store.create(object(90, 10, { ...parent, sectionName: "http" }));
  expect(conditions()).toEqual([["Accepted False 1", "ResolvedRefs True 1"]]);
  expect(await statuses(1)).toEqual([404]);
});

test("a Service that is not there is said to be missing, until it is", () => {
  const green = { apiVersion: "v1", kind: "Service", namespace: "production", name: "lms-green" };
  store.delete(green);
  store.create(object(100, 0));
  expect(conditions()).toEqual([["Accepted True 1", "ResolvedRefs False 1"]]);
  store.create(service("lms-green"));
  expect(conditions()).toEqual([["Accepted True 1", "ResolvedRefs True 1"]]);
});

test("a gateway that is stuck takes up nothing, and says so by its silence", async () => {
  store.create(object(100, 0));
  gateway.frozen = true;
  store.replace(object(0, 100));
  expect(conditions()).toEqual([["Accepted True 1", "ResolvedRefs True 1"]]);
  expect(stored()?.metadata.generation).toBe(2);
  expect(await statuses(3)).toEqual(["blue", "blue", "blue"]);
});

test("what it does not understand is not passed over: the version before goes on", () => {
  store.create(object(90, 10));
  const { spec, ...rest } = object(0, 100);
  const rules = spec.rules.map((rule) => ({
    ...rule,
    filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["x"] } }],
  }));
  store.replace({ ...rest, spec: { ...spec, rules } });
  expect(gateway.problem).toMatch(/filters/);
  expect(gateway.applied()).toEqual({ blue: 90, green: 10 });
});
