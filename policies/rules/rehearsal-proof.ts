import { rung, stageNamed, wayBackFrom } from "../../definition/ladder.ts";
import { inWords } from "../../definition/units.ts";
import { counting, inPassing, type Counted } from "./evidence/counting.ts";
import { howToSign } from "./evidence/how-to-sign.ts";
import { instantInWords } from "./instant-in-words.ts";
import { passed, refused, rule, type Night } from "./rule.ts";

/** This very definition was rehearsed lately: it completed, and came back from the next stage in time. */
export const rehearsalProof = rule({
  name: "rehearsal-proof",
  sentence: "This definition was rehearsed lately, and rolled back within its budget",
  severity: "high",
  remediation: "Rehearse this definition, and sign its results.",
  binds: ["forward"],
  needs: ["now", "evidence"],
  exempt: ({ move: { from }, definition }) =>
    rung(definition, from) >= 0 && stageNamed(definition, from).leave?.rehearsed === undefined
      ? `the plan asks for no rehearsal before leaving ${from}`
      : undefined,
  judge({ move, definition, facts: { now, evidence } }) {
    const age = stageNamed(definition, move.from).leave?.rehearsed?.notOlderThan;
    if (age === undefined) throw new RangeError(`${move.from} asks for no rehearsal`);
    const { counted, dropped } = counting({ kind: "rehearsal", evidence, definition, move, now });
    const recent = counted.filter(
      ({ statement }) => Date.parse(statement.ranAt) >= now - age.milliseconds,
    );
    const problems = recent.map((proof) => problemWith(proof, { move, definition }));
    const good = recent[problems.indexOf(undefined)];
    if (good !== undefined) {
      return passed(`rehearsed at ${instantInWords(Date.parse(good.statement.ranAt), now)}`, [
        good,
      ]);
    }
    const found = problems[0] ?? `this definition was not rehearsed in the last ${inWords(age)}`;
    return refused({
      found,
      expected: `a rehearsal of this definition, at most ${inWords(age)} ago`,
      says: `${found}; rehearse it and ${howToSign(move, undefined, "--rehearsal FILE…")}${inPassing(dropped)}`,
    });
  },
});

const problemWith = (
  { statement: { completed, rollbacks } }: Counted<"rehearsal">,
  { move: { to }, definition }: Pick<Night<never>, "move" | "definition">,
): string | undefined => {
  if (!completed) return "no rehearsal without a fault completed";
  const back = wayBackFrom(definition, to);
  if (!("to" in back)) return undefined;
  const budget = back.within.milliseconds;
  const tried = rollbacks.filter(({ stage }) => stage === to);
  if (tried.length === 0) return `no rehearsal rolled back from ${to}`;
  const slow = tried.find(({ restoredMilliseconds }) => !(restoredMilliseconds <= budget));
  return slow === undefined
    ? undefined
    : `a rehearsed rollback from ${to} took ${inWords({ milliseconds: slow.restoredMilliseconds })}; its budget is ${inWords({ milliseconds: budget })}`;
};
