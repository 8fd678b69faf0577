import { PolicyPack } from "@pulumi/policy";
import { allRules } from "../../../../policies/all-rules.ts";
import { noSources } from "../../../../policies/facts/sources.ts";
import { gatePolicy } from "../../../../policies/gate-policy.ts";
import { leaveVerdicts } from "../../../../policies/handed-verdicts.ts";
import { Sittings } from "../../../../policies/sittings.ts";
import { caseNamed } from "../cases.ts";

/*
 * The real pack's gates, one sitting for all of them as there. Only their facts do not come from outside: a case, which
 * the component names as its system, has them ready.
 */
const sittings = new Sittings(
  {
    load: async (name) => caseNamed(name).definition,
    open: () => noSources("nobody is asked"),
    rules: allRules.map((rule) => ({
      ...rule,
      needs: [],
      judge: (judged) =>
        rule.judge({ ...judged, facts: caseNamed(judged.move.system).facts(judged.move) }),
    })),
  },
  (move, judgement) => leaveVerdicts(move, judgement, process.env),
);

new PolicyPack("cutover-gates", {
  enforcementLevel: "mandatory",
  policies: allRules.map((rule) => gatePolicy(rule, sittings)),
});
