import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Freeze } from "../../../../definition/freeze.ts";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import type { ApplicationStore } from "../../../../rehearsal/world/application/example-answers.ts";
import { startTwoStores, type Copying } from "../../../../rehearsal/world/data/two-stores.ts";
import type { WorldData } from "../../../../rehearsal/world/data/world-data.ts";
import type { Container } from "../../../../rehearsal/world/pods/container.ts";
import { smallStart } from "../small-example.ts";
import { documentsAndPostgres, twoPostgres } from "./example-stores.ts";

const clock = CutoverClock.startingAt(smallStart);
const frozen: Freeze = { holder: "test", began: smallStart, ends: smallStart + 3_600_000 };
const noAbort = new AbortController().signal;

/** Writes one order, as an application does. @returns its reference. */
const order = async (store: ApplicationStore, reference = randomUUID()): Promise<string> => {
  if ("query" in store) {
    await store.query("INSERT INTO orders (person, reference) VALUES ($1, $2)", [7, reference]);
  } else await store.add("orders", 7, reference);
  return reference;
};
const rowsOf = async (store: ApplicationStore): Promise<number> => {
  if (!("query" in store)) return (await store.find("orders", 7, 100_000)).length;
  const rows = await store.query("SELECT id FROM orders WHERE person = 7");
  return rows.length;
};
const eventually = (assertion: () => Promise<void>) =>
  vi.waitFor(assertion, { timeout: 15_000, interval: 10 });
const metricsOf = async ({ origin }: Container): Promise<string> =>
  (await fetch(`${origin}/metrics`)).text();

