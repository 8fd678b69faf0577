import { rung, stageNamed } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { hours, inWords } from "../../definition/units.ts";
import type { FactValues } from "../facts/facts.ts";
import type { Move } from "../move.ts";
import { counting, inPassing, type Counted } from "./evidence/counting.ts";
import { distinctPeople } from "./evidence/distinct-people.ts";
import { howToSign, listed, titleOf } from "./evidence/how-to-sign.ts";
import { instantInWords } from "./instant-in-words.ts";
import { passed, refused, rule, type Verdict } from "./rule.ts";

/** An answer counts for a day at the most; the stage that it is about is left within the night. */
const longest = hours(24).milliseconds;

/** Each checkpoint at the end of a stage is answered by who decides there, and every answer says: go on. */
export const checkpointAnswered = rule({
  name: "checkpoint-answered",
  sentence: "Who decides at the stage's checkpoint has answered each question, and says go on",
  severity: "critical",
  remediation: "Hold the checkpoint with the people whom the message names, or roll back.",
  binds: ["forward"],
  needs: ["now", "evidence", "changeAuthors"],
  exempt: ({ move: { from }, definition }) =>
    rung(definition, from) >= 0 && checkpointsAfter(definition, from).length === 0
      ? `there is no checkpoint at ${from}`
      : undefined,
  judge({ move, definition, facts }) {
    const since = Date.parse(move.since);
    if (Number.isNaN(since)) {
      const found = `nobody knows when ${move.from} began`;
      return refused({ found, expected: "a time in the ledger", says: found });
    }
    const verdicts = checkpointsAfter(definition, move.from).map((checkpoint) =>
      judgeOne({ checkpoint, move, definition, facts, since }),
    );
    const refusal = verdicts.find(({ outcome }) => outcome === "refused");
    if (refusal !== undefined) return refusal;
    return passed(
      verdicts.map((one) => ("found" in one ? one.found : "")).join("; "),
      verdicts.flatMap((one) => ("reliedOn" in one ? one.reliedOn : [])),
    );
  },
});

type Checkpoint = SettledSystem["checkpoints"][number];

const checkpointsAfter = (definition: SettledSystem, stage: string): readonly Checkpoint[] => {
  const names = [stageNamed(definition, stage).leave?.checkpoint ?? []].flat();
  return names.map((name) => {
    const found = definition.checkpoints.find((checkpoint) => checkpoint.name === name);
    if (found === undefined) throw new RangeError(`${name} is no checkpoint of the plan`);
    return found;
  });
};

const judgeOne = ({
  checkpoint,
  move,
  definition,
  facts: { now, evidence, changeAuthors },
  since,
}: {
  readonly checkpoint: Checkpoint;
  readonly move: Move;
  readonly definition: SettledSystem;
  readonly facts: Pick<FactValues, "now" | "evidence" | "changeAuthors">;
  readonly since: number;
}): Verdict => {
  const { name, title, decidedBy, consensusOf = [], within } = checkpoint;
  const heard = [...decidedBy, ...consensusOf];
  const { counted, dropped } = counting({
    kind: "checkpoint",
    evidence,
    definition,
    move,
    now,
    longest,
    concerns: (statement) => statement.checkpoint === name && heard.includes(statement.role),
  });
  const soaked = since + (stageNamed(definition, move.from).leave?.soak?.milliseconds ?? 0);
  const due = within === undefined ? Infinity : since + within.milliseconds;
  const inTime = latestOfEach(counted).filter(({ at }) => at >= soaked && at <= due);
  // A no is heard whoever says it, also of somebody whose yes would not count.
  for (const { statement, person } of inTime) {
    const problem = unanswered(checkpoint, statement.answers);
    if (problem !== undefined) {
      const found = `${title}: ${person} ${problem}`;
      return refused({ found, expected: expectedOf(checkpoint), says: found });
    }
  }
  const others = inTime.filter(({ person }) => !changeAuthors.includes(person));
  const signers = others.map((each) => ({ ...each, role: each.statement.role }));
  const filled = distinctPeople(decidedBy, signers);
  if ("by" in filled) {
    return passed(`${title}: ${filled.by.map(({ person }) => person).join(", ")}`, filled.by);
  }
  const titles = listed(filled.missing.map((role) => titleOf(definition, role)));
  const found =
    filled.why === "nobody"
      ? `${title} is not answered by ${titles}`
      : `${title} is for different people to answer: ${titles}`;
  const own = inTime.length > others.length ? "; nobody answers for a change of their own" : "";
  const early = counted.some(({ at }) => at < soaked)
    ? `; what was answered before ${instantInWords(soaked, now)} is not about the whole soak`
    : "";
  const late =
    now > due ? `; it was due within ${inWords({ milliseconds: due - since })}: roll back` : "";
  const command = howToSign(move, filled.missing[0], `--checkpoint ${name}`);
  return refused({
    found,
    expected: expectedOf(checkpoint),
    says: `${found}${own}${early}${late}; ${command}${inPassing(dropped)}`,
  });
};

const expectedOf = ({ questions }: Checkpoint): string =>
  questions.map(({ question, good }) => `${question} ${good}`).join(" ");

/** What each person said last in a role: who answers anew after a look has changed their mind. */
const latestOfEach = (
  counted: readonly Counted<"checkpoint">[],
): readonly Counted<"checkpoint">[] => [
  ...new Map(counted.map((each) => [`${each.statement.role} ${each.person}`, each])).values(),
];

/** What in these answers does not let the cutover go on, in words that follow a person's name. */
const unanswered = (
  { questions }: Checkpoint,
  answers: Counted<"checkpoint">["statement"]["answers"],
): string | undefined => {
  for (const { question, good, otherwise } of questions) {
    const given = answers.filter((answer) => answer.question === question);
    const [only] = given;
    if (only === undefined || given.length > 1) return `has not answered "${question}"`;
    if (only.answer !== good) {
      return `answered "${question}" with ${only.answer}, which means ${otherwise.join(" or ")}`;
    }
  }
  return answers.length === questions.length
    ? undefined
    : "answered a question that the checkpoint does not have";
};
