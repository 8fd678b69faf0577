import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { inWords } from "../definition/units.ts";
import { cutoverType } from "./cutover-type.ts";
import { withoutVerdict } from "./judge.ts";
import { refused, type Rule, type Verdict } from "./rules/rule.ts";
import type { Sittings } from "./sittings.ts";

/**
 * How long a policy waits for its verdict: longer than any reading with its retry takes, and well within
 * the patience of a person who watches an update.
 */
const deadlineMilliseconds = 30_000;

/** A rule as a policy: it judges each system's `Cutover` component, and nothing else. */
export const gatePolicy = (
  rule: Rule,
  sittings: Sittings,
  deadline = deadlineMilliseconds,
): ResourceValidationPolicy => ({
  name: rule.name,
  displayName: rule.name.replaceAll("-", " "),
  description: rule.sentence,
  enforcementLevel: "mandatory",
  severity: rule.severity,
  remediationSteps: rule.remediation,
  tags: ["cutover", ...rule.binds],
  validateResource: async (args, report) => {
    if (args.type !== cutoverType) return;
    const verdict = await verdictOf(rule, args, sittings, deadline);
    if (verdict.outcome === "refused") report(verdict.message);
    // Last, as it throws: that is how the SDK notes it.
    if (verdict.outcome === "not-applicable") args.notApplicable(verdict.why);
  },
});

/** The rule's verdict. Where none comes about the move is refused, unless it is one that nothing holds up. */
const verdictOf = async (
  rule: Rule,
  { urn, props, opts }: ResourceValidationArgs,
  sittings: Sittings,
  deadline: number,
): Promise<Verdict> => {
  const late = `no verdict within ${inWords({ milliseconds: deadline })}`;
  const component = { urn, props, ignoreChanges: opts.ignoreChanges };
  const sitting = await within(deadline, sittings.of(component, rule.name));
  if (sitting?.known !== true) {
    const found = sitting?.reason ?? late;
    return refused({ found, expected: "a move that can be judged", says: `not judged: ${found}` });
  }
  const { move, ordered, judgement } = sitting.value;
  const without = (why: string): Verdict => withoutVerdict(move, { ordered, why });
  try {
    const judged = await within(deadline, judgement);
    if (judged === undefined) return without(late);
    const own = judged.verdicts.find((one) => one.rule === rule.name);
    return own?.verdict ?? without("the rule was not asked");
  } catch (error) {
    return without(error instanceof Error ? error.message : String(error));
  }
};

/** What a promise gives within a time limit, otherwise nothing. */
const within = async <T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
