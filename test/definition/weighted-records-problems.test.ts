import { expect, test } from "vitest";
import { BadInput } from "../../definition/bad-input.ts";
import { defineSystem } from "../../definition/system.ts";
import type { Route53Weighted } from "../../definition/traffic.ts";
import { trafficProblems } from "../../definition/traffic-problems.ts";
import { milliseconds, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { loadBalancers, withRecords } from "../weighted-records-system.ts";

/** What a person reads who writes these records. */
const linesOf = (records: Partial<Route53Weighted>): readonly string[] =>
  trafficProblems(withRecords(records)).map(
    ({ key, found, expected }) => `${key ?? ""} is ${found}, expected ${expected}`,
  );
const { targets } = withRecords().traffic;

test.for([
  ["addresses", {}],
  ["load balancers", loadBalancers],
  [
    "one of each",
    { ...loadBalancers, targets: { ...targets, green: loadBalancers.targets.green } },
  ],
] as const)("records that lead to %s are right", ([, records]) => {
  expect(linesOf(records)).toEqual([]);
});

test("another mechanism is none of them", () => expect(trafficProblems(lms)).toEqual([]));

const name = "a whole name in lower case without a dot at its end, for example www.example.com";
const ttl = "whole seconds, at least 1: a TTL has no parts of a second";
const target =
  "an IPv4 address, or an alias with the load balancer's name, its zoneId and evaluateTargetHealth";

test.for<[string, Partial<Route53Weighted>, string]>([
  [
    "final dot",
    { name: "lms.company.com." },
    `traffic.name is "lms.company.com.", expected ${name}`,
  ],
  ["capitals", { name: "LMS.company.com" }, `traffic.name is "LMS.company.com", expected ${name}`],
  ["label alone", { name: "lms" }, `traffic.name is "lms", expected ${name}`],
  [
    "zone with its path",
    { zoneId: "/hostedzone/Z1" },
    'traffic.zoneId is "/hostedzone/Z1", expected the id of a hosted zone alone, for example Z0123456789ABC',
  ],
  ["TTL of 0", { ttl: seconds(0) }, `traffic.ttl.milliseconds is 0, expected ${ttl}`],
  [
    "TTL with parts of a second",
    { ttl: milliseconds(1_500) },
    `traffic.ttl.milliseconds is 1500, expected ${ttl}`,
  ],
  [
    "connections without a length",
    { connectionsLiveFor: seconds(-1) },
    "traffic.connectionsLiveFor.milliseconds is -1000, expected 0 where no client keeps a connection, or longer",
  ],
  [
    "address that is none",
    { targets: { ...targets, green: { address: "green.example.com" } } },
    'traffic.targets.green.address is "green.example.com", expected an IPv4 address',
  ],
  [
    "neither address nor alias",
    { targets: { ...targets, green: {} as never } },
    `traffic.targets.green is {}, expected ${target}`,
  ],
  [
    "both sides in one place",
    { targets: { blue: targets.blue, green: targets.blue } },
    'traffic.targets.green is "192.0.2.10", expected not blue\'s own',
  ],
  [
    "alias with a TTL of its own",
    { ...loadBalancers, ttl: seconds(10) },
    "traffic.ttl is 10 s, expected 1 min, which is what an alias of a load balancer has",
  ],
])("%s", ([, records, line]) => {
  expect(linesOf(records)).toEqual([line]);
});

test.for([
  [60, 10, 0, "1 min"],
  [150, 120, 0, "2 min 30 s"],
  [90, 10, 30, "1 min 30 s"],
  [150, 60, 60, "2 min 30 s"],
] as const)(
  "a rollback budget of %s s is too short for two writes, a TTL of %s s and connections kept for %s s",
  ([within, of, kept, least]) => {
    const system = withRecords({ ttl: seconds(of), connectionsLiveFor: seconds(kept) });
    const rollback = { ...system.rollback, within: seconds(within) };
    expect(trafficProblems({ ...system, rollback })).toMatchObject([
      {
        key: "rollback.within",
        expected: `more than ${least}: two records take 15 s each, then caches keep answers and clients their connections`,
      },
    ]);
    const longer = { ...rollback, within: seconds(within + 1) };
    expect(trafficProblems({ ...system, rollback: longer })).toEqual([]);
  },
);

test("a system with such records is refused when it is defined", () => {
  const define = (): unknown => defineSystem(withRecords({ ttl: seconds(0) }));
  expect(define).toThrow(BadInput);
  expect(define).toThrow("stacks/lms.ts: traffic.ttl.milliseconds is 0");
});
