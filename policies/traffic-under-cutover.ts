import type { ResourceValidationPolicy } from "@pulumi/policy";
import { cutoverType } from "./cutover-type.ts";
import { weightedResource } from "./traffic/weighted-resources.ts";

/** Traffic is only ever split below a `Cutover`, where the gates stop it, and its weights add up. */
export const trafficUnderCutover: ResourceValidationPolicy = {
  name: "traffic-under-cutover",
  displayName: "traffic under cutover",
  description: "Whatever carries traffic stands under a Cutover, where the gates can stop it",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Declare it through its mechanism's component: see components/traffic-split.ts.",
  tags: ["cutover"],
  validateResource: ({ type, urn, props }, report) => {
    const weighted = weightedResource(type);
    const routes = weighted?.weightsIn(props);
    if (weighted === undefined || routes === undefined) return;
    const { kind } = weighted;
    if (!parentTypes(urn).includes(cutoverType)) {
      report(`refused: this ${kind} stands under no Cutover, so no gate would stop it.`);
    }
    for (const { sum, oneSide = false, readable, notYet = false } of routes) {
      if (notYet) continue;
      if (!readable) report(`refused: a weight of this ${kind} is not known; expected a number.`);
      else if (!oneSide && sum !== 100)
        report(`refused: the weights of a route add up to ${sum}; expected 100.`);
    }
  },
};

/** Types of the resources above one, outermost first: `urn:pulumi:STACK::PROJECT::A$B$TYPE::NAME`. */
const parentTypes = (urn: string): readonly string[] =>
  (urn.split("::")[2] ?? "").split("$").slice(0, -1);
