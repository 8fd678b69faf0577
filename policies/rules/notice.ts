import type { Plan } from "../../definition/plan.ts";
import { inWords } from "../../definition/units.ts";
import { unbound } from "./calendar/unbound.ts";
import { counting, inPassing } from "./evidence/counting.ts";
import { howToSign } from "./evidence/how-to-sign.ts";
import { instantInWords } from "./instant-in-words.ts";
import { passed, refused, rule } from "./rule.ts";

/**
 * Those concerned have known the date for as long as the plan promises. What people sign is bound to the
 * definition, and the date is part of it: for another date the notice begins anew.
 */
export const notice = rule({
  name: "notice",
  sentence: "The date was announced as long before the first move as the plan promises",
  severity: "high",
  remediation:
    "Announce the date and let its sender sign when that was, or wait for the time named.",
  binds: ["forward"],
  needs: ["now", "evidence"],
  exempt: ({ move, definition }) =>
    definition.calendar.notice === undefined
      ? "the plan promises no notice"
      : unbound({ move, definition }),
  judge({ move, definition, facts: { now, evidence } }) {
    const promised = definition.calendar.notice?.milliseconds ?? Infinity;
    const expected = `${inWords({ milliseconds: promised })} of notice`;
    const senders = noticeSenders(definition);
    const { counted, dropped } = counting({
      kind: "notice",
      evidence,
      definition,
      move,
      now,
      concerns: ({ role }) => senders.includes(role),
    });
    const [first] = counted
      .map((proof) => ({ proof, sentAt: Date.parse(proof.statement.sentAt) }))
      // Nobody can vouch for what is yet to come.
      .filter(({ proof: { at }, sentAt }) => sentAt <= at)
      .sort((one, other) => one.sentAt - other.sentAt);
    if (first === undefined) {
      const found = "nobody has signed when the date was announced";
      const only = senders.length === 1 ? senders[0] : undefined;
      return refused({
        found,
        expected,
        says: `${found}; expected ${expected}; ${howToSign(move, only, "--notice INSTANT")}${inPassing(dropped)}`,
      });
    }
    const nextPossibleAt = first.sentAt + promised;
    const found = `announced at ${instantInWords(first.sentAt, now)}`;
    if (now >= nextPossibleAt) return passed(found, [first.proof]);
    return refused({
      found,
      expected,
      says: `${found}, and the plan promises ${expected}; next possible at ${instantInWords(nextPossibleAt, now)} (in ${inWords({ milliseconds: nextPossibleAt - now })})`,
      nextPossibleAt,
    });
  },
});

/** Roles that may say when the date was announced: who sends what is due before it, otherwise any of the plan. */
export const noticeSenders = ({
  communications,
  roles,
}: Pick<Plan, "communications" | "roles">): readonly string[] => {
  const senders = communications
    .filter(({ atLeastBefore }) => atLeastBefore !== undefined)
    .map(({ sender }) => sender);
  return senders.length === 0 ? Object.keys(roles) : [...new Set(senders)];
};
