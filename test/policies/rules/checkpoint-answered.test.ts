import { describe, expect, test } from "vitest";
import { minutes as duration } from "../../../definition/units.ts";
import { checkpointAnswered } from "../../../policies/rules/checkpoint-answered.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import { nxop } from "../../definition/plans/nxop.ts";
import {
  entered,
  messageOf,
  minutes,
  move,
  night,
  outcome,
  system,
  without,
} from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { askedFor, signedBy } from "../signed-evidence.ts";

type Answers = readonly { readonly question: string; readonly answer: "yes" | "no" }[];

const canary = move("canary", "half");
const now = entered + minutes(30);
/** Checkpoint 1 answered so many minutes into the canary, with some answers changed. */
const answered = (after: number, changes: Record<string, "yes" | "no"> = {}): Unsigned => {
  const [asked] = askedFor(system, canary, entered + minutes(after));
  if (asked?.statement !== "checkpoint") throw new Error("the plan asks for no checkpoint");
  const answers: Answers = asked.answers.map(({ question, answer }) => ({
    question,
    answer: changes[question] ?? answer,
  }));
  return { ...asked, answers: [...answers] };
};
const judged = (
  words: readonly Unsigned[],
  { person = "the manager", authors = ["an engineer"] } = {},
) =>
  checkpointAnswered.judge(
    night(canary, {
      now,
      evidence: { signed: words.map((word) => signedBy(person, word)), rejected: [] },
      changeAuthors: authors,
    }),
  );

describe("S1-77: Checkpoint 1 is the Release Manager's, bound to this move", () => {
  test("every answer says go on: passed", () =>
    expect(judged([answered(20)])).toEqual({
      outcome: "passed",
      found: "Checkpoint 1: the manager",
      reliedOn: [
        {
          file: "evidence/lms/checkpoint-releaseManager.json",
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        },
      ],
    }));
  test("not answered: refused, with the command that asks for the answers", () =>
    expect(messageOf(judged([]))).toBe(
      "refused: Checkpoint 1 is not answered by Release Manager; sign: cutover approve lms --stack rehearsal --checkpoint checkpoint-1 --as releaseManager.",
    ));
  test.for([
    ["Is the error rate acceptable?", "no", "roll back"],
    ["Are there critical alerts?", "yes", "investigate or roll back"],
  ] as const)("%s %s: refused", ([question, answer, otherwise]) =>
    expect(messageOf(judged([answered(20, { [question]: answer })]))).toBe(
      `refused: Checkpoint 1: the manager answered "${question}" with ${answer}, which means ${otherwise}.`,
    ),
  );
  test("S1-107: a team that does not agree holds the move", () =>
    expect(messageOf(judged([answered(20, { "Does the team agree to go on?": "no" })]))).toContain(
      "which means hold",
    ));
  test("S1-107: a no that one of the team signs is heard; their yes decides nothing", () => {
    const voice = (role: string, changes: Record<string, "yes" | "no"> = {}) => ({
      ...answered(20, changes),
      role,
    });
    const withVoice = (word: Unsigned) =>
      checkpointAnswered.judge(
        night(canary, {
          now,
          evidence: {
            signed: [signedBy("the manager", answered(20)), signedBy("the tester", word)],
            rejected: [],
          },
        }),
      );
    expect(withVoice(voice("qa")).outcome).toBe("passed");
    expect(messageOf(withVoice(voice("qa", { "Does the team agree to go on?": "no" })))).toContain(
      'the tester answered "Does the team agree to go on?" with no, which means hold',
    );
    // Whoever has no voice there neither holds it nor lets it go.
    expect(withVoice(voice("platform", { "Does the team agree to go on?": "no" })).outcome).toBe(
      "passed",
    );
    expect(judged([voice("qa")]).outcome).toBe("refused");
  });
  test("what is said last counts, either way", () => {
    const no = { "Is the error rate acceptable?": "no" } as const;
    expect(judged([answered(20, no), answered(25)]).outcome).toBe("passed");
    expect(judged([answered(20), answered(25, no)]).outcome).toBe("refused");
  });
  test("before the soak has passed nobody can answer for it", () => {
    expect(judged([answered(15)]).outcome).toBe("passed");
    const early = { ...answered(15), at: new Date(entered + minutes(15) - 1_000).toISOString() };
    expect(messageOf(judged([early]))).toContain("is not about the whole soak");
  });
  test("nobody answers for a change of their own, and a no of theirs is heard", () => {
    const own = { authors: ["the manager"] };
    expect(messageOf(judged([answered(20)], own))).toContain("a change of their own");
    expect(
      messageOf(judged([answered(20, { "Is the error rate acceptable?": "no" })], own)),
    ).toContain("which means roll back");
  });
  test.for([
    ["one question left out", (answers: Answers) => answers.slice(1)],
    ["one question twice", (answers: Answers) => [...answers, ...answers.slice(0, 1)]],
    [
      "a question of another checkpoint",
      (answers: Answers) => [...answers, { question: "Really?", answer: "yes" as const }],
    ],
  ] as const)("%s: refused", ([, change]) => {
    const word = answered(20);
    if (word.statement !== "checkpoint") throw new Error("no checkpoint");
    expect(judged([{ ...word, answers: [...change(word.answers)] }]).outcome).toBe("refused");
  });
  test("S1-80: it does not answer the next one", () => {
    const half = move("half", "full");
    const words = { signed: [signedBy("the manager", answered(20))], rejected: [] };
    expect(messageOf(checkpointAnswered.judge(night(half, { evidence: words })))).toContain(
      "Checkpoint 2 is not answered",
    );
    expect(outcome(checkpointAnswered, night(half))).toBe("passed");
  });
});

