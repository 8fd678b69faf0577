import type { SettledSystem } from "../definition/system.ts";
import { allRules } from "./all-rules.ts";
import type { FactName, Facts, Readings } from "./facts/facts.ts";
import { unknown, type Reading } from "./facts/reading.ts";
import type { Move } from "./move.ts";
import { notApplicable, refused, type Rule, type Severity, type Verdict } from "./rules/rule.ts";

/** A rule and what it says of a move. */
export interface RuleVerdict {
  readonly rule: string;
  readonly sentence: string;
  readonly severity: Severity;
  /** Whether its refusal only tells. */
  readonly advisory: boolean;
  readonly verdict: Verdict;
}

/** What all rules say of a move. */
export interface Judgement {
  readonly verdicts: readonly RuleVerdict[];
  /** Whether no rule refuses, other than those that only tell. */
  readonly allowed: boolean;
  /**
   * When the move is possible at the earliest if nothing else changes, milliseconds since the epoch: only
   * when each refusal passes with time alone.
   */
  readonly nextPossibleAt: number | undefined;
}

/** Asks every rule about a move. Reads the facts that the rules need for this kind of move, each once. */
export const judgeMove = async ({
  definition,
  move,
  facts,
  rules = allRules,
}: {
  readonly definition: SettledSystem;
  readonly move: Move;
  readonly facts: Facts;
  readonly rules?: readonly Rule[];
}): Promise<Judgement> => {
  const verdicts = await Promise.all(
    rules.map(async (rule) => ({
      rule: rule.name,
      sentence: rule.sentence,
      severity: rule.severity,
      advisory: rule.advisory === true,
      verdict: await verdictOf(rule, definition, move, facts),
    })),
  );
  const refusals = verdicts.flatMap(({ verdict, advisory }) =>
    verdict.outcome === "refused" && !advisory ? verdict : [],
  );
  const times = refusals.map(({ nextPossibleAt }) => nextPossibleAt ?? Infinity);
  const latest = Math.max(...times);
  return {
    verdicts,
    allowed: refusals.length === 0,
    nextPossibleAt: Number.isFinite(latest) ? latest : undefined,
  };
};

/** A move without a verdict is refused, unless it is one that nothing holds up. */
export const withoutVerdict = ({ kind }: Pick<Move, "kind">, why: string): Verdict =>
  kind === "back" || kind === "recorded"
    ? notApplicable(why)
    : refused({ found: why, expected: "a verdict", says: `not judged: ${why}` });

const verdictOf = async (
  rule: Rule,
  definition: SettledSystem,
  move: Move,
  facts: Facts,
): Promise<Verdict> => {
  try {
    const readings = await readingsFor(rule, definition, move, facts);
    return rule.judge({ move, definition, facts: readings });
  } catch (error) {
    return withoutVerdict(move, error instanceof Error ? error.message : String(error));
  }
};

const readingsFor = async (
  rule: Rule,
  definition: SettledSystem,
  move: Move,
  facts: Facts,
): Promise<Readings> => {
  if (!rule.binds.includes(move.kind)) return {};
  if (rule.exempt?.({ move, definition }) !== undefined) return {};
  const entries = await Promise.all(
    rule.needs.map(async (name) => [name, await settled(name, facts)] as const),
  );
  return Object.fromEntries(entries);
};

/** A reader that throws is a fact that nobody knows. */
const settled = async (name: FactName, facts: Facts): Promise<Reading<unknown>> => {
  try {
    return await facts[name]();
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
};
