import { expect, test } from "vitest";
import type { RuleSettings } from "../../../../rehearsal/world/elb/model.ts";
import { elbWorld, groupSettings, hostIs, listenerArn } from "./elb-world.ts";

/** A rule that is right, and the ways to make it wrong. */
const wrongRule = (changes: (world: ReturnType<typeof elbWorld>) => Partial<RuleSettings>) => {
  const world = elbWorld();
  const right = {
    priority: 7,
    conditions: [hostIs("a.b")],
    action: world.forward([world.blue, 1]),
  };
  return () => world.elb.createRule(listenerArn, { ...right, ...changes(world) }, {});
};

test.for<readonly [string, Parameters<typeof wrongRule>[0], string, RegExp]>([
  ["a place before the first", () => ({ priority: 0 }), "ValidationError", /between 1 and 50000/],
  ["no condition", () => ({ conditions: [] }), "ValidationError", /condition must be specified/],
  [
    "six values",
    () => ({ conditions: [hostIs("a", "b", "c", "d", "e", "f")] }),
    "TooManyConditionValues",
    /at most '5'/,
  ],
  [
    "two host conditions",
    () => ({ conditions: [hostIs("a"), hostIs("b")] }),
    "ValidationError",
    /only have one 'host-header'/,
  ],
  [
    "a weight of 1000",
    ({ forward, blue }) => ({ action: forward([blue, 1000]) }),
    "ValidationError",
    /between 0 and 999/,
  ],
  [
    "a target group that is not there",
    () => ({ action: { order: 1, targetGroups: [{ arn: "arn:gone", weight: 1 }] } }),
    "TargetGroupNotFound",
    /not found/,
  ],
])("a rule with %s is refused", ([, changes, code, message]) => {
  expect(wrongRule(changes)).toThrow(
    expect.objectContaining({ status: 400, code, message: expect.stringMatching(message) }),
  );
});

test("a place that another rule has is refused, and its own is not", () => {
  const { elb, split, blue, forward } = elbWorld();
  const rule = split(0);
  expect(() => split(0)).toThrow("Priority '100' is currently in use");
  const other = { priority: 7, conditions: [hostIs("a.b")], action: forward([blue, 1]) };
  const { arn } = elb.createRule(listenerArn, other, {});
  expect(() => elb.modifyRule(arn, { ...other, priority: 100 })).toThrow("Priority '100'");
  expect(elb.modifyRule(rule.arn, rule).priority).toBe(100);
  expect(elb.rules.map(({ priority }) => priority)).toEqual([7, 100]);
});

test("both weights may be 0, as the API takes that", () => {
  const { elb, split, forward, blue, green } = elbWorld();
  const rule = split(0);
  const action = forward([blue, 0], [green, 0]);
  expect(elb.modifyRule(rule.arn, { ...rule, action }).action).toEqual(action);
});

test("a target group stays while a rule forwards to it, and two have no one name", () => {
  const { elb, split, blue } = elbWorld();
  const rule = split(0);
  expect(() => {
    elb.deleteTargetGroup(blue.arn);
  }).toThrow(expect.objectContaining({ code: "ResourceInUse" }));
  elb.deleteRule(rule.arn);
  elb.deleteTargetGroup(blue.arn);
  expect(() => elb.createTargetGroup(groupSettings("lms-green"), {})).toThrow(
    expect.objectContaining({ code: "DuplicateTargetGroupName" }),
  );
});

test("another listener is not there", () => {
  const { elb, blue, forward } = elbWorld();
  const rule = { priority: 1, conditions: [hostIs("a")], action: forward([blue, 1]) };
  expect(() => elb.createRule("arn:other", rule, {})).toThrow("listeners not found");
});

test("calls over the rate are refused, and nothing of them is done", () => {
  const { elb, split } = elbWorld();
  elb.throttle(1);
  expect(() => split(0)).toThrow("Rate exceeded");
  expect(elb.rules).toEqual([]);
});
