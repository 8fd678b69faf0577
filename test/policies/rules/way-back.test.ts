import { expect, test } from "vitest";
import { noWayBack } from "../../../definition/stage.ts";
import { wayBack } from "../../../policies/rules/way-back.ts";
import { messageOf, move, night, outcome, system } from "../lms-night.ts";

const pastReturn = {
  ...system,
  ladder: system.ladder.map((stage) =>
    stage.name === "half"
      ? { ...stage, rollback: noWayBack("blue's data is behind", "mend green and go on to full") }
      : stage,
  ),
};

test("S1-3: every way back of the LMS is open", () => {
  for (const [from, to] of [
    ["canary", "baseline"],
    ["half", "baseline"],
    ["half", "canary"],
    ["full", "baseline"],
  ] as const) {
    expect(outcome(wayBack, night(move(from, to)))).toBe("passed");
  }
});

test("past a point of no return the refusal gives the reason and the way forward", () =>
  expect(
    messageOf(wayBack.judge({ ...night(move("half", "baseline")), definition: pastReturn })),
  ).toBe(
    "refused: there is no way back from half: blue's data is behind. Way forward: mend green and go on to full.",
  ));

test("nor can it be passed from above; what does not pass it is open", () => {
  const back = (from: string, to: string) =>
    outcome(wayBack, { ...night(move(from, to)), definition: pastReturn });
  expect(back("full", "canary")).toBe("refused");
  expect(back("full", "half")).toBe("passed");
  expect(back("canary", "baseline")).toBe("passed");
});

test("moves up are none of its business", () =>
  expect(outcome(wayBack, { ...night(move("half", "full")), definition: pastReturn })).toBe(
    "not-applicable",
  ));
