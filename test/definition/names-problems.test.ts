import { expect, test } from "vitest";
import { namesProblems } from "../../definition/names-problems.ts";
import type { TrafficName } from "../../definition/names.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import { hours, milliseconds } from "../../definition/units.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { lms } from "../../stacks/lms.ts";

const [name] = settle(rawdog.names ?? [], { rehearsal: true, file: "" });
if (name === undefined) throw new Error("no name");
const problems = (change: Partial<SystemDefinition>) =>
  namesProblems({ ...rawdog, ...change }).map(({ key, found }) => [key, found]);
const named = (change: Partial<TrafficName>) => problems({ names: [{ ...name, ...change }] });

test("RAWDOG's names have no problem, and a system without names has none", () => {
  expect(namesProblems(rawdog)).toEqual([]);
  expect(namesProblems(lms)).toEqual([]);
});

test.for([
  ["a zone's path", { zoneId: "/hostedzone/Z1" }, "names.www.rawdog.example.zoneId"],
  ["a name that is none", { name: "www.rawdog.example." }, "names.www.rawdog.example..name"],
  [
    "a target that is an address",
    { leadsTo: "https://elb.example" },
    "names.www.rawdog.example.leadsTo",
  ],
  [
    "parts of a second",
    { ttlAsFound: milliseconds(1_500) },
    "names.www.rawdog.example.ttlAsFound.milliseconds",
  ],
] as const)("%s", ([, change, key]) => {
  expect(named(change).map(([at]) => at)).toEqual([key]);
});

test("a name that the load balancer's rule does not take, and one that stands twice", () => {
  expect(named({ name: "shop.rawdog.example" })).toEqual([
    ["names.shop.rawdog.example", "a name that the rule does not take"],
  ]);
  expect(problems({ names: [name, { ...name, ttlAsFound: hours(2) }] })).toEqual([
    ["names.www.rawdog.example", "given twice"],
  ]);
});

test("only what a load balancer's rule splits has names that lead to it", () =>
  expect(problems({ traffic: lms.traffic })).toEqual([
    ["names", "given beside the mechanism istio route"],
  ]));

test("a TTL that no record has", () => {
  const { names: _, ...without } = rawdog;
  expect(namesProblems(without)).toMatchObject([{ key: "ladder.ttl-lowered.ttlSeconds" }]);
});

test("a TTL that changes while traffic moves", () => {
  const ladder = rawdog.ladder
    .filter((stage) => stage.name !== "ttl-lowered")
    .map((stage) =>
      stage.name === "canary" ? { ...stage, set: { ...stage.set, ttlSeconds: 300 } } : stage,
    );
  expect(problems({ ladder })).toEqual([
    ["ladder.canary.ttlSeconds", "300, in a move that changes weights"],
  ]);
});
