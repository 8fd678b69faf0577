import { rung, stageNamed } from "../../definition/ladder.ts";
import { hours } from "../../definition/units.ts";
import { counting, inPassing } from "./evidence/counting.ts";
import { distinctPeople } from "./evidence/distinct-people.ts";
import { howToSign, listed, titleOf } from "./evidence/how-to-sign.ts";
import { passed, refused, rule } from "./rule.ts";

/** A word for a move counts for a day at the most, as a go decision does (S1-24). */
const longest = hours(24).milliseconds;

/** The roles that the plan names approve the move, each a different person and none who made the change. */
export const approvals = rule({
  name: "approvals",
  sentence: "Everybody whom the plan names has approved this move, and nobody approved their own",
  severity: "critical",
  remediation: "Let those whom the message names review the change and sign.",
  binds: ["forward"],
  needs: ["now", "evidence", "changeAuthors", "runningPlan"],
  exempt: ({ move: { from }, definition }) =>
    rung(definition, from) >= 0 && rolesFor(definition, from).length === 0
      ? `the plan asks nobody to approve leaving ${from}`
      : undefined,
  judge({ move, definition, facts: { now, evidence, changeAuthors, runningPlan } }) {
    const roles = rolesFor(definition, move.from);
    const { counted, dropped } = counting({
      kind: "approval",
      evidence,
      definition,
      move,
      now,
      longest,
      concerns: ({ role }) => roles.includes(role),
    });
    const others = counted.filter(({ person }) => !changeAuthors.includes(person));
    const bound = others.filter(({ statement: { plan } }) => (plan ?? runningPlan) === runningPlan);
    const signers = bound.map((each) => ({ ...each, role: each.statement.role }));
    const { signedInOrder } = stageNamed(definition, move.from).leave ?? {};
    const filled = distinctPeople(roles, signers, signedInOrder);
    if ("by" in filled) {
      return passed(
        filled.by.map(({ role, person }) => `${titleOf(definition, role)}: ${person}`).join(", "),
        filled.by,
      );
    }
    const titles = filled.missing.map((role) => titleOf(definition, role));
    const found = {
      nobody: `${move.from} → ${move.to} is not approved by ${listed(titles)}`,
      "same person": `${listed(titles)} must be different people`,
      order: `${listed(titles)} must approve one after another, in this order`,
    }[filled.why];
    const own = counted.length > others.length ? "; nobody approves a change of their own" : "";
    const plan =
      others.length > bound.length
        ? `; an approval is for another plan than the update keeps to (CUTOVER_PLAN)`
        : "";
    const expected = `approval by ${listed(titles, roles.length)}`;
    const command = howToSign(move, filled.missing[0], `--to ${move.to}`);
    return refused({
      found,
      expected,
      says: `${found}${own}${plan}; ${command}${inPassing(dropped)}`,
    });
  },
});

const rolesFor = (definition: Parameters<typeof stageNamed>[0], stage: string): readonly string[] =>
  stageNamed(definition, stage).leave?.signedBy ?? [];