describe.each([
  ["Postgres", twoPostgres],
  ["documents", documentsAndPostgres],
])("%s on blue, Postgres on green", (_, example) => {
  let data: WorldData & { readonly copying: Copying };
  let blue: ApplicationStore;
  let green: ApplicationStore;
  beforeAll(async () => {
    data = await startTwoStores(example, clock);
    blue = data.storeOf("blue");
    green = data.storeOf("green");
  });
  afterAll(() => data.stop());

  // One pair of stores through one cutover: the tests build on one another.
  test("until anything was copied, blue alone is accounted for", async () => {
    const written = await order(blue);
    expect(await data.copying.account([written])).toEqual({
      ...{ acknowledged: 1, missing: 0, doubled: 0, differing: 0, reconciled: 0 },
    });
    expect((await data.copying.account([written, "never"])).missing).toBe(1);
  });

  test("a final sync refuses while no freeze is in force, and before green is migrated", async () => {
    const unfrozen = await data.copying.finalSync(() => undefined, noAbort);
    expect(unfrozen).toMatchObject({ ok: false, log: expect.stringMatching(/no freeze/) });
    const unmigrated = await data.copying.finalSync(() => frozen, noAbort);
    expect(unmigrated).toMatchObject({
      ok: false,
      log: expect.stringMatching(/green does not have all .* orders \(id, reference, person/),
    });
  });

  test("a worker waits for the migrations, loads all that blue has, and copies both ways at once", async () => {
    const worker = await data.copying.startWorker("shop-sync");
    await eventually(async () => {
      expect(await metricsOf(worker)).toContain('sync_backlog{service="shop-sync"} 1');
    });
    expect(await data.migrate("a1")).toMatchObject({ ok: true });
    const before = await rowsOf(blue);
    await eventually(async () => {
      expect(await rowsOf(green)).toBe(before);
    });
    await order(blue);
    await order(green);
    await eventually(async () => {
      expect([await rowsOf(blue), await rowsOf(green)]).toEqual([before + 2, before + 2]);
    });
    clock.setRate(1_000);
    await eventually(async () => {
      const text = await metricsOf(worker);
      expect(text).toContain('sync_backlog{service="shop-sync"} 0');
      expect(text).toContain('sync_lag_milliseconds{service="shop-sync"} 0');
      expect(text).toContain('sync_mismatches{service="shop-sync"} 0');
    });
    clock.setRate(1);
    await worker.stop();
  });

  test("while the copying stands still, backlog and lag grow and the process answers", async () => {
    const worker = await data.copying.startWorker("shop-sync");
    data.copying.stall(true);
    await order(blue);
    await order(green);
    clock.setRate(1_000);
    await eventually(async () => {
      const text = await metricsOf(worker);
      expect(text).toContain('sync_backlog{service="shop-sync"} 2');
      const lag = /sync_lag_milliseconds\{.*\} (\d+)/.exec(text)?.[1];
      expect(Number(lag)).toBeGreaterThan(60_000);
    });
    clock.setRate(1);
    data.copying.stall(false);
    await eventually(async () => {
      expect(await metricsOf(worker)).toContain('sync_backlog{service="shop-sync"} 0');
    });
    await worker.stop();
  });

  test("a final sync copies what no worker did, and finds both stores equal", async () => {
    const written = [await order(blue), await order(green)];
    const { ok, log } = await data.copying.finalSync(() => frozen, noAbort);
    expect({ ok, log }).toMatchObject({ ok: true, log: expect.stringMatching(/are equal$/) });
    expect(await rowsOf(blue)).toBe(await rowsOf(green));
    expect(await data.copying.account(written)).toEqual({
      ...{ acknowledged: 2, missing: 0, doubled: 0, differing: 0, reconciled: 0 },
    });
  });

  test("while stores are cut off nothing is copied and nothing lost", async () => {
    const worker = await data.copying.startWorker("shop-sync");
    data.copying.stall(true);
    const written = [await order(blue), await order(green)];
    data.cut();
    data.copying.stall(false);
    await expect(order(green)).rejects.toThrow("refused");
    expect((await fetch(`${worker.origin}/metrics`)).status).toBe(500);
    data.restore();
    await eventually(async () => {
      expect(await metricsOf(worker)).toContain('sync_backlog{service="shop-sync"} 0');
    });
    expect((await data.copying.account(written)).missing).toBe(0);
    await worker.stop();
  });

  test("whatever is written on both sides and whenever the copying stops, stalls or starts anew, each write ends in both stores once", async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("blue" as const, "green" as const) },
      fc.constantFrom(
        "start",
        "stop",
        "stall",
        "go on",
        "cut",
        "restore",
        "change",
        "delete",
        "wait",
      ),
    );
    const written = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const workers: Container[] = [];
        const doing: Readonly<Record<string, () => unknown>> = {
          start: async () => workers.push(await data.copying.startWorker("shop-sync")),
          stop: () => workers.pop()?.stop(),
          stall: () => {
            data.copying.stall(true);
          },
          "go on": () => {
            data.copying.stall(false);
          },
          cut: () => {
            data.cut();
          },
          restore: () => {
            data.restore();
          },
          change: () => change(green),
          delete: () => remove(green, written),
          wait: () => new Promise((resolve) => setTimeout(resolve, 15)),
        };
        const attempt = async (what: string): Promise<unknown> => {
          if (what === "blue" || what === "green") {
            return written.add(await order(data.storeOf(what)));
          }
          return doing[what]?.();
        };
        // What a store that is cut off refuses was not acknowledged.
        for (const what of steps) await attempt(what).catch(() => undefined);
        const account = await data.copying.account([...written]);
        await Promise.all(workers.map((worker) => worker.stop()));
        expect(account).toEqual({
          ...{ acknowledged: written.size, missing: 0, doubled: 0, differing: 0, reconciled: 0 },
        });
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test("rows that are written on both sides at once end equal", async () => {
    const reference = await order(green);
    const worker = await data.copying.startWorker("shop-sync");
    await data.copying.account([]);
    for (let time = 0; time < 20; time += 1) {
      const sides = [blue, green].flatMap((store) => ("query" in store ? [store] : []));
      await Promise.all(
        sides.map((store, side) =>
          store.query("UPDATE orders SET person = $1 WHERE reference = $2", [
            1_000 + 2 * time + side,
            reference,
          ]),
        ),
      );
    }
    expect((await data.copying.account([reference])).differing).toBe(0);
    await worker.stop();
  });

  test("a final sync that is too slow ends when its deadline does, once", async () => {
    data.copying.failFinalSync("slow");
    const deadline = new AbortController();
    const slow = data.copying.finalSync(() => frozen, deadline.signal);
    deadline.abort();
    expect(await slow).toMatchObject({ ok: false, log: expect.stringMatching(/stopped before/) });
    expect(await data.copying.finalSync(() => frozen, noAbort)).toMatchObject({ ok: true });
  });

  test("a row of green that somebody changes is seen by the worker, and counts as the fault's", async () => {
    const worker = await data.copying.startWorker("shop-sync");
    await data.copying.changeRow();
    clock.setRate(1_000);
    await eventually(async () => {
      expect(await metricsOf(worker)).toContain('sync_mismatches{service="shop-sync"} 1');
    });
    clock.setRate(1);
    expect((await data.copying.account([])).differing).toBe(0);
    await worker.stop();
  });

  test("a final sync names a row that differs although everything is copied", async () => {
    data.copying.failFinalSync("mismatch");
    const { ok, log } = await data.copying.finalSync(() => frozen, noAbort);
    expect({ ok, log }).toMatchObject({
      ok: false,
      log: expect.stringMatching(/not equal: orders [-0-9a-f]{36}$/),
    });
  });

  test("changes that are never captured do not wait, differ at once, and are found by comparing", async () => {
    const worker = await data.copying.startWorker("shop-sync");
    await data.copying.missChanges();
    const written: string[] = [];
    for (const store of [blue, blue, green, green]) written.push(await order(store));
    clock.setRate(1_000);
    await eventually(async () => {
      const text = await metricsOf(worker);
      expect(text).toContain('sync_backlog{service="shop-sync"} 0');
      // One of each store, beside the row that the tests before have changed.
      expect(text).toContain('sync_mismatches{service="shop-sync"} 3');
    });
    clock.setRate(1);
    expect(await data.copying.account(written)).toEqual({
      ...{ acknowledged: 4, missing: 0, doubled: 0, differing: 0, reconciled: 2 },
    });
    await worker.stop();
  });

  test("a row that differs without a fault is a difference", async () => {
    if (!("query" in green)) return;
    await green.query("BEGIN");
    await green.query("SET LOCAL session_replication_role = replica");
    await green.query(
      "UPDATE orders SET person = 5000 WHERE id = (SELECT max(id::text)::uuid FROM orders)",
    );
    await green.query("COMMIT");
    expect((await data.copying.account([])).differing).toBe(1);
  });
});

const change = async (store: ApplicationStore): Promise<void> => {
  if (!("query" in store)) return;
  await store.query("UPDATE orders SET person = person + 1 WHERE reference LIKE 'example 1%'");
};

/** Deletes an order that nobody is told of any more. */
const remove = async (store: ApplicationStore, written: Set<string>): Promise<void> => {
  const [reference] = written;
  if (reference === undefined || !("query" in store)) return;
  await store.query("DELETE FROM orders WHERE reference = $1", [reference]);
  written.delete(reference);
};
