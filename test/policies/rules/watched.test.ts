import { expect, test } from "vitest";
import { known, notYetCreated, unknown } from "../../../policies/facts/reading.ts";
import { watched } from "../../../policies/rules/watched.ts";
import { goodFacts, messageOf, move, night, outcome, without } from "../lms-night.ts";

const begin = move("(none)", "baseline");
const canary = move("canary", "half");
const { declaredAlarms, declaredPanels } = goodFacts(canary);

test("S1-76: every threshold with alarm and panel passes", () => {
  expect(outcome(watched, night(begin))).toBe("passed");
  expect(outcome(watched, night(canary))).toBe("passed");
});

test("S1-76: a missing alarm or panel is refused by name", () => {
  const { cpu: _, ...others } = declaredAlarms;
  const changes = {
    declaredAlarms: others,
    declaredPanels: declaredPanels.filter((name) => name !== "memory"),
  };
  expect(messageOf(watched.judge(night(canary, changes)))).toBe(
    "refused: cpu has no alarm; memory has no panel.",
  );
  for (const id of [known(""), unknown("not readable")]) {
    expect(outcome(watched, night(canary, { declaredAlarms: { ...others, cpu: id } }))).toBe(
      "refused",
    );
  }
});

test("an alarm whose id the update has yet to give counts as one", () => {
  const cpu = notYetCreated("alarm cpu");
  expect(outcome(watched, night(canary, { declaredAlarms: { ...declaredAlarms, cpu } }))).toBe(
    "passed",
  );
});

test("nothing known of the alarms refuses a step up; on the first preview they do not exist yet", () => {
  expect(outcome(watched, without(night(canary), "declaredAlarms"))).toBe("refused");
  expect(outcome(watched, without(night(begin), "declaredPanels"))).toBe("refused");
  const first = night(begin);
  const facts = { ...first.facts, declaredAlarms: notYetCreated("alarms") };
  expect(outcome(watched, { ...first, facts })).toBe("not-applicable");
});
