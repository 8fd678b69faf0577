import { expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { Agent, type ScrapeTarget } from "../../../../rehearsal/world/monitoring/agent.ts";
import { MetricStore } from "../../../../rehearsal/world/monitoring/metric-store.ts";
import { loopback } from "./loopback.ts";

const METRIC = "istio.mesh.request.count";

/** An agent, and a target whose counter the test sets. */
const scraping = async () => {
  const target = { requests: 0, status: 200, body: undefined as string | undefined };
  const url = await loopback((_request, response) => {
    const line = `istio_requests_total{reporter="source",response_code="200"} ${target.requests}\n`;
    response.writeHead(target.status).end(target.body ?? line);
  });
  const store = new MetricStore();
  const targets: ScrapeTarget[] = [{ url: `${url}/metrics`, tags: { pod_name: "a" } }];
  const clock = CutoverClock.startingAt(Date.UTC(2026, 10, 21));
  const agent = new Agent(clock, store, () => targets);
  const stored = (): readonly number[] => {
    const values: number[] = [];
    store.series(METRIC)[0]?.points.forEach(0, Infinity, (_at, value) => {
      if (typeof value === "number") values.push(value);
    });
    return values;
  };
  const scrapes = async (...requests: readonly number[]): Promise<void> => {
    for (const count of requests) {
      target.requests = count;
      await agent.scrape();
    }
  };
  return { agent, target, targets, store, stored, scrapes, clock, url };
};

test("stores increases, also over a restart of the target", async () => {
  const { scrapes, stored } = await scraping();
  await scrapes(100, 110, 110, 4);
  expect(stored()).toEqual([10, 0, 4]);
});

test("stores nothing while silent, and not afterwards what happened meanwhile", async () => {
  const { agent, scrapes, stored } = await scraping();
  await scrapes(0, 10);
  agent.silence();
  await scrapes(50, 90);
  expect(agent.silent).toBe(true);
  agent.speak();
  await scrapes(100, 103);
  expect(stored()).toEqual([10, 3]);
});

test("stores NaN while poisoned", async () => {
  const { agent, scrapes, stored } = await scraping();
  await scrapes(0, 10);
  agent.poison();
  await scrapes(20);
  agent.heal();
  await scrapes(25);
  expect(stored()).toEqual([10, NaN, 5]);
});

test.for([
  ["an error", { status: 503 }],
  ["text that is not in the format", { body: "a{" }],
] as const)("a target that answers %s is left out, and caught up with later", async ([, fault]) => {
  const { target, scrapes, stored } = await scraping();
  await scrapes(0, 10);
  Object.assign(target, fault);
  await scrapes(20);
  Object.assign(target, { status: 200, body: undefined });
  await scrapes(30);
  expect(stored()).toEqual([10, 20]);
});

test("a target that hangs does not hold up the others", async () => {
  const { agent, targets, scrapes, stored } = await scraping();
  const hanging = await loopback(() => undefined);
  targets.push({ url: hanging, tags: {} });
  const first = agent.scrape();
  // The second round skips the target that is still being waited for.
  await scrapes(7);
  expect(stored().length).toBeLessThanOrEqual(1);
  await first;
});

test("a target that comes later counts from zero", async () => {
  const { targets, scrapes, store, url } = await scraping();
  await scrapes(10);
  targets.push({ url: `${url}/other`, tags: { pod_name: "b" } });
  await scrapes(12);
  expect(store.series(METRIC).map(({ tags }) => tags.pod_name)).toEqual(["a", "b"]);
});

test("scrapes every ten seconds of cutover time", async () => {
  const { agent, clock, target, stored } = await scraping();
  clock.setRate(100);
  agent.start();
  for (let step = 1; step <= 20; step += 1) {
    target.requests = step;
    await clock.sleep(5_000);
  }
  agent.stop();
  expect(stored().length).toBeGreaterThanOrEqual(4);
  expect(stored().length).toBeLessThanOrEqual(10);
});
