import { expect, onTestFinished, test } from "vitest";
import { LoopbackServer } from "../../../../rehearsal/world/application/loopback-server.ts";
import { AddressBook } from "../../../../rehearsal/world/dns/address-book.ts";
import {
  HealthChecks,
  type HealthCheckConfig,
} from "../../../../rehearsal/world/dns/health-checks.ts";
import { blueAddress, forward, greenAddress, name, servedZone, side } from "./dns-world.ts";

const check: HealthCheckConfig = {
  type: "HTTP",
  address: blueAddress,
  port: 80,
  path: "/health",
  intervalSeconds: 10,
  failureThreshold: 3,
  inverted: false,
  disabled: false,
};

/** A served zone with health checks, and a front that answers with a status that a test can change. */
const watched = async () => {
  const front = { status: 200, looks: 0 };
  const server = await LoopbackServer.start((_, response) => {
    front.looks += 1;
    response.writeHead(front.status).end();
  });
  onTestFinished(() => server.stop());
  const book = new AddressBook();
  book.set(blueAddress, server.origin);
  const world = await servedZone({ healthy: (id) => checks.healthy(id) });
  const checks = new HealthChecks(world.clock, book);
  onTestFinished(() => {
    checks.stop();
  });
  /** Lets the checkers look so often. */
  const looked = async (times: number): Promise<void> => {
    for (let look = 0; look < times; look += 1) {
      const before = front.looks;
      forward(world.clock, 10);
      await expect.poll(() => front.looks, { interval: 2 }).toBe(before + 1);
    }
    // The last look's answer has yet to be read.
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { ...world, checks, front, looked };
};

test("an endpoint is taken out of the answers when it has failed often enough, and comes back", async () => {
  const { checks, front, looked, set, client } = await watched();
  const id = checks.create(check);
  set(side("blue", 255, { healthCheckId: id }), side("green", 1));
  front.status = 503;
  await looked(2);
  expect(checks.healthy(id)).toBe(true);
  await looked(1);
  expect(checks.healthy(id)).toBe(false);
  expect(checks.observation(id)).toBe("Failure: HTTP Status Code 503");
  for (let query = 0; query < 20; query += 1) {
    expect(await client.resolve4(name)).toEqual([greenAddress]);
  }
  front.status = 200;
  await looked(3);
  expect(checks.healthy(id)).toBe(true);
  expect(checks.observation(id)).toBe("Success: HTTP Status Code 200, OK");
});

test("green at weight 0 gets everybody when blue fails its check", async () => {
  const { checks, front, looked, set, client } = await watched();
  const id = checks.create({ ...check, failureThreshold: 1 });
  set(side("blue", 100, { healthCheckId: id }), side("green", 0));
  expect(await client.resolve4(name)).toEqual([blueAddress]);
  front.status = 500;
  await looked(1);
  expect(await client.resolve4(name)).toEqual([greenAddress]);
});

test("when nothing is healthy, everything is answered by its weight", async () => {
  const { checks, set, client, front, looked } = await watched();
  const id = checks.create({ ...check, failureThreshold: 1 });
  set(side("blue", 100, { healthCheckId: id }), side("green", 0, { healthCheckId: id }));
  front.status = 500;
  await looked(1);
  expect(checks.healthy(id)).toBe(false);
  expect(await client.resolve4(name)).toEqual([blueAddress]);
});

test.for([
  ["inverted", { inverted: true }, false],
  ["disabled", { disabled: true }, true],
  ["disabled and inverted", { disabled: true, inverted: true }, true],
] as const)("a check that is %s is judged so from the start", async ([, change, healthy]) => {
  const { checks } = await watched();
  expect(checks.healthy(checks.create({ ...check, ...change }))).toBe(healthy);
});

test("an address that nobody has fails", async () => {
  const { checks, clock } = await watched();
  const id = checks.create({ ...check, address: "192.0.2.99", failureThreshold: 1 });
  forward(clock, 10);
  await expect.poll(() => checks.healthy(id)).toBe(false);
});

test("TCP wants a connection only", async () => {
  const { checks, clock } = await watched();
  const id = checks.create({ ...check, type: "TCP", failureThreshold: 1 });
  forward(clock, 10);
  await expect.poll(() => checks.observation(id)).toBe("Success: TCP connection established");
});

test("a check that is gone, or never was, holds nothing back and cannot be changed", async () => {
  const { checks } = await watched();
  const id = checks.create(check);
  checks.remove(id);
  expect(checks.healthy(id)).toBe(true);
  const none = expect.objectContaining({ code: "NoSuchHealthCheck" });
  expect(() => {
    checks.remove(id);
  }).toThrow(none);
  expect(() => {
    checks.update(id, check);
  }).toThrow(none);
});

test("a changed check goes on from the state it had", async () => {
  const { checks, front, looked } = await watched();
  const id = checks.create({ ...check, failureThreshold: 1 });
  front.status = 500;
  await looked(1);
  checks.update(id, { ...check, failureThreshold: 2 });
  expect(checks.healthy(id)).toBe(false);
  front.status = 200;
  await looked(2);
  expect(checks.healthy(id)).toBe(true);
});
