import { expect, test, vi } from "vitest";
import { differences } from "../../../../rehearsal/world/data/differences.ts";
import { documentPair } from "./document-pair.ts";

const never = new AbortController().signal;

test("loads what blue has and green lacks, however much, and nothing a second time", async () => {
  const { copier, documents, stores } = documentPair(1_234);
  await copier.load();
  await copier.load();
  expect((await documents.green.all("orders")).size).toBe(1_234);
  expect(await differences(stores)).toEqual([]);
  expect(await stores.green.waiting()).toEqual([]);
});

test("changes whose copying was cut short after they were applied are copied again, without harm", async () => {
  const { copier, documents, stores, table } = documentPair(0);
  vi.spyOn(stores.blue, "copied").mockRejectedValueOnce(new Error("killed"));
  await documents.blue.add("orders", 7, "first");
  await expect(copier.copyOldest()).rejects.toThrow("killed");
  expect(await stores.blue.waiting()).toHaveLength(1);
  await copier.drain(never);
  expect(await stores.green.references(table)).toEqual(["first"]);
  expect(await stores.blue.backlog()).toEqual({ changes: 0, oldest: undefined });
});

test("reconciling brings across what only one store has, either way, and leaves alone what differs", async () => {
  const { copier, documents, stores, table } = documentPair(1);
  await copier.load();
  const [kept] = [...(await documents.green.all("orders")).values()];
  await documents.green.put("orders", [{ ...kept, person: "0" }], []);
  const missed = (key: string) => ({ id: key, reference: key, person: "7" });
  await documents.blue.put("orders", [missed("on blue")], []);
  await documents.green.put("orders", [missed("on green")], []);
  await documents.blue.add("orders", 7, "waits");
  await copier.reconcile();
  for (const store of [stores.blue, stores.green]) {
    expect(await store.references(table)).toEqual(expect.arrayContaining(["on blue", "on green"]));
  }
  expect(await stores.green.references(table)).not.toContain("waits");
  expect(await differences(stores)).toEqual([{ table: "orders", key: kept?.["id"] }]);
});

test("what waits is no difference; what differs without waiting is", async () => {
  const { copier, documents, stores } = documentPair(50);
  await copier.load();
  await documents.blue.add("orders", 7, "waits");
  expect(await differences(stores)).toEqual([]);
  const [changed] = [...(await documents.green.all("orders")).values()];
  await documents.green.put("orders", [{ ...changed, person: "0" }], []);
  expect(await differences(stores)).toEqual([{ table: "orders", key: changed?.["id"] }]);
});
