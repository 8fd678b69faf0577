import { expect, test } from "vitest";
import { directionOf } from "../../definition/direction.ts";
import { nothingYet } from "../../definition/ledger.ts";
import { stage } from "../../definition/stage.ts";

const plan = {
  ladder: ["start", "middle", "end"].map((name) => stage(name, { title: name, set: {} })),
};

test.for([
  [nothingYet, "start", "begin"],
  [nothingYet, "end", "begin"],
  ["start", "middle", "forward"],
  ["start", "end", "forward"],
  ["end", "start", "back"],
  ["middle", "middle", "stay"],
  ["removed-stage", "start", "forward"],
  ["end", "removed-stage", "back"],
] as const)("%s → %s is %s", ([from, to, direction]) =>
  expect(directionOf(plan, { from, to })).toBe(direction),
);
