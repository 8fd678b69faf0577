import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { postgres } from "../../../definition/figure.ts";
import { freezeName } from "../../../definition/freeze.ts";
import { twoStores } from "../../../definition/stores.ts";
import type { SystemDefinition } from "../../../definition/system.ts";
import { settle } from "../../../definition/tbd.ts";
import { seconds } from "../../../definition/units.ts";
import { readPostgres } from "../../../policies/facts/postgres-reader.ts";
import type { Side } from "../../../rehearsal/world/behaviour.ts";
import { startWorld, type World } from "../../../rehearsal/world/world.ts";
import { lms } from "../../../stacks/lms.ts";
import { documentsAndPostgres } from "./data/example-stores.ts";

const { blue, green } = lms.environments;
const head = "a1";
const definition: SystemDefinition = {
  ...lms,
  environments: {
    blue: { ...blue, owner: "elsewhere" },
    green: { ...green, owner: "elsewhere" },
  },
  stores: twoStores({
    blue: { name: "old", secret: "old-store" },
    green: { name: "new", secret: "new-store" },
    migration: { ...lms.stores.migration, head },
    sync: {
      ...{ name: "shop-sync", image: green.image, command: ["sync"] },
      finalSync: {
        ...{ passage: "final sync", command: ["sync", "--final"] },
        freezeEndsAfter: seconds(45),
      },
    },
  }),
  rehearsal: {
    ...lms.rehearsal,
    data: documentsAndPostgres,
    requests: [
      {
        ...{ name: "order", method: "POST", path: "/orders/{person}", share: 1 },
        statement: "INSERT INTO orders (person, reference) VALUES ($1, $2) RETURNING id",
        document: { collection: "orders", does: "add" },
      },
      {
        ...{ name: "orders", method: "GET", path: "/orders/{person}", share: 1 },
        statement: "SELECT reference FROM orders WHERE person = $1",
        document: { collection: "orders", does: { find: 1_000 } },
      },
    ],
  },
};
const system = settle(definition, { rehearsal: true, file: "test" });
const { namespace } = system.workload;
const wait = { timeout: 20_000, interval: 20 };

let world: World;
beforeAll(async () => {
  world = await startWorld({ system, seed: 1, speed: 60 });
  await vi.waitFor(async () => {
    for (const side of ["blue", "green"] as const) {
      expect((await ask(side, "/api/health")).status).toBe(200);
    }
  }, wait);
}, 60_000);
afterAll(() => world.stop());

const ask = (side: Side, path: string, method = "GET"): Promise<Response> =>
  fetch(`${world.url}/sides/${system.environments[side].name}${path}`, { method });
const order = (side: Side): Promise<Response> => ask(side, "/orders/7", "POST");
const written: string[] = [];
const orderWell = async (side: Side): Promise<string> => {
  const { status, headers } = await order(side);
  expect(status).toBe(200);
  const reference = headers.get("x-written") ?? "";
  written.push(reference);
  return reference;
};

