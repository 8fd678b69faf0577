import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { istioMetrics } from "../../../definition/request-metrics.ts";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { seededRandom } from "../../../rehearsal/world/application/seeded-random.ts";
import { healthyBehaviour, type Behaviour, type Side } from "../../../rehearsal/world/behaviour.ts";
import { Controllers } from "../../../rehearsal/world/controllers.ts";
import type { JobRun } from "../../../rehearsal/world/controllers/job-controller.ts";
import type { ObjectStore } from "../../../rehearsal/world/kubernetes-object.ts";
import { sideServices } from "../../../rehearsal/world/side-services.ts";
import { deployment } from "./cluster-objects.ts";
import { inMemoryObjectStore } from "./in-memory-object-store.ts";
import { smallExample, smallStart } from "./small-example.ts";

const GREEN = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespace: "production",
  name: "lms-green",
};
const JOB = { apiVersion: "batch/v1", kind: "Job", namespace: "production", name: "migrate" };
const FAST = 2_000;

let store: ObjectStore;
let clock: CutoverClock;
let behaviours: Record<Side, Behaviour>;
let controllers: Controllers;
const services = sideServices();
let connected: boolean;
let runJob: (signal: AbortSignal) => Promise<JobRun>;
let waits: boolean[];

beforeEach(() => {
  store = inMemoryObjectStore();
  clock = CutoverClock.startingAt(smallStart);
  behaviours = { blue: healthyBehaviour(), green: healthyBehaviour() };
  connected = true;
  waits = [];
  runJob = async () => ({ ok: true, log: "done" });
  controllers = new Controllers({
    store,
    runs: () => true,
    clock,
    example: smallExample,
    requestMetrics: istioMetrics(),
    dependencies: [],
    storeOf: () => ({
      query: async () => {
        if (!connected) throw new Error("cut");
        return [];
      },
    }),
    freeze: () => undefined,
    maintenance: () => undefined,
    startWorker: () => Promise.reject(new Error("no worker here")),
    random: seededRandom(1),
    sideOf: ({ metadata }) => (metadata.name.endsWith("green") ? "green" : "blue"),
    versionOf: (image) => image.split(":").at(-1) ?? "",
    behaviourOf: (side) => behaviours[side],
    servicesOf: () => services,
    runJob: (_, signal) => runJob(signal),
    onIdleWait(waiting) {
      waits.push(waiting);
      // As the world does: time passes fast while there is nothing but waiting.
      clock.setRate(waiting ? FAST : 1);
    },
  });
});
afterEach(() => controllers.stop());

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}
const status = (reference = GREEN) => store.get(reference)?.status;
const condition = (type: string, reference = GREEN) =>
  (status(reference)?.conditions as readonly Condition[] | undefined)?.find(
    (each) => each.type === type,
  );
const ready = () => controllers.directory.ready("production", { app: "lms-green" });
const eventually = (assertion: () => void) =>
  vi.waitFor(assertion, { timeout: 15_000, interval: 10 });
const complete = () =>
  eventually(() => {
    expect(condition("Progressing")?.reason).toBe("NewReplicaSetAvailable");
    expect(status()?.observedGeneration).toBe(store.get(GREEN)?.metadata.generation);
  });
const versions = async () =>
  Promise.all(
    ready().map(async ({ origin }) =>
      (await fetch(`${origin ?? ""}/api/health`)).headers.get("x-version"),
    ),
  );

test("a Deployment turns into ready pods of its version", async () => {
  store.create(deployment("lms-green", { replicas: 3, image: "lms:3.0.0" }));
  expect(condition("Progressing")).toMatchObject({
    status: "True",
    reason: "NewReplicaSetCreated",
  });
  expect(condition("Available")).toMatchObject({ status: "False" });
  await complete();
  expect(status()).toMatchObject({
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    unavailableReplicas: 0,
  });
  expect(condition("Available")).toMatchObject({
    status: "True",
    reason: "MinimumReplicasAvailable",
  });
  expect(await versions()).toEqual(["3.0.0", "3.0.0", "3.0.0"]);
  expect(controllers.podFailures(GREEN)).toEqual([]);
});

test("a rolling update never has fewer ready pods than desired, nor more than one too many", async () => {
  store.create(deployment("lms-green", { replicas: 2, image: "lms:2.4.1" }));
  await complete();
  const counts: { ready: number; all: number }[] = [];
  const stop = controllers.directory.onChange(() => {
    counts.push({ ready: ready().length, all: Number(status()?.replicas) });
  });
  store.replace(deployment("lms-green", { replicas: 2, image: "lms:3.0.0" }));
  await complete();
  stop();
  expect(Math.min(...counts.map((count) => count.ready))).toBe(2);
  expect(Math.max(...counts.map((count) => count.all))).toBe(3);
  expect(await versions()).toEqual(["3.0.0", "3.0.0"]);
});

test("scales up, down, and away", async () => {
  store.create(deployment("lms-green", { replicas: 1 }));
  await complete();
  const [first] = ready();
  store.replace(deployment("lms-green", { replicas: 3 }));
  await complete();
  expect(ready()).toHaveLength(3);
  store.replace(deployment("lms-green", { replicas: 1 }));
  await complete();
  expect(ready()).toEqual([first]);
  store.delete(GREEN);
  expect(ready()).toEqual([]);
  await eventually(() => {
    expect(controllers.directory.pods).toEqual([]);
  });
});

