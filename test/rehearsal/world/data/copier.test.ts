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

test("what waits is no difference; what differs without waiting is", async () => {
  const { copier, documents, stores } = documentPair(50);
  await copier.load();
  await documents.blue.add("orders", 7, "waits");
  expect(await differences(stores)).toEqual([]);
  const [changed] = [...(await documents.green.all("orders")).values()];
  await documents.green.put("orders", [{ ...changed, person: "0" }], []);
  expect(await differences(stores)).toEqual([{ table: "orders", key: changed?.["id"] }]);
});
