import { expect, test } from "vitest";
import { Connections } from "../../../../rehearsal/world/application/connections.ts";

/** A database whose queries end when they are told to. */
const heldDatabase = () => {
  const ends: (() => void)[] = [];
  return {
    database: { query: () => new Promise<readonly unknown[]>((end) => ends.push(() => end([]))) },
    endAll: () => {
      for (const end of ends.splice(0)) end();
    },
  };
};

test("queries at the same time take a connection each; one that is free is used again", async () => {
  const connections = new Connections();
  const { database, endAll } = heldDatabase();
  const pod = connections.of("pod-1", database);
  const both = [pod.query("SELECT 1"), pod.query("SELECT 1")];
  expect(connections.open()).toBe(2);
  endAll();
  await Promise.all(both);
  expect(connections.open()).toBe(2);
  const third = pod.query("SELECT 1");
  expect(connections.open()).toBe(2);
  endAll();
  await third;
});

test("no pod uses another one's connections", async () => {
  const connections = new Connections();
  const { database, endAll } = heldDatabase();
  const first = connections.of("pod-1", database).query("SELECT 1");
  endAll();
  await first;
  const second = connections.of("pod-2", database).query("SELECT 1");
  expect(connections.open()).toBe(2);
  endAll();
  await second;
});

test("a connection that nobody uses for ten seconds is closed", async () => {
  const connections = new Connections();
  const { database, endAll } = heldDatabase();
  const query = connections.of("pod-1", database).query("SELECT 1");
  endAll();
  await query;
  expect(connections.open(performance.now() + 9_000)).toBe(1);
  expect(connections.open(performance.now() + 10_001)).toBe(0);
});

test("a query that fails gives its connection back", async () => {
  const connections = new Connections();
  const failing = { query: () => Promise.reject(new Error("syntax error")) };
  await expect(connections.of("pod-1", failing).query("SELEC 1")).rejects.toThrow("syntax error");
  expect(connections.open(performance.now() + 10_001)).toBe(0);
});
