import { expect, test } from "vitest";
import { SessionCache } from "../../../../rehearsal/world/application/session-cache.ts";

// A key of two letters and {"seen":1}.
const one = 12;

test("a cache holds as many bytes as its sessions and their keys take", () => {
  const cache = new SessionCache(1_000);
  expect(cache.used).toBe(0);
  cache.put("s1", { seen: 1 });
  cache.put("s2", { seen: 1 });
  expect(cache.used).toBe(2 * one);
});

test("a session that is written again takes its room once", () => {
  const cache = new SessionCache(1_000);
  cache.put("s1", { seen: 1 });
  cache.put("s1", { seen: 22 });
  expect(cache.used).toBe(one + 1);
});

test("a full cache gives up the session that was written longest ago, and never holds more", () => {
  const cache = new SessionCache(2 * one + 2);
  cache.put("s1", { seen: 1 });
  cache.put("s2", { seen: 222 });
  cache.put("s1", { seen: 1 });
  cache.put("s3", { seen: 1 });
  // Without s2, which took two bytes more than the others.
  expect(cache.used).toBe(2 * one);
});

test("a session larger than the whole cache is not kept", () => {
  const cache = new SessionCache(one - 1);
  cache.put("s1", { seen: 1 });
  expect(cache.used).toBe(0);
});
