import type { ResourceValidationPolicy } from "@pulumi/policy";
import { cutoverType } from "./cutover-type.ts";
import { routeType, weightsIn } from "./route-weights.ts";

/** Traffic is only ever split below a `Cutover`, where the gates stop it, and its weights add up. */
export const trafficUnderCutover: ResourceValidationPolicy = {
  name: "traffic-under-cutover",
  displayName: "traffic under cutover",
  description: "Whatever carries traffic stands under a Cutover, where the gates can stop it",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Declare the VirtualService through components/mesh-split.ts.",
  tags: ["cutover"],
  validateResource: ({ type, urn, props }, report) => {
    if (type !== routeType) return;
    if (!parentTypes(urn).includes(cutoverType)) {
      report("refused: this VirtualService stands under no Cutover, so no gate would stop it.");
    }
    for (const { sum, readable } of weightsIn(props)) {
      if (!readable)
        report("refused: a weight of this VirtualService is not known; expected a number.");
      else if (sum !== 100)
        report(`refused: the weights of a route add up to ${sum}; expected 100.`);
    }
  },
};

/** Types of the resources above one, outermost first: `urn:pulumi:STACK::PROJECT::A$B$TYPE::NAME`. */
const parentTypes = (urn: string): readonly string[] =>
  (urn.split("::")[2] ?? "").split("$").slice(0, -1);
