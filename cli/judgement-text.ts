import type { GateOutcome } from "../definition/ledger.ts";
import type { Judgement } from "../policies/judge.ts";
import { verdictText } from "../policies/rules/rule.ts";
import { isoInstant } from "./iso-instant.ts";

/** A gate's verdict, as every command prints it. */
export interface GateAnswer {
  readonly policy: string;
  readonly outcome: GateOutcome;
  readonly message: string;
  /** When it would pass if nothing else changed, ISO 8601 UTC; null where time alone does not help. */
  readonly nextPossibleAt: string | null;
}

/** What all gates say of a move. */
export interface JudgementAnswer {
  readonly allowed: boolean;
  /** The earliest instant at which time alone lets the move through; null where it does not. */
  readonly nextPossibleAt: string | null;
  readonly gates: readonly GateAnswer[];
}

/** A judgement as JSON has it. */
export const judgementAnswer = ({
  allowed,
  nextPossibleAt,
  verdicts,
}: Judgement): JudgementAnswer => ({
  allowed,
  nextPossibleAt: isoInstant(nextPossibleAt),
  gates: verdicts.map(({ rule, verdict }) => ({
    policy: rule,
    outcome: verdict.outcome,
    message: verdictText(verdict),
    nextPossibleAt: isoInstant(verdict.outcome === "refused" ? verdict.nextPossibleAt : undefined),
  })),
});

/** The gates that have something to say, a line each. */
export const judgementText = ({ allowed, nextPossibleAt, gates }: JudgementAnswer): string => {
  const refusing = gates.filter(({ outcome }) => outcome === "refused");
  const head = allowed
    ? `The gates let it through (${gates.filter(({ outcome }) => outcome === "passed").length} passed).`
    : `The gates refuse${nextPossibleAt === null ? "" : `; next possible at ${nextPossibleAt}`}:`;
  const lines = refusing.map(({ policy, message }) => `  ${policy}: ${message}`);
  return [head, ...lines].join("\n");
};
