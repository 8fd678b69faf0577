import type { BrokenGlass } from "../../definition/ledger.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { factTitles, type FactName, type FactValues, type Readings } from "../facts/facts.ts";
import type { Signed } from "../evidence/evidence.ts";
import type { Move, MoveKind } from "../move.ts";

/** A signed file, by its name and the SHA-256 of its text. */
export type Proof = Pick<Signed, "file" | "sha256">;

/** What a rule says of a move. */
export type Verdict =
  | {
      readonly outcome: "passed";
      readonly found: string;
      /** Signed files without which it would have refused. */
      readonly reliedOn?: readonly Proof[];
      /** Who let it pass without what it asks for. */
      readonly brokenGlass?: BrokenGlass;
    }
  | {
      readonly outcome: "refused";
      /** One line for an operator. */
      readonly message: string;
      readonly found: string;
      readonly expected: string;
      /** When the rule would pass if nothing else changed, milliseconds since the epoch. */
      readonly nextPossibleAt?: number;
    }
  | { readonly outcome: "not-applicable"; readonly why: string };

/** How bad it would be to move all the same. */
export type Severity = "medium" | "high" | "critical";

/** A move with the facts that one rule needs, all of them known. */
export interface Night<Need extends FactName> {
  readonly move: Move;
  readonly definition: SettledSystem;
  readonly facts: Pick<FactValues, Need>;
}

/** A move with whatever was read. */
export interface Judged {
  readonly move: Move;
  readonly definition: SettledSystem;
  readonly facts: Readings;
}

interface About {
  readonly name: string;
  /** What it holds to, in one sentence that a release manager understands. */
  readonly sentence: string;
  readonly severity: Severity;
  /** What to do when it refuses. */
  readonly remediation: string;
  /** The moves that it may refuse. */
  readonly binds: readonly MoveKind[];
  /** Why the plan asks nothing of it for this move, if so: no fact is read then, nor missed. */
  readonly exempt?: (judged: Pick<Judged, "move" | "definition">) => string | undefined;
}

/** A gate: a pure function from a move and facts to a verdict. */
export interface Rule extends About {
  readonly needs: readonly FactName[];
  readonly judge: (judged: Judged) => Verdict;
}

/**
 * Declares a rule. What every rule promises is kept here: a move that it does not bind passes before any
 * fact is looked at (so that no rule that leaves out `back` can hold up a rollback), and an upward move is
 * refused while a fact that the rule needs is unknown.
 */
export const rule = <const Need extends FactName>({
  judge,
  needs,
  ...about
}: About & {
  readonly needs: readonly Need[];
  readonly judge: (night: Night<Need>) => Verdict;
}): Rule => ({
  ...about,
  needs,
  judge: ({ move, definition, facts }) => {
    if (!about.binds.includes(move.kind)) return notApplicable(unbound[move.kind]);
    const exemption = about.exempt?.({ move, definition });
    if (exemption !== undefined) return notApplicable(exemption);
    const values: Partial<Record<FactName, unknown>> = {};
    for (const name of needs) {
      const reading = facts[name];
      if (reading?.known !== true) {
        return unread(move.kind, name, reading?.reason ?? "nobody read it", reading?.notYet);
      }
      values[name] = reading.value;
    }
    // Every needed name has just been given its value.
    return judge({ move, definition, facts: values as Pick<FactValues, Need> });
  },
});

const unbound: Readonly<Record<MoveKind, string>> = {
  begin: "nothing is live yet",
  forward: "it holds for other moves",
  back: "nothing holds up a move back",
  recorded: "the ledger holds this move already",
};

const unread = (kind: MoveKind, name: FactName, reason: string, notYet?: true): Verdict => {
  const found = `nobody knows ${factTitles[name]}: ${reason}`;
  if (kind === "recorded") return notApplicable(`nothing moves, and ${found}`);
  // On the very first preview alarms do not exist; the update judges again once it has created them.
  if (kind === "begin" && notYet === true) return notApplicable(reason);
  return refused({ found, expected: factTitles[name], says: found });
};

/** The move may go on, as far as this rule is concerned. */
export const passed = (found: string, reliedOn: readonly Proof[] = []): Verdict => ({
  outcome: "passed",
  found,
  ...(reliedOn.length > 0 && {
    reliedOn: reliedOn.map(({ file, sha256 }) => ({ file, sha256 })),
  }),
});

/** The rule has nothing to say about this move. */
export const notApplicable = (why: string): Verdict => ({ outcome: "not-applicable", why });

/** The move must not happen. The message says what was found and expected unless `says` words it. */
export const refused = ({
  found,
  expected,
  says,
  nextPossibleAt,
}: {
  readonly found: string;
  readonly expected: string;
  readonly says?: string;
  readonly nextPossibleAt?: number;
}): Verdict => ({
  outcome: "refused",
  message: oneLine(`refused: ${says ?? `${found}; expected ${expected}`}.`),
  found,
  expected,
  ...(nextPossibleAt !== undefined && { nextPossibleAt }),
});

/** What a verdict says, in one line. */
export const verdictText = (verdict: Verdict): string => {
  if (verdict.outcome === "refused") return verdict.message;
  return verdict.outcome === "passed" ? verdict.found : verdict.why;
};

/** Reasons come from outside; a message stays one line whatever they hold. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").replace(/\.+$/, ".");
