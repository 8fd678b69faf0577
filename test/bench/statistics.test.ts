import { expect, test } from "vitest";
import { alternate, ratio, summary } from "../../bench/statistics.ts";

test("a summary has median and extremes, and none of nothing", () => {
  expect(summary([5, 1, 9])).toEqual({ median: 5, least: 1, most: 9, count: 3 });
  expect(summary([1, 2])).toMatchObject({ median: 1.5 });
  expect(() => summary([])).toThrow("nothing was measured");
});

test("a ratio compares pair by pair, so that a slow minute meets both", () => {
  expect(ratio([10, 100, 12], [5, 50, 6])).toBe(2);
  expect(() => ratio([1], [1, 2])).toThrow("pairs are incomplete");
});

test("two things are measured in turn, neither always first", async () => {
  const order: string[] = [];
  const named = (name: string) => async () => {
    order.push(name);
    return order.length;
  };
  const measured = await alternate(3, named("a"), named("b"));
  expect(order).toEqual(["a", "b", "b", "a", "a", "b"]);
  expect(measured).toEqual({ one: [1, 4, 5], other: [2, 3, 6] });
});
