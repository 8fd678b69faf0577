import { nothingYet } from "../../definition/ledger.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Unsigned } from "./rehearsal-people.ts";

/** What people do wrong when they sign, or somebody with what they have signed. */
export type SigningMistake =
  | "does not answer"
  | "answers no"
  | "changes an answer after it was signed"
  | "leaves an item open"
  | "signs for an old backup";

export const signingMistakes: readonly SigningMistake[] = [
  "does not answer",
  "answers no",
  "changes an answer after it was signed",
  "leaves an item open",
  "signs for an old backup",
];

/** What is signed when somebody makes a mistake. */
export const mistaken = (
  mistake: SigningMistake,
  asked: readonly Unsigned[],
  { backups }: Pick<SettledSystem, "backups">,
): readonly Unsigned[] => {
  const longest = Math.max(
    ...backups
      .filter(({ madeIn = nothingYet }) => madeIn === nothingYet)
      .map(({ notOlderThan }) => notOlderThan.milliseconds),
  );
  const earlier = (instant: string): string =>
    new Date(Date.parse(instant) - longest).toISOString();
  switch (mistake) {
    case "does not answer":
      return asked.filter(({ statement }) => statement !== "checkpoint");
    case "answers no":
    case "changes an answer after it was signed":
      return asked.map((each) => (each.statement === "checkpoint" ? turned(each) : each));
    case "leaves an item open":
      return asked.map((each) =>
        each.statement === "checklist" && each.done.length > 1
          ? { ...each, done: each.done.slice(1) }
          : each,
      );
    case "signs for an old backup":
      return asked.map((each) =>
        each.statement === "backup" ? { ...each, takenAt: earlier(each.takenAt) } : each,
      );
  }
};

/** The first answer turned round. */
const turned = (each: Extract<Unsigned, { statement: "checkpoint" }>): Unsigned => ({
  ...each,
  answers: each.answers.map(({ question, answer }, index) => ({
    question,
    answer: index > 0 ? answer : answer === "yes" ? "no" : "yes",
  })),
});
