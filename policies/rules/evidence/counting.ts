import { definitionDigest } from "../../../definition/ledger.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import type { Evidence, Signed } from "../../evidence/evidence.ts";
import type { StatementKind, StatementOf } from "../../evidence/statement.ts";
import type { Move } from "../../move.ts";
import { instantInWords } from "../instant-in-words.ts";

/** Clocks of two machines differ by no more than this, milliseconds. */
const skew = 60_000;

/** A statement that counts, with the time at which it was made, milliseconds since the epoch. */
export type Counted<Kind extends StatementKind> = Signed<StatementOf<Kind>> & {
  readonly at: number;
};

/** Statements of one kind: those that count, the oldest first, and in words why others do not. */
export interface Counting<Kind extends StatementKind> {
  readonly counted: readonly Counted<Kind>[];
  readonly dropped: readonly string[];
}

/**
 * The statements of one kind that count for a move now: about this definition, about this very move where
 * they name one, in force, by a key in force.
 * @param longest how long one counts at the most whatever it says itself, milliseconds.
 * @param concerns whether it is about what the rule asks for.
 */
export const counting = <Kind extends StatementKind>({
  kind,
  evidence,
  definition,
  move,
  now,
  longest = Infinity,
  concerns = () => true,
}: {
  readonly kind: Kind;
  readonly evidence: Evidence;
  readonly definition: SettledSystem;
  readonly move: Move;
  /** Milliseconds since the epoch; nothing where no clock is asked, and then none expires. */
  readonly now: number | undefined;
  readonly longest?: number;
  readonly concerns?: (statement: StatementOf<Kind>) => boolean;
}): Counting<Kind> => {
  const about = definitionDigest(definition);
  const dropped = evidence.rejected
    .filter((each) => each.kind === kind || each.kind === undefined)
    .map(({ file, reason }) => `${file}: ${reason}`);
  const counted: Counted<Kind>[] = [];
  for (const signed of evidence.signed) {
    if (!isOf(kind, signed) || !concerns(signed.statement)) continue;
    const { statement, file } = signed;
    const at = Date.parse(statement.at);
    const problem =
      statement.definition === about && statement.stack === move.stack
        ? (moveProblem(statement, move) ?? timeProblem(signed, at, now ?? at, longest))
        : "it is about another definition or stack";
    if (problem === undefined) counted.push({ ...signed, at });
    else dropped.push(`${file}: ${problem}`);
  }
  return { counted: counted.sort((one, other) => one.at - other.at), dropped };
};

const isOf = <Kind extends StatementKind>(
  kind: Kind,
  signed: Signed,
): signed is Signed<StatementOf<Kind>> => signed.statement.statement === kind;

const moveProblem = (
  statement: StatementOf<StatementKind>,
  { from, to, place }: Move,
): string | undefined => {
  if (!("move" in statement)) return undefined;
  const { move } = statement;
  if (move.from !== from || move.to !== to) return `it is about ${move.from} → ${move.to}`;
  return move.sequence === place?.sequence && move.follows === place.follows
    ? undefined
    : "it was given for a move at another place in the ledger";
};

const timeProblem = (
  { statement, keyValidAfter = -Infinity, keyValidBefore = Infinity }: Signed,
  at: number,
  now: number,
  longest: number,
): string | undefined => {
  const ends = Math.min(Date.parse(statement.until), at + longest);
  if (Number.isNaN(at) || Number.isNaN(ends)) return "its times cannot be read";
  if (at > now + skew) return `it is dated ${instantInWords(at, now)}, which is yet to come`;
  if (now >= ends) return `it expired at ${instantInWords(ends, now)}`;
  const inForce = (instant: number): boolean =>
    instant >= keyValidAfter && instant < keyValidBefore;
  return inForce(at) && inForce(now) ? undefined : "its key is not valid at this time";
};

/** Why files do not count, for the end of a message; empty when there are none. */
export const inPassing = (dropped: readonly string[]): string => {
  const [first, ...others] = dropped;
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : `; ${others.length} more`;
  return ` (not counted: ${first}${more})`;
};