test("S2-57: two who decide are two people", () => {
  const gate = planNight(nxop, ["validation", "west"], duration(1).milliseconds);
  const words = gate.asked.filter(({ statement }) => statement === "checkpoint");
  const by = (people: readonly string[]) =>
    checkpointAnswered.judge(
      withFacts(gate, {
        evidence: {
          signed: words.map((word, index) => signedBy(people[index] ?? "", word)),
          rejected: [],
        },
      }),
    );
  expect(words).toHaveLength(2);
  expect(by(["one", "other"]).outcome).toBe("passed");
  expect(messageOf(by(["one", "one"]))).toContain("is for different people to answer");
});

test("a checkpoint that is due and not passed has failed; one second earlier it has not", () => {
  const timed = intelliflow.checkpoints.find(({ within }) => within !== undefined);
  const stage = intelliflow.ladder.findIndex(({ name }) => name === timed?.after);
  const [from, to] = [intelliflow.ladder[stage]?.name, intelliflow.ladder[stage + 1]?.name];
  if (timed?.within === undefined || from === undefined || to === undefined) {
    throw new Error("no checkpoint has a time");
  }
  const due = timed.within.milliseconds;
  expect(checkpointAnswered.judge(planNight(intelliflow, [from, to], due)).outcome).toBe("passed");
  const late = planNight(intelliflow, [from, to], due + 1_000);
  expect(messageOf(checkpointAnswered.judge(late))).toMatch(/it was due within .*: roll back/);
});

test.for(["now", "evidence", "changeAuthors"] as const)("refuses when nobody knows %s", (fact) =>
  expect(outcome(checkpointAnswered, without(night(canary), fact))).toBe("refused"),
);

test("refuses when nobody knows when the stage began", () =>
  expect(outcome(checkpointAnswered, night({ ...canary, since: "" }))).toBe("refused"));

test("where the stage has no checkpoint, none is missed; a rollback never waits for one", () => {
  expect(outcome(checkpointAnswered, night(move("baseline", "canary")))).toBe("not-applicable");
  expect(outcome(checkpointAnswered, night(move("half", "baseline")))).toBe("not-applicable");
});
