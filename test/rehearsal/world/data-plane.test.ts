import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { istioMetrics } from "../../../definition/request-metrics.ts";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { startLoad, type Load } from "../../../rehearsal/load/start-load.ts";
import { seededRandom } from "../../../rehearsal/world/application/seeded-random.ts";
import { healthyBehaviour, type Behaviour, type Side } from "../../../rehearsal/world/behaviour.ts";
import { Controllers } from "../../../rehearsal/world/controllers.ts";
import { Database } from "../../../rehearsal/world/database.ts";
import { virtualServiceSource } from "../../../rehearsal/world/gateway/virtual-service-source.ts";
import type { Gateway } from "../../../rehearsal/world/gateway.ts";
import { startClusterGateway } from "../../../rehearsal/world/gateway/cluster-gateway.ts";
import type { KubernetesObject, ObjectStore } from "../../../rehearsal/world/kubernetes-object.ts";
import { deployment, service, virtualService } from "./cluster-objects.ts";
import { inMemoryObjectStore } from "./in-memory-object-store.ts";
import { sideServices } from "../../../rehearsal/world/side-services.ts";
import { smallData, smallExample, smallStart } from "./small-example.ts";

const sideOf = (name: string): Side => (name.includes("green") ? "green" : "blue");

let database: Database;
let store: ObjectStore;
let clock: CutoverClock;
let behaviours: Record<Side, Behaviour>;
let controllers: Controllers;
const services = sideServices();
let gateway: Gateway;
let load: Load;

beforeAll(async () => {
  database = await Database.start(smallData);
});
afterAll(() => database.stop());
beforeEach(async () => {
  store = inMemoryObjectStore();
  clock = CutoverClock.startingAt(smallStart);
  behaviours = { blue: healthyBehaviour(), green: healthyBehaviour() };
  const random = seededRandom(7);
  for (const name of ["lms-blue", "lms-green"]) {
    store.create(service(name));
    store.create(deployment(name));
  }
  store.create(virtualService(0));
  controllers = new Controllers({
    ...{ store, runs: () => true, clock, example: smallExample, random },
    storeOf: () => database,
    freeze: () => undefined,
    maintenance: () => undefined,
    startWorker: () => Promise.reject(new Error("no worker here")),
    requestMetrics: istioMetrics(),
    dependencies: [],
    sideOf: ({ metadata }) => sideOf(metadata.name),
    versionOf: (image) => smallExample[sideOf(image)].version,
    behaviourOf: (side) => behaviours[side],
    servicesOf: () => services,
    runJob: () => database.migrate(),
    onIdleWait: () => undefined,
  });
  const { directory } = controllers;
  gateway = await startClusterGateway({
    ...{ store, directory, random },
    routes: virtualServiceSource({ host: "lms.example" }),
    sideOf: ({ host }) => sideOf(host),
  });
  await readyPods(4);
  load = await startLoad({ gatewayUrl: gateway.url, example: smallExample, seed: 3, clock });
});
afterEach(async () => {
  await load.stop();
  await gateway.stop();
  await controllers.stop();
});

const wait = { timeout: 20_000, interval: 20 };
const readyPods = (count: number) =>
  vi.waitFor(() => {
    expect(controllers.directory.ready("production", {})).toHaveLength(count);
  }, wait);
const moreRequests = async (count: number) => {
  const { sent } = load.record.totals();
  await vi.waitFor(() => {
    expect(load.record.totals().sent).toBeGreaterThanOrEqual(sent + count);
  }, wait);
};
/** Waits until so many requests in a row, none sent before an instant, were served well by a side. */
const safe = async (from: number, side: Side, requests: number) =>
  vi.waitFor(() => {
    expect(load.record.safeSince(from, side)?.requests).toBeGreaterThanOrEqual(requests);
  }, wait);
/** Applies an object while the load goes on, until enough requests have met it. */
const shift = async (object: KubernetesObject) => {
  store.replace(object);
  await moreRequests(60);
};
const settled = ({ sent, open, ...totals }: ReturnType<Load["record"]["totals"]>) => {
  const { ok, failed, lost, maintenance } = totals;
  expect(ok + failed + lost + maintenance + open).toBe(sent);
  expect(open).toBe(0);
  return { ok, failed, lost, sent };
};

test("no request is lost or fails through a whole ladder, migrations, updates and scaling", async () => {
  await moreRequests(60);
  store.create({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "migrate", namespace: "production" },
    spec: { template: { spec: { containers: [{ command: ["alembic", "upgrade", "head"] }] } } },
  });
  for (const weight of [10, 50, 100, 0, 50]) await shift(virtualService(weight));
  await shift(deployment("lms-green", { image: "registry.example/lms-green:second" }));
  await shift(deployment("lms-blue", { replicas: 1 }));
  await readyPods(3);
  await moreRequests(100);
  store.replace(virtualService(100));
  const movedAt = clock.now();
  await safe(movedAt + 1, "green", 30);
  const { sent, ok } = settled(await load.stop());
  expect(ok).toBe(sent);
  expect(await database.revision()).toBe("b2");
});

test("the account is complete while pods reset, fail, crash and lose their database", async () => {
  store.replace(virtualService(50));
  await moreRequests(50);
  const brokenAt = clock.now();
  Object.assign(behaviours.green, { errorShare: 0.2, resetShare: 0.2 });
  await moreRequests(100);
  behaviours.green.crashing = true;
  await moreRequests(50);
  database.cut();
  await moreRequests(50);
  database.restore();
  store.replace(virtualService(0));
  await readyPods(2);
  const before = clock.now();
  await safe(brokenAt, "blue", 30);
  const { failed, lost } = settled(await load.stop());
  expect(failed).toBeGreaterThan(20);
  expect(lost).toBe(0);
  expect(load.record.firstFailureAfter(brokenAt)).toBeLessThan(before);
  expect(load.record.between(before, Number.POSITIVE_INFINITY)).toMatchObject({
    failed: 0,
    share: { blue: 1, green: 0 },
  });
});
