import { needsOfWayBack } from "../definition/ladder.ts";
import type { Plan } from "../definition/plan.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { Facts, Readings } from "./facts/facts.ts";
import { readingOf } from "./facts/reading-of.ts";
import { known } from "./facts/reading.ts";
import type { Move } from "./move.ts";
import {
  notApplicable,
  refused,
  type Judged,
  type Rule,
  type Severity,
  type Verdict,
} from "./rules/rule.ts";

/** A rule and what it says of a move. */
export interface RuleVerdict {
  readonly rule: string;
  readonly sentence: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
}

/** What all rules say of a move. */
export interface Judgement {
  readonly verdicts: readonly RuleVerdict[];
  /** Whether no rule refuses. */
  readonly allowed: boolean;
  /**
   * When the move is possible at the earliest if nothing else changes, milliseconds since the epoch: only
   * when each refusal passes with time alone.
   */
  readonly nextPossibleAt: number | undefined;
}

/** Asks rules about a move. Reads the facts that the rules need for this kind of move, each once. */
export const judgeMove = async ({
  definition,
  move,
  facts,
  rules,
}: {
  readonly definition: SettledSystem;
  readonly move: Move;
  readonly facts: Facts;
  readonly rules: readonly Rule[];
}): Promise<Judgement> => {
  const asked = await Promise.all(
    rules.map(async (rule) => {
      const readings = await readingsFor(rule, definition, move, facts);
      const judged = { move, definition, facts: readings };
      return { rule, judged, verdict: verdictOf(rule, judged) };
    }),
  );
  const verdicts = asked.map(({ rule, verdict }) => ({
    rule: rule.name,
    sentence: rule.sentence,
    severity: rule.severity,
    verdict,
  }));
  const allowed = asked.every(({ verdict }) => verdict.outcome !== "refused");
  return { verdicts, allowed, nextPossibleAt: allowed ? undefined : nextPossible(asked) };
};

interface Asked {
  readonly rule: Rule;
  readonly judged: Judged;
  readonly verdict: Verdict;
}

/** A soak that ends when the window is closed waits for the next one: rules make each other wait. */
const nextPossible = (asked: readonly Asked[]): number | undefined => {
  let at = -Infinity;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const refusals = asked
      .map(({ rule, judged, verdict }) =>
        turn === 0 ? verdict : verdictOf(rule, atInstant(judged, at)),
      )
      .filter((verdict) => verdict.outcome === "refused");
    if (refusals.length === 0) return at;
    const next = Math.max(...refusals.map(({ nextPossibleAt }) => nextPossibleAt ?? Infinity));
    if (!Number.isFinite(next) || next <= at) return undefined;
    at = next;
  }
  return undefined;
};

/** Far more turns than there are rules that name a time. */
const mostTurns = 20;

/** The same facts at another time. */
const atInstant = ({ facts, ...judged }: Judged, instant: number): Judged => ({
  ...judged,
  facts: facts.now === undefined ? facts : { ...facts, now: known(instant) },
});

/** Whether a move is a way back that the plan ties to a signed order. */
export const waitsForOrder = (
  plan: Pick<Plan, "ladder">,
  move: Pick<Move, "kind" | "from" | "to">,
): boolean => move.kind === "back" && needsOfWayBack(plan, move).length > 0;

/** A move without a verdict is refused, unless it is one that nothing holds up: not even a way back, where that waits. */
export const withoutVerdict = (
  { kind }: Pick<Move, "kind">,
  { ordered, why }: { readonly ordered: boolean; readonly why: string },
): Verdict =>
  (kind === "back" && !ordered) || kind === "recorded"
    ? notApplicable(why)
    : refused({ found: why, expected: "a verdict", says: `not judged: ${why}` });

const verdictOf = (rule: Rule, judged: Judged): Verdict => {
  try {
    return rule.judge(judged);
  } catch (error) {
    return withoutVerdict(judged.move, {
      ordered: waitsForOrder(judged.definition, judged.move),
      why: error instanceof Error ? error.message : String(error),
    });
  }
};

const readingsFor = async (
  rule: Rule,
  definition: SettledSystem,
  move: Move,
  facts: Facts,
): Promise<Readings> => {
  if (!rule.binds.includes(move.kind)) return {};
  if (isExempt(rule, definition, move)) return {};
  const entries = await Promise.all(
    rule.needs.map(async (name) => [name, await readingOf<unknown>(facts[name])] as const),
  );
  return Object.fromEntries(entries);
};

/** An exemption that throws is none: the rule is then judged, and says what is wrong. */
const isExempt = (rule: Rule, definition: SettledSystem, move: Move): boolean => {
  try {
    return rule.exempt?.({ move, definition }) !== undefined;
  } catch {
    return false;
  }
};