test("pods that never turn ready exceed the progress deadline in cutover time", async () => {
  behaviours.green.neverReady = true;
  const createdAt = clock.now();
  store.create(deployment("lms-green", { deadline: 300 }));
  await eventually(() => {
    expect(condition("Progressing")).toMatchObject({
      status: "False",
      reason: "ProgressDeadlineExceeded",
    });
  });
  expect(clock.now() - createdAt).toBeGreaterThanOrEqual(300_000);
  expect(controllers.podFailures(GREEN)[0]).toContain("Readiness probe failed: HTTP probe failed");
  expect(status()).toMatchObject({ readyReplicas: 0, unavailableReplicas: 2 });
  expect(waits).toEqual([true, false]);
});

test("crashing pods back off, and recover when the crashing ends", async () => {
  behaviours.green.crashing = true;
  store.create(deployment("lms-green", { replicas: 1 }));
  await eventually(() => {
    expect(controllers.podFailures(GREEN)[0]).toMatch(
      /CrashLoopBackOff, last exit Error, restarted [2-9]/,
    );
  });
  behaviours.green.crashing = false;
  await complete();
  expect(controllers.podFailures(GREEN)).toEqual([]);
});

test("running pods crash as soon as their behaviour says so", async () => {
  store.create(deployment("lms-green"));
  await complete();
  behaviours.green.crashing = true;
  await eventually(() => {
    expect(ready()).toEqual([]);
    expect(status()).toMatchObject({ readyReplicas: 0 });
  });
  expect(condition("Available")?.status).toBe("False");
  // A rollout that has finished does not start again because its pods fail later.
  expect(condition("Progressing")?.reason).toBe("NewReplicaSetAvailable");
});

test("a pod at its memory limit is killed and restarted", async () => {
  store.create(deployment("lms-green", { replicas: 1 }));
  await complete();
  behaviours.green.memoryGrowthPercentPerMinute = 1_000_000;
  await eventually(() => {
    expect(controllers.podFailures(GREEN)[0]).toContain("OOMKilled");
  });
  behaviours.green.memoryGrowthPercentPerMinute = 0;
  clock.setRate(FAST);
  await eventually(() => {
    expect(ready()).toHaveLength(1);
  });
});

test("pods without their database leave the endpoints, and come back", async () => {
  store.create(deployment("lms-green"));
  await complete();
  clock.setRate(50);
  connected = false;
  await eventually(() => {
    expect(ready()).toEqual([]);
  });
  connected = true;
  await eventually(() => {
    expect(ready()).toHaveLength(2);
  });
});

const job = (backoffLimit: number) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "migrate", namespace: "production" },
  spec: { backoffLimit, template: { spec: { containers: [{ name: "alembic" }] } } },
});
const jobCondition = () => condition("Complete", JOB) ?? condition("Failed", JOB);

test("a Job that succeeds at its second run is complete", async () => {
  const runs = [
    { ok: false, log: "start\nlock timeout" },
    { ok: true, log: "migrated" },
  ];
  runJob = async () => runs.shift() ?? { ok: false, log: "" };
  store.create(job(2));
  await eventually(() => {
    expect(jobCondition()).toMatchObject({ type: "Complete", status: "True" });
  });
  expect(status(JOB)).toMatchObject({ succeeded: 1, failed: 1, active: 0 });
  expect(controllers.podFailures(JOB)).toEqual(["pod migrate-1: Error: lock timeout"]);
  expect(controllers.jobLog(JOB)).toBe("migrated");
  expect(waits).toEqual([true, false]);
});

test("a Job that is active for too long ends, however many retries it has left", async () => {
  const { spec, ...rest } = job(6);
  let ended: AbortSignal | undefined;
  runJob = (signal) => {
    ended = signal;
    return new Promise((resolve) => {
      signal.addEventListener("abort", () => {
        resolve({ ok: true, log: "too late" });
      });
    });
  };
  store.create({ ...rest, spec: { ...spec, activeDeadlineSeconds: 120 } });
  clock.setRate(FAST);
  await eventually(() => {
    expect(jobCondition()).toMatchObject({ type: "Failed", reason: "DeadlineExceeded" });
  });
  expect(ended?.aborted).toBe(true);
  expect(status(JOB)).toMatchObject({ succeeded: 0, failed: 1, active: 0 });
  expect(controllers.podFailures(JOB)).toEqual([
    "pod migrate-1: Error: Job was active longer than specified deadline",
  ]);
});

test.for([0, 2])("a Job that always fails is run once and %i times again", async (backoffLimit) => {
  let runs = 0;
  runJob = async () => {
    runs += 1;
    return { ok: false, log: "broken" };
  };
  store.create(job(backoffLimit));
  await eventually(() => {
    expect(jobCondition()).toMatchObject({ type: "Failed", reason: "BackoffLimitExceeded" });
  });
  expect(runs).toBe(backoffLimit + 1);
});
