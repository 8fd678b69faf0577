import { dataChecksOf, rung } from "../../definition/ladder.ts";
import { figureStanding } from "./figure-standing.ts";
import { passed, refused, rule } from "./rule.ts";

/** The data is whole and in step by each figure that the stage names, whoever moved or replicates it. */
export const dataInStep = rule({
  name: "data-in-step",
  sentence: "Each figure about the data that the stage names keeps its limit now",
  severity: "critical",
  remediation: "Wait until the data has caught up, or mend what is missing or differs.",
  binds: ["forward"],
  needs: ["now", "dataFigures"],
  exempt: ({ move: { from }, definition }) =>
    rung(definition, from) >= 0 && dataChecksOf(definition, from).length === 0
      ? `${from} names no figure about data`
      : undefined,
  judge({ move, definition, facts: { now, dataFigures } }) {
    const checked = dataChecksOf(definition, move.from).map((check) => {
      const newest = dataFigures[check.name];
      const { good, found } =
        newest?.known === true
          ? figureStanding(check, newest.value, now)
          : { good: false, found: newest?.reason ?? "nobody read it" };
      return { good, found: `${check.title}: ${found}` };
    });
    const bad = checked.filter(({ good }) => !good).map(({ found }) => found);
    return bad.length === 0
      ? passed(checked.map(({ found }) => found).join("; "))
      : refused({
          found: bad.join("; "),
          expected: "each figure within its limit",
          says: bad.join("; "),
        });
  },
});
