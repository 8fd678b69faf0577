import { fork } from "node:child_process";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { startLoad, type Load } from "../../../rehearsal/load/start-load.ts";
import { smallExample } from "../world/small-example.ts";

const wait = { timeout: 20_000, interval: 20 };
const clock = CutoverClock.startingAt(0);
let server: Server | undefined;
let load: Load | undefined;

afterEach(async () => {
  await load?.stop(0);
  server?.closeAllConnections();
  server?.close();
});

/** How many requests have reached the server. */
const arrived = { count: 0 };

/** Load on a server that answers so. */
const loadOn = async (listener: RequestListener, options = {}) => {
  const listening = createServer((request, response) => {
    arrived.count += 1;
    listener(request, response);
  });
  server = listening;
  arrived.count = 0;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const gatewayUrl = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const started = await startLoad({
    gatewayUrl,
    example: smallExample,
    seed: 1,
    clock,
    ...options,
  });
  load = started;
  return { load: started };
};
const finished = async (started: Load, count: number) =>
  vi.waitFor(() => {
    const { sent, open } = started.record.totals();
    expect(sent - open).toBeGreaterThanOrEqual(count);
  }, wait);
const processIsGone = (processId: number | undefined) => () => {
  expect(() => process.kill(processId ?? 0, 0)).toThrow(/ESRCH/);
};

test("accounts for each request once, whatever becomes of it", async () => {
  const given = { ok: 0, maintenance: 0, bad: 0 };
  const { load: started } = await loadOn(
    (request, response) => {
      request.resume();
      const turn = arrived.count % 8;
      if (turn < 4) given.ok += 1;
      else if (turn === 4) given.maintenance += 1;
      else given.bad += 1;
      const written = { "x-served-by": "blue", "x-written": `write ${arrived.count}` };
      if (turn < 4) response.writeHead(200, written).end("{}");
      else if (turn === 4) response.writeHead(503, { "x-maintenance": "true" }).end();
      else if (turn === 5)
        response.writeHead(500, { ...written, "x-served-by": "green" }).end("{}");
      else if (turn === 6) response.socket?.resetAndDestroy();
      // The eighth is never answered: the client's patience ends.
    },
    { timeoutMilliseconds: 300 },
  );
  await finished(started, 160);
  const totals = await started.stop();
  const { sent, ok, failed, lost, maintenance, open } = totals;
  expect({ open, lost }).toEqual({ open: 0, lost: 0 });
  expect(ok + failed + maintenance).toBe(sent);
  // On a busy machine a good answer may come too late for the client; a bad one is never good.
  expect(ok).toBeGreaterThan(0);
  expect(ok).toBeLessThanOrEqual(given.ok);
  expect(new Set(started.written).size).toBe(ok);
  expect(maintenance).toBeLessThanOrEqual(given.maintenance);
  expect(failed).toBeGreaterThanOrEqual(given.bad);
  const summary = started.record.between(0, Number.POSITIVE_INFINITY);
  expect(summary).toMatchObject({ requests: sent, ok, failed, maintenance });
  expect(summary.blue.requests).toBe(ok);
  expect(started.failure).toBeUndefined();
});

test("what has no outcome at the end is lost", async () => {
  const { load: started } = await loadOn((request) => request.resume());
  await vi.waitFor(() => {
    expect(started.record.totals().open).toBeGreaterThan(10);
  }, wait);
  const { sent, lost } = await started.stop(0);
  expect(lost).toBe(sent);
});

test("what was open when its process died is lost, and the load says so", async () => {
  let turn = 0;
  const { load: started } = await loadOn((_, response) => {
    turn += 1;
    if (turn % 2 === 0) response.writeHead(200, { "x-served-by": "blue" }).end();
  });
  await finished(started, 20);
  process.kill(started.processId ?? 0, "SIGKILL");
  await vi.waitFor(() => {
    expect(started.failure).toContain("SIGKILL");
  }, wait);
  const { sent, ok, lost, open } = await started.stop();
  expect(open).toBe(0);
  expect(lost).toBeGreaterThan(0);
  expect(ok + lost).toBe(sent);
});

test("a server that is gone is a failure, not a loss", async () => {
  const { load: started } = await loadOn((_, response) => {
    response.writeHead(200, { "x-served-by": "blue" }).end();
  });
  await finished(started, 20);
  server?.close();
  server?.closeAllConnections();
  await vi.waitFor(() => {
    expect(started.record.totals().failed).toBeGreaterThan(20);
  }, wait);
  expect(await started.stop()).toMatchObject({ lost: 0, open: 0 });
});

test("its record is up to date after a flush, and its process ends with it", async () => {
  const { load: started } = await loadOn((_, response) => {
    response.writeHead(200, { "x-served-by": "blue" }).end();
  });
  await finished(started, 10);
  const before = arrived.count;
  await started.flush();
  expect(started.record.totals().sent).toBeGreaterThanOrEqual(before);
  started.setRequestsPerSecond(0);
  await started.stop();
  await vi.waitFor(processIsGone(started.processId), wait);
});

test("its process ends by itself after its longest time", async () => {
  const { load: started } = await loadOn((_, response) => response.end(), {
    maximumMilliseconds: 200,
  });
  await vi.waitFor(() => {
    expect(started.failure).toContain("exit status 1");
  }, wait);
});

test("its process ends when the one that started it is killed", async () => {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const parent = fork(fileURLToPath(new URL("abandoned-load.ts", import.meta.url)), [], {
    execArgv: ["--import", tsx],
  });
  const processId = await new Promise<number>((resolve) =>
    parent.once("message", (message) => {
      resolve(Number(message));
    }),
  );
  parent.kill("SIGKILL");
  await vi.waitFor(processIsGone(processId), wait);
});

test("while as many wait as come in four seconds nobody sends, and when they are answered it goes on", async () => {
  const held: ServerResponse[] = [];
  let isHolding = true;
  const { load: started } = await loadOn(
    (_, response) => {
      if (isHolding) held.push(response);
      else response.writeHead(200, { "x-served-by": "blue" }).end();
    },
    { requestsPerSecond: 25, spacing: "even" },
  );
  const all = 4 * 25;
  await vi.waitFor(() => {
    expect(started.record.totals().open).toBe(all);
  }, wait);
  await sleep(500);
  expect(started.record.totals()).toMatchObject({ sent: all, open: all });
  isHolding = false;
  for (const response of held) response.writeHead(200, { "x-served-by": "blue" }).end();
  await finished(started, all + 10);
  expect(started.record.totals()).toMatchObject({ failed: 0, lost: 0 });
});
