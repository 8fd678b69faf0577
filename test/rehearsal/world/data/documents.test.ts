import { expect, test } from "vitest";
import { Documents, type DocumentChange } from "../../../../rehearsal/world/data/documents.ts";
import { orders } from "./example-stores.ts";

const table = { ...orders, columns: ["id", "person"] };

test("begins with example documents, spread over the persons, and finds a person's, the latest first", async () => {
  const documents = new Documents({ orders: 250 }, [table]);
  expect(await documents.find("orders", 7, 10)).toHaveLength(3);
  await documents.add("orders", 7, "the latest");
  expect(await documents.find("orders", 7, 2)).toMatchObject([
    { reference: "the latest", person: "7" },
    { person: "7" },
  ]);
});

test("finds a document by the person that it has now, and none that is gone", async () => {
  const documents = new Documents({ orders: 0 }, [table]);
  await documents.put("orders", [{ id: "k", reference: "a", person: "1" }], []);
  await documents.put("orders", [{ id: "k", reference: "a", person: "2" }], []);
  expect(await documents.find("orders", 1, 5)).toEqual([]);
  expect(await documents.find("orders", 2, 5)).toMatchObject([{ id: "k" }]);
  await documents.put("orders", [], ["k"]);
  expect(await documents.find("orders", 2, 5)).toEqual([]);
});

test("finds as many of a person's documents as were asked for, none at 0", async () => {
  const documents = new Documents({ orders: 500 }, [table]);
  expect(await documents.find("orders", 3, 2)).toHaveLength(2);
  expect(await documents.find("orders", 3, 0)).toEqual([]);
});

test("listeners hear of each write, and who made it", async () => {
  const documents = new Documents({ orders: 0 }, [table]);
  const heard: DocumentChange[] = [];
  documents.listen((change) => heard.push(change));
  await documents.add("orders", 1, "a");
  await documents.put("orders", [{ id: "k", reference: "b", person: "2" }], ["gone"]);
  expect(heard.map(({ key, by }) => [key.length, by])).toEqual([
    [36, "application"],
    [1, "copying"],
    [4, "copying"],
  ]);
});

test("answers nobody while it is cut off, and keeps its documents", async () => {
  const documents = new Documents({ orders: 1 }, [table]);
  documents.cut();
  await expect(documents.ping()).rejects.toThrow("connection refused");
  await expect(documents.add("orders", 1, "lost")).rejects.toThrow("connection refused");
  documents.restore();
  expect((await documents.all("orders")).size).toBe(1);
});

test("a collection that nobody made is an error that names it", async () => {
  await expect(new Documents({}, []).add("carts", 1, "a")).rejects.toThrow("no collection carts");
});
