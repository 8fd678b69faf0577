import { afterEach, beforeEach, expect, test } from "vitest";
import type { Freeze } from "../../../definition/freeze.ts";
import type { RehearsalExample } from "../../../definition/rehearsal-example.ts";
import { istioMetrics } from "../../../definition/request-metrics.ts";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { Application } from "../../../rehearsal/world/application.ts";
import { SessionCache } from "../../../rehearsal/world/application/session-cache.ts";
import { seededRandom } from "../../../rehearsal/world/application/seeded-random.ts";
import { healthyBehaviour, type Behaviour } from "../../../rehearsal/world/behaviour.ts";
import { DatabaseUnavailable } from "../../../rehearsal/world/database.ts";
import { smallExample, smallStart } from "./small-example.ts";

const withPayments: RehearsalExample = {
  ...smallExample,
  requests: [
    ...smallExample.requests,
    { name: "payment", method: "POST", path: "/api/v1/payments", share: 0, charges: true },
  ],
};

let application: Application;
let sessions: SessionCache;
let behaviour: Behaviour;
let connected: boolean;
let maintenance: Freeze | undefined;
let asked: { sql: string; parameters: readonly unknown[] }[];
const clock = CutoverClock.startingAt(smallStart);

beforeEach(async () => {
  behaviour = healthyBehaviour();
  connected = true;
  maintenance = undefined;
  asked = [];
  sessions = new SessionCache(10_000);
  application = await Application.start({
    sessions,
    example: withPayments,
    side: "green",
    version: "3.0.0",
    workload: "lms-green",
    namespace: "production",
    podName: "lms-green-1",
    cpuLimitCores: 0.5,
    requestMetrics: istioMetrics(),
    variables: {},
    dependencies: ["mail"],
    fullLoadPerSecond: () => 100,
    behaviour: () => behaviour,
    store: {
      async query(sql, parameters = []) {
        if (!connected) throw new DatabaseUnavailable("connection refused by the database");
        asked.push({ sql, parameters });
        return [{ name: "Ada" }];
      },
    },
    freeze: () => undefined,
    maintenance: () => maintenance,
    clock,
    random: seededRandom(3),
  });
});
afterEach(() => application.kill());

const call = (path: string, method = "GET") => fetch(application.origin + path, { method });
const metrics = async () => (await call("/metrics")).text();

test("says that it is healthy, with what it has reached, its version and the time of the cutover clock", async () => {
  const response = await call("/api/health");
  expect(response.status).toBe(200);
  expect(response.headers.get("x-served-by")).toBe("green");
  expect(response.headers.get("x-version")).toBe("3.0.0");
  expect(await response.json()).toEqual({
    status: "healthy",
    version: "3.0.0",
    database: "connected",
    mail: "connected",
    timestamp: expect.stringMatching(/^2026-01-03T22:/),
  });
});

test("is not healthy without its database, and its calls are answered with 503", async () => {
  connected = false;
  const health = await call("/api/health");
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ status: "unhealthy", database: "disconnected" });
  const answer = await call("/api/v1/employees/5");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ error: "connection refused by the database" });
});

test("S1-53: under maintenance every call of a user gets the page and when it ends, and checks go on", async () => {
  const began = clock.now();
  maintenance = { holder: "lms-maintenance", began, ends: began + 90_000 };
  for (const method of ["GET", "POST"]) {
    const answer = await call("/api/v1/employees/5", method);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("x-maintenance")).toBe("true");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(80);
    expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(90);
    expect(await answer.text()).toContain("under maintenance");
  }
  expect((await call("/api/health")).status).toBe(200);
  expect((await call("/api/v1/status")).status).toBe(200);
  expect(asked.map(({ sql }) => sql)).toEqual(["SELECT 1"]);
});

test("never turns healthy when its behaviour says so", async () => {
  behaviour.neverReady = true;
  expect((await call("/api/health")).status).toBe(503);
});

test.for(["ELB-HealthChecker/2.0", "Mozilla/5.0 (compatible; Cloudflare-Traffic-Manager/1.0)"])(
  "health checks of %s alone fail when its behaviour says so",
  async (agent) => {
    behaviour.failsBalancerChecks = true;
    const asks = (headers: Record<string, string>) =>
      fetch(`${application.origin}/api/health`, { headers });
    expect((await asks({ "user-agent": agent })).status).toBe(503);
    expect((await asks({ "user-agent": "kube-probe/1.31" })).status).toBe(200);
    expect((await asks({})).status).toBe(200);
  },
);

