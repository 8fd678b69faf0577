import { expect, test } from "vitest";
import { trafficProblems } from "../../definition/traffic-problems.ts";
import { defineSystem, type SystemDefinition } from "../../definition/system.ts";
import type { AlbListenerRule } from "../../definition/traffic.ts";
import { minutes, percent } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { withListenerRule } from "../alb-system.ts";

const system = withListenerRule(lms);
const rule = system.traffic as AlbListenerRule;
const keysOf = (changed: SystemDefinition): readonly (string | undefined)[] =>
  trafficProblems(changed).map(({ key }) => key);
const withRule = (changes: Partial<AlbListenerRule>): SystemDefinition => ({
  ...system,
  traffic: { ...rule, ...changes },
});
const testers = (header: string, value: string) => ({ header, value, atMost: percent(1) });

test("what a load balancer takes is let through, and so is any other mechanism", () => {
  expect(keysOf(system)).toEqual([]);
  expect(keysOf(lms)).toEqual([]);
  expect(keysOf(withRule({ priority: 2, hosts: ["a.b", "c.d", "e.f", "g.h"] }))).toEqual([]);
});

test.for<readonly [string, Partial<AlbListenerRule>, string]>([
  ["the first place, as the testers' would lie before it", { priority: 1 }, "traffic.priority"],
  ["a place behind the last", { priority: 50_001 }, "traffic.priority"],
  ["a place between two", { priority: 9.5 }, "traffic.priority"],
  ["no host", { hosts: [] }, "traffic.hosts"],
  ["a wildcard, of which nobody knows whom it takes", { hosts: ["*.a.b"] }, "traffic.hosts.0"],
  ["more hosts than a rule holds", { hosts: ["a", "b", "c", "d", "e"] }, "traffic.hosts"],
  ["testers by Host", { testers: testers("Host", "yes") }, "traffic.testers.header"],
  ["a pattern in place of a value", { testers: testers("x-t", "y*") }, "traffic.testers.value"],
])("%s is refused", ([, changes, key]) => {
  expect(keysOf(withRule(changes))).toEqual([key]);
});

test.for(["a-name-that-is-longer-than-32-chars", "internal-lms", "lms_blue", "-lms", ""])(
  "a side named %j has no target group of that name",
  (name) => {
    const { green } = system.environments;
    const environments = { ...system.environments, green: { ...green, name } };
    expect(keysOf({ ...system, environments })).toEqual(["environments.green.name"]);
  },
);

test("pods that drain for longer than a target group can are refused", () =>
  expect(keysOf({ ...system, workload: { ...system.workload, drainFor: minutes(61) } })).toEqual([
    "workload.drainFor.milliseconds",
  ]));

test("the refusal is one line when the definition is loaded", () =>
  expect(() => defineSystem(withRule({ priority: 0 }) as never)).toThrow(
    "stacks/lms.ts: traffic.priority is 0, expected a whole number from 2, whose predecessor is the testers', to 50000. Nothing changed.",
  ));
