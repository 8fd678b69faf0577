import { greenWeightAt, rung, stageNamed } from "../../definition/ladder.ts";
import { inWords } from "../../definition/units.ts";
import { instantInWords, nextPossibleInWords } from "./instant-in-words.ts";
import { ledgerInstant } from "./ledger-instant.ts";
import { notApplicable, passed, refused, rule } from "./rule.ts";

/** A stage is left no earlier than its soak after it was entered; at that very instant it may be. */
export const soak = rule({
  name: "soak",
  sentence: "A stage carries its traffic for its whole soak before the next one begins",
  severity: "high",
  remediation: "Wait until the time that the message names, or roll back.",
  binds: ["forward"],
  needs: ["now"],
  judge({ move: { from, since }, definition, facts: { now } }) {
    if (rung(definition, from) < 0) return refused({ found: from, expected: "a stage" });
    const span = stageNamed(definition, from).leave?.soak;
    if (span === undefined) return notApplicable(`${from} has no soak`);
    const entered = ledgerInstant(since);
    const expected = `${inWords(span)} at ${from}`;
    if (Number.isNaN(entered)) {
      const found = since === "" ? "no time" : `"${since}", which is no time`;
      return refused({ found, expected, says: `nobody knows when ${from} began: ${found}` });
    }
    if (entered > now) {
      const found = `${from} began at ${instantInWords(entered, now)}`;
      return refused({
        found,
        expected,
        says: `${found}, says the ledger, but it is ${instantInWords(now, now)} only`,
      });
    }
    const nextPossibleAt = entered + span.milliseconds;
    const { passedText, unit } = inUnits(now - entered, span.milliseconds);
    if (now >= nextPossibleAt)
      return passed(`${inWords({ milliseconds: now - entered })} at ${from}`);
    const at = `${from} (${greenWeightAt(definition, from)} %)`;
    return refused({
      found: `${passedText} ${unit}`,
      expected,
      says: `${passedText} soak ${unit} at ${at} have passed; ${nextPossibleInWords(nextPossibleAt, now)}`,
      nextPossibleAt,
    });
  },
});

/** `11 of 15` in minutes, or in seconds for a soak that is no whole number of minutes. */
const inUnits = (elapsed: number, soaked: number): { passedText: string; unit: string } => {
  const [size, unit] = soaked % 60_000 === 0 ? [60_000, "minutes"] : [1_000, "seconds"];
  return { passedText: `${Math.floor(elapsed / size)} of ${soaked / size}`, unit };
};
