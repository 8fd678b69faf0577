import { digest } from "../../definition/ledger.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Evidence, Signed } from "../../policies/evidence/evidence.ts";
import type { Move } from "../../policies/move.ts";
import { askedStatements } from "../../rehearsal/people/asked-statements.ts";
import type { Unsigned } from "../../rehearsal/people/rehearsal-people.ts";

/** A statement as the reader of evidence hands it to rules, its signature verified. */
export const signedBy = (
  person: string,
  statement: Unsigned,
  key: Partial<Signed> = {},
): Signed => ({
  statement: { ...statement, by: `${person}@example.com` },
  person,
  keyValidAfter: undefined,
  keyValidBefore: undefined,
  file: `evidence/${statement.system}/${statement.statement}-${statement.role}.json`,
  sha256: digest(statement),
  ...key,
});

/** Each statement signed by a person of its own for each role. */
export const evidenceOf = (statements: readonly Unsigned[]): Evidence => ({
  signed: statements.map((statement) => signedBy(`the ${statement.role}`, statement)),
  rejected: [],
});

/** What the plan asks people to sign for a move, at a given time. */
export const askedFor = (
  definition: SettledSystem,
  { from, to, stack, place }: Move,
  now: number,
): readonly Unsigned[] =>
  askedStatements(
    definition,
    { from, to, sequence: place?.sequence ?? 1, follows: place?.follows ?? "" },
    { stack, now },
  );
