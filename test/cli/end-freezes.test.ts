import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endFreezes } from "../../cli/end-freezes.ts";
import { frozenAnnotation } from "../../definition/freeze.ts";
import { settle } from "../../definition/tbd.ts";
import { CutoverClock } from "../../rehearsal/clock.ts";
import { apiServer } from "../../rehearsal/world/api-server/http.ts";
import { MemoryObjectStore } from "../../rehearsal/world/api-server/object-store.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { supabase } from "../../stacks/supabase.ts";

const system = settle(rawdog, { rehearsal: true, file: "stacks/rawdog.ts" });
const { namespace } = system.workload;
const reference = {
  ...{ apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace, name: "rawdog-freeze" },
};
const began = Date.parse("2026-06-23T06:00:00.000Z");

let now: string | undefined;
let broken: boolean;
let store: MemoryObjectStore;
let server: Server;
beforeEach(async () => {
  now = new Date(began + 10_000).toISOString();
  broken = false;
  store = new MemoryObjectStore(CutoverClock.startingAt(began), [namespace]);
  const answer = apiServer(store);
  server = createServer((request, response) => {
    const url = request.url ?? "";
    if (url === "/clock")
      response.writeHead(now === undefined ? 503 : 200).end(`{"now":"${now ?? ""}"}`);
    else if (broken) response.writeHead(503).end("{}");
    else void answer(request, response, url.replace("/kubernetes", ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const hold = (holderIdentity: string | null): void => {
  const { name, apiVersion, kind } = reference;
  const spec = { acquireTime: "2026-06-23T06:00:00.000000Z", leaseDurationSeconds: 50 };
  store.create({
    ...{ apiVersion, kind, metadata: { name, namespace } },
    spec: { ...spec, holderIdentity },
  });
};
const end = (about = system) =>
  endFreezes({
    system: about,
    environment: "rehearsal",
    workspace: {
      directory: ".",
      backendUrl: "file:///nowhere",
      stack: "rehearsal",
      environment: {
        CUTOVER_WORLD: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        CUTOVER_EVIDENCE: "/nowhere",
      },
    },
  });

test("S4-51: a freeze that a dead update left is ended, with who held it, and its length is kept", async () => {
  hold("rawdog-cutover");
  expect(await end()).toEqual({
    ended: ["rawdog-freeze, held by rawdog-cutover"],
    problem: undefined,
  });
  expect(store.get(reference)).toMatchObject({
    metadata: { annotations: { [frozenAnnotation]: "10000" } },
  });
  expect(store.get(reference)?.spec?.["holderIdentity"] ?? null).toBeNull();
  expect(await end()).toEqual({ ended: [], problem: undefined });
});

test("one that is over by itself kept nobody from working", async () => {
  hold("rawdog-cutover");
  now = new Date(began + 50_000).toISOString();
  expect(await end()).toEqual({ ended: [], problem: undefined });
});

test("a cluster that has no such Lease keeps nobody from working", async () => {
  expect(await end()).toEqual({ ended: [], problem: undefined });
});

test("S4-51: where nobody can see whether writes are frozen, that is said", async () => {
  hold("rawdog-cutover");
  now = undefined;
  expect((await end()).problem).toBe("rawdog-freeze: the clock does not answer");
  expect(store.get(reference)?.spec).toMatchObject({ holderIdentity: "rawdog-cutover" });
  broken = true;
  const { ended, problem } = await end();
  expect({ ended, problem }).toEqual({
    ended: [],
    problem: expect.stringMatching(/^rawdog-freeze: .*503/) as string,
  });
});

test("each system has its own", async () => {
  const other = settle(supabase, { rehearsal: true, file: "stacks/supabase.ts" });
  broken = true;
  expect((await end(other)).problem).toMatch(/^supabase-freeze: /);
});