const kubernetes = async (method: string, path: string, body?: object): Promise<unknown> => {
  const contentType = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  const response = await fetch(`${world.url}/kubernetes/apis/${path}`, {
    method,
    headers: { "content-type": contentType },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
};
const pod = (labels: Record<string, string> = {}) => ({
  metadata: { labels },
  spec: {
    restartPolicy: "Never",
    containers: [
      {
        name: "main",
        image: "registry.example/sync@sha256:1",
        env: [{ name: "DD_SERVICE", value: "shop-sync" }],
      },
    ],
  },
});
const jobs = `batch/v1/namespaces/${namespace}/jobs`;
const runJob = async (name: string, labels: Record<string, string>) => {
  const metadata = { name, labels };
  await kubernetes("POST", jobs, {
    metadata,
    spec: { backoffLimit: 0, activeDeadlineSeconds: 30, template: pod() },
  });
  return vi.waitFor(async () => {
    const job = (await kubernetes("GET", `${jobs}/${name}`)) as {
      status?: { conditions?: readonly { type: string; reason: string }[] };
    };
    const condition = job.status?.conditions?.[0];
    expect(condition).toBeDefined();
    return condition;
  }, wait);
};
const finalSync = (name: string) => runJob(name, { "app.kubernetes.io/component": "final-sync" });
const leases = `coordination.k8s.io/v1/namespaces/${namespace}/leases`;
const freeze = (spec: object) => kubernetes("PATCH", `${leases}/${freezeName(system)}`, { spec });
/** Begins a freeze now, in microseconds as a Lease wants it. */
const take = (leaseDurationSeconds: number) =>
  freeze({
    ...{ holderIdentity: "somebody", leaseDurationSeconds },
    acquireTime: new Date(world.clock.now()).toISOString().replace("Z", "000Z"),
  });

// One world through one cutover: the tests build on one another.
test("what one side writes is on the other one soon, once green is migrated and the sync runs", async () => {
  const first = await orderWell("blue");
  expect(await runJob("migration", {})).toMatchObject({ type: "Complete" });
  await kubernetes("POST", `apps/v1/namespaces/${namespace}/deployments`, {
    metadata: { name: "shop-sync" },
    spec: {
      selector: { matchLabels: { app: "shop-sync" } },
      template: { ...pod({ app: "shop-sync" }), spec: { ...pod().spec, restartPolicy: "Always" } },
    },
  });
  const second = await orderWell("green");
  for (const side of ["blue", "green"] as const) {
    await vi.waitFor(async () => {
      const text = await (await ask(side, "/orders/7")).text();
      expect(text).toContain(first);
      expect(text).toContain(second);
    }, wait);
  }
});

test("the sync's figures are Datadog's", async () => {
  const asked = Math.floor(world.clock.now() / 1_000);
  world.letTimePass(true, 60);
  for (const metric of ["sync.backlog", "sync.lag", "sync.mismatches"]) {
    await vi.waitFor(async () => {
      const query = new URLSearchParams({
        query: `max:${metric}{service:shop-sync}`,
        from: String(asked),
        to: String(Math.floor(world.clock.now() / 1_000)),
      });
      const response = await fetch(`${world.url}/datadog/api/v1/query?${query.toString()}`, {
        headers: { "dd-api-key": "rehearsal", "dd-application-key": "rehearsal" },
      });
      const { series } = (await response.json()) as { series?: { pointlist: number[][] }[] };
      expect(series?.[0]?.pointlist.at(-1)?.[1]).toBe(0);
    }, wait);
  }
  world.letTimePass(false, 60);
});

test("a final sync fails while no freeze is in force", async () => {
  await kubernetes("POST", leases, { metadata: { name: freezeName(system) }, spec: {} });
  expect(await finalSync("unfrozen")).toMatchObject({ reason: "BackoffLimitExceeded" });
});

test("while the freeze is held both sides refuse writes and say until when, and reads go on", async () => {
  await take(45);
  for (const side of ["blue", "green"] as const) {
    const refused = await order(side);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("x-maintenance")).toBe("true");
    expect(refused.headers.get("x-written")).toBeNull();
    expect(refused.headers.get("content-type")).toContain("text/html");
    const after = Number(refused.headers.get("retry-after"));
    expect(after).toBeGreaterThan(30);
    expect(after).toBeLessThanOrEqual(45);
    expect((await ask(side, "/orders/7")).status).toBe(200);
  }
  expect(await finalSync("frozen")).toMatchObject({ type: "Complete" });
  await freeze({ holderIdentity: null });
  await orderWell("blue");
  await orderWell("green");
});

test("a freeze that nobody gives back ends by itself", async () => {
  await take(1);
  expect((await order("blue")).headers.get("retry-after")).toBe("1");
  await vi.waitFor(() => orderWell("blue"), wait);
  // However much later somebody asks.
  expect(world.frozen()).toBe(1_000);
});

test("a final sync that is too slow ends at its deadline", async () => {
  await take(45);
  await world.disturb({ kind: "final sync", failure: "slow" });
  const ended = finalSync("slow");
  world.letTimePass(true, 60);
  expect(await ended).toMatchObject({ type: "Failed", reason: "DeadlineExceeded" });
  world.letTimePass(false, 60);
  await freeze({ holderIdentity: null });
});

test("every write that somebody was told of is accounted for, also after a stall, a cut and a row that somebody changed", async () => {
  await world.disturb({ kind: "sync", state: "stalled" });
  await orderWell("green");
  await world.disturb({ kind: "row changed" });
  await world.disturb({ kind: "database", state: "cut" });
  expect((await order("blue")).status).toBe(503);
  expect((await order("green")).status).toBe(503);
  expect(await world.account(written)).toEqual({
    ...{ acknowledged: written.length, missing: 0, doubled: 0, differing: 0, reconciled: 0 },
  });
});

test("a store that is a Postgres answers its own clients, on the address of everything else", async () => {
  const figureOf = (store: string) =>
    readPostgres(
      {
        ...{ host: "127.0.0.1", port: Number(new URL(world.url).port), database: store },
        ...{ user: "rehearsal", password: "rehearsal", tls: "none" },
      },
      postgres({ store, sql: "SELECT count(*) FROM alembic_version" }),
      0,
    );
  expect(await figureOf("new")).toMatchObject({ known: true });
  expect(await figureOf("old")).toMatchObject({ known: false });
  expect((await ask("blue", "/api/health")).status).toBe(200);
});