test("answers the example's calls from the database, with the values that statements name", async () => {
  const response = await call("/api/v1/employees/42");
  expect(await response.json()).toEqual({ rows: [{ name: "Ada" }] });
  expect(asked.at(-1)?.parameters).toEqual([42]);
  await call("/api/v1/leaves", "POST");
  expect(asked.at(-1)?.parameters).toEqual([expect.any(Number), expect.stringMatching(/-/)]);
  expect(await (await call("/api/v1/holidays")).json()).toEqual({ rows: [] });
  expect((await call("/api/v1/status")).status).toBe(200);
});

test.for([
  ["GET", "/api/v1/leaves"],
  ["GET", "/api/v1/employees"],
  ["GET", "/api/v1/employees/1/2"],
])("%s %s is no call of the example", async ([method, path]) => {
  expect((await call(path ?? "", method)).status).toBe(404);
});

test("fails and resets as its behaviour says, and counts what it answered", async () => {
  behaviour.errorShare = 1;
  const failed = await call("/api/v1/employees/1");
  expect(failed.status).toBe(500);
  expect(await failed.json()).toEqual({ error: "internal error" });
  behaviour.errorShare = 0;
  behaviour.resetShare = 1;
  await expect(call("/api/v1/employees/1")).rejects.toThrow();
  behaviour.resetShare = 0;
  await call("/api/v1/employees/1");
  const labels =
    'reporter="destination",destination_workload="lms-green",kube_namespace="production"';
  const text = await metrics();
  for (const code of ["200", "500", "0"]) {
    expect(text).toContain(`istio_requests_total{${labels},response_code="${code}"} 1`);
  }
  expect(text).toContain(`istio_request_duration_milliseconds_count{${labels}} 2`);
});

test("requests of one kind fail alone, when its behaviour says so", async () => {
  behaviour.failingRequests = { employee: 1 };
  const failed = await call("/api/v1/employees/1");
  expect(failed.status).toBe(500);
  expect(asked).toEqual([]);
  expect((await call("/api/v1/leaves", "POST")).status).toBe(200);
});

test("a payment that cannot be processed fails the call that asked for it, and no other", async () => {
  behaviour.paymentErrorShare = 1;
  expect((await call("/api/v1/payments", "POST")).status).toBe(500);
  expect(asked).toEqual([]);
  expect((await call("/api/v1/leaves", "POST")).status).toBe(200);
  behaviour.paymentErrorShare = 0;
  expect((await call("/api/v1/payments", "POST")).status).toBe(200);
});

test("a person who makes a call has one session", async () => {
  await call("/api/v1/employees/42");
  const { used } = sessions;
  expect(used).toBeGreaterThan(0);
  await call("/api/v1/employees/42");
  expect(sessions.used).toBe(used);
  await call("/api/v1/employees/43");
  expect(sessions.used).toBeGreaterThan(used);
});

test.for([
  "kube-probe/1.33",
  "ELB-HealthChecker/2.0",
  "Mozilla/5.0 (compatible; Cloudflare-Traffic-Manager/1.0; +https://www.cloudflare.com/)",
])("what %s asks is answered and not counted", async (agent) => {
  const path = `${application.origin}/api/health`;
  expect((await fetch(path, { headers: { "user-agent": agent } })).status).toBe(200);
  expect(await metrics()).not.toContain('response_code="200"');
});

test("CPU follows its load, and what a fault adds", async () => {
  for (let count = 0; count < 20; count += 1) await call("/api/v1/holidays");
  expect(application.cpuPercent()).toBeGreaterThan(0);
  expect(application.cpuPercent()).toBeLessThanOrEqual(4);
  behaviour.extraCpuPercent = 90;
  expect(application.cpuPercent()).toBeGreaterThan(90);
  expect(await metrics()).toMatch(/container_cpu_limit_cores\{.*pod_name="lms-green-1"\} 0.5/);
});

test("memory grows with cutover time up to its ceiling", async () => {
  expect(application.memoryPercent()).toBe(35);
  behaviour.memoryGrowthPercentPerMinute = 100;
  behaviour.memoryCeilingPercent = 85;
  clock.setRate(10_000);
  await clock.sleep(60_000);
  clock.setRate(1);
  expect(application.memoryPercent()).toBeCloseTo(85, 6);
  expect(await metrics()).toMatch(/container_memory_usage_ratio\{.*\} 0.85/);
});

test("finishes what is in flight before it stops", async () => {
  behaviour.extraLatencyMilliseconds = 150;
  const answers = [1, 2, 3].map((id) => call(`/api/v1/employees/${id}`));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await application.stop();
  for (const answer of answers) expect((await answer).status).toBe(200);
  // Nobody listens there any more.
  await expect(call("/api/health")).rejects.toThrow();
});
