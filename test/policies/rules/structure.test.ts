import { expect, test } from "vitest";
import { structure } from "../../../policies/rules/structure.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";

const moves = [
  move("(none)", "baseline"),
  move("canary", "half"),
  move("canary", "half", { kind: "recorded" }),
];

test("S1-2: the weights are those of the stage, on every move but a move back", () => {
  for (const of of moves) expect(outcome(structure, night(of))).toBe("passed");
  expect(
    messageOf(
      structure.judge(
        night(moves[1] ?? move("", ""), { declaredWeights: { blue: 0, green: 100 } }),
      ),
    ),
  ).toBe("refused: weights blue 0, green 100; expected blue 50, green 50 (half).");
});

test.for([
  { blue: 50, green: 51 },
  { blue: 49, green: 50 },
  { blue: NaN, green: 50 },
  { blue: 0, green: 0 },
])("weights %j are refused", (declaredWeights) =>
  expect(outcome(structure, night(move("canary", "half"), { declaredWeights }))).toBe("refused"),
);

test("another definition than the one in stacks/ is refused", () =>
  expect(
    messageOf(structure.judge(night(move("canary", "half"), { declaredDefinition: "other" }))),
  ).toBe("refused: another definition; expected that of stacks/lms.ts as the gates read it."));

test.for(["declaredWeights", "declaredDefinition"] as const)("refuses without %s", (name) =>
  expect(outcome(structure, without(night(move("canary", "half")), name))).toBe("refused"),
);
