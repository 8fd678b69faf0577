import { expect, test } from "vitest";
import { notYetCreated, unknown } from "../../../policies/facts/reading.ts";
import { passed, refused, rule } from "../../../policies/rules/rule.ts";
import { messageOf, move, system } from "../lms-night.ts";

const clocked = rule({
  name: "clocked",
  sentence: "Somebody knows the time",
  severity: "medium",
  remediation: "Wind the clock.",
  binds: ["begin", "forward", "recorded"],
  needs: ["now"],
  judge: ({ facts: { now } }) => passed(String(now)),
});
const judged = (
  from: string,
  to: string,
  now?: Parameters<typeof clocked.judge>[0]["facts"]["now"],
) =>
  clocked.judge({
    move: move(from, to),
    definition: system,
    facts: now === undefined ? {} : { now },
  });

test("a fact that is known reaches the rule", () =>
  expect(judged("canary", "half", { known: true, value: 7 })).toEqual({
    outcome: "passed",
    found: "7",
  }));

test("a fact that is unknown, or was not read, refuses with the reason", () => {
  expect(messageOf(judged("canary", "half", unknown("it is dark")))).toBe(
    "refused: nobody knows the time: it is dark.",
  );
  expect(messageOf(judged("canary", "half"))).toBe(
    "refused: nobody knows the time: nobody read it.",
  );
});

test("a move back passes before any fact is looked at", () =>
  expect(judged("half", "baseline").outcome).toBe("not-applicable"));

test("what the update has yet to create holds up a step up, not the first move", () => {
  expect(judged("canary", "half", notYetCreated("it")).outcome).toBe("refused");
  expect(judged("(none)", "baseline", notYetCreated("it")).outcome).toBe("not-applicable");
  expect(judged("(none)", "baseline", unknown("it is dark")).outcome).toBe("refused");
});

test("a message is one line whatever a source said", () =>
  expect(messageOf(refused({ found: "a\n  b", expected: "c." }))).toBe(
    "refused: a b; expected c.",
  ));

test("what the plan exempts is not judged, and misses no fact", () => {
  const sometimes = rule({
    ...clocked,
    needs: ["now"],
    exempt: ({ move: { from } }) => (from === "canary" ? "the plan asks for no clock" : undefined),
    judge: () => passed(""),
  });
  const of = (from: string, to: string) => ({
    move: move(from, to),
    definition: system,
    facts: {},
  });
  expect(sometimes.judge(of("canary", "half"))).toEqual({
    outcome: "not-applicable",
    why: "the plan asks for no clock",
  });
  expect(sometimes.judge(of("baseline", "canary")).outcome).toBe("refused");
});
