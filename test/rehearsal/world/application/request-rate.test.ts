import { expect, test } from "vitest";
import { RequestRate } from "../../../../rehearsal/world/application/request-rate.ts";

test("counts the last two seconds", () => {
  const rate = new RequestRate();
  for (let at = 0; at < 5_000; at += 10) rate.mark(at);
  expect(rate.perSecond(4_999)).toBe(100);
  expect(rate.perSecond(5_999)).toBe(50);
  expect(rate.perSecond(60_000)).toBe(0);
});
