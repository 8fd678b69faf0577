import { allRules } from "../../policies/all-rules.ts";
import { rollbackAuthority } from "../../policies/rules/rollback-authority.ts";

const rules = [...allRules, rollbackAuthority].map(
  ({ name }) => [name, `policies/rules/${name}.ts`] as const,
);

/** Whatever can judge a row of a plan: its file by its name. Rules first, then what is no rule. */
export const judges: ReadonlyMap<string, string> = new Map([
  ...rules,
  ["stack-structure", "policies/stack-structure.ts"],
  ["traffic-under-cutover", "policies/traffic-under-cutover.ts"],
  ["evidence reader", "policies/evidence/read-evidence.ts"],
  ["config validation", "definition/stage-config.ts"],
  ["plan validation", "definition/plan-problems.ts"],
  ["open values", "definition/tbd.ts"],
  ["ledger", "definition/ledger.ts"],
  ["retention check", "operator/retention.ts"],
  ["continuous integration", ".ci/run"],
]);
