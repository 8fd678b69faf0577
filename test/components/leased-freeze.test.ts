import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LeasedFreeze } from "../../components/leased-freeze.ts";
import { freezeOf, frozenAnnotation } from "../../definition/freeze.ts";
import { CutoverClock } from "../../rehearsal/clock.ts";
import { apiServer } from "../../rehearsal/world/api-server/http.ts";
import { MemoryObjectStore } from "../../rehearsal/world/api-server/object-store.ts";

const began = Date.parse("2026-06-23T06:00:00.000Z");
const lease = { namespace: "rawdog", name: "rawdog-freeze" };
const reference = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", ...lease };

const terms = {
  says: "writes were frozen",
  holder: "rawdog-cutover",
  inAll: 60_000,
  endsAfter: 50_000,
};

let store: MemoryObjectStore;
let server: Server;
let now: number;
let freeze: LeasedFreeze;
beforeEach(async () => {
  store = new MemoryObjectStore(CutoverClock.startingAt(0), [lease.namespace]);
  store.create({
    ...{ apiVersion: reference.apiVersion, kind: reference.kind, metadata: lease },
    spec: {},
  });
  const answer = apiServer(store);
  server = createServer((request, response) => void answer(request, response, request.url ?? ""));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  now = began;
  freeze = new LeasedFreeze({
    connection: {
      by: "world",
      server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    lease,
    now: async () => now,
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const held = () => freezeOf(store.get(reference)?.spec ?? {});
const lasted = () => store.get(reference)?.metadata.annotations?.[frozenAnnotation];

test("S4-52: it is held from its beginning, and says when it ends by itself", async () => {
  expect(await freeze.begin(terms)).toBe(began + 50_000);
  expect(held()).toEqual({ holder: "rawdog-cutover", began, ends: began + 50_000 });
});

test("S4-56: given back, nobody holds it, and its length is written down", async () => {
  await freeze.begin(terms);
  now += 4_250;
  expect(await freeze.end()).toMatchObject({ holder: "rawdog-cutover", began });
  expect(held()).toBeUndefined();
  expect(lasted()).toBe("4250");
  expect(await freeze.end()).toBeUndefined();
  expect(lasted()).toBe("4250");
});

test("S4-2: all freezes together stay within what the plan allows", async () => {
  await freeze.begin(terms);
  now += 30_000;
  await freeze.end();
  expect(await freeze.begin(terms)).toBe(now + 30_000);
  now += 25_000;
  await freeze.end();
  await expect(freeze.begin(terms)).rejects.toThrow(
    "writes were frozen for 55 s already, and the plan allows 1 min in all; " +
      `if that was another night's, take ${frozenAnnotation} off lease rawdog/rawdog-freeze`,
  );
  expect(held()).toBeUndefined();
});

test("one that nobody gave back counts until it ended by itself, and no longer", async () => {
  await freeze.begin(terms);
  now += 3_600_000;
  expect(await freeze.begin(terms)).toBe(now + 10_000);
  expect(lasted()).toBe("50000");
});

test("an account that is no number counts as all used up", async () => {
  const object = store.get(reference);
  if (object === undefined) throw new Error("no lease");
  store.replace({
    ...object,
    metadata: { ...object.metadata, annotations: { [frozenAnnotation]: "a while" } },
  });
  await expect(freeze.begin(terms)).rejects.toThrow("the plan allows 1 min in all");
  expect(held()).toBeUndefined();
});

test("a cluster that has no such Lease stops the freeze before it begins", async () => {
  store.delete(reference);
  await expect(freeze.begin(terms)).rejects.toThrow("answered 404");
});
