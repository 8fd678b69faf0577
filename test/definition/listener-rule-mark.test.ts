import { expect, test } from "vitest";
import { listenerRuleMark } from "../../definition/listener-rule-mark.ts";

test("a rule that was never written over has no mark, and each one after it is another", () => {
  expect(listenerRuleMark.order(undefined)).toBe(1);
  expect(listenerRuleMark.read(1)).toBeUndefined();
  const first = listenerRuleMark.next(1);
  expect(listenerRuleMark.read(listenerRuleMark.order(first))).toBe(first);
  expect(listenerRuleMark.next(listenerRuleMark.order(first))).not.toBe(first);
});

test("after the last order that the API takes the marks begin anew, and none is the rule without one", () => {
  const mark = listenerRuleMark.next(50_000);
  expect(mark).not.toBe("50000");
  expect(listenerRuleMark.read(listenerRuleMark.order(mark))).toBe(mark);
});
