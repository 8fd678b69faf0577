import { passed, refused, rule } from "./rule.ts";

/** No step up on a history that somebody changed. */
export const ledgerIntact = rule({
  name: "ledger-intact",
  sentence: "The history of the cutover is whole and unchanged",
  severity: "critical",
  remediation: "Find out who changed the stack's ledger output; rolling back stays possible.",
  binds: ["forward"],
  needs: [],
  judge: ({ move: { damage } }) =>
    damage === ""
      ? passed("every entry follows the one before")
      : refused({
          found: damage,
          expected: "a ledger whose entries follow one another",
          says: `the ledger is damaged: ${damage}`,
        }),
});
