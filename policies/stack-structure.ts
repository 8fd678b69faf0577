import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { loadSystem } from "../definition/catalogue.ts";
import { cutoverType } from "./cutover-type.ts";
import { declaredBy, identityOf } from "./declared.ts";
import { kindOf } from "./move.ts";
import { recordedMark } from "./recorded-mark.ts";
import { routeType, weightsIn } from "./route-weights.ts";

/**
 * Second net, over what the stack holds once all is registered: each VirtualService carries the weights
 * that its `Cutover` was judged by. In an update it comes after the traffic has moved; in a preview it
 * would stop everything in the stack, so it says nothing while any of its systems is rolled back.
 */
export const stackStructure: StackValidationPolicy = {
  name: "stack-structure",
  displayName: "stack structure",
  description: "The traffic resource carries the weights that the gates judged",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Give the traffic resource and its Cutover the same weights.",
  tags: ["cutover"],
  validateStack: async ({ resources }, report) => {
    const cutovers = resources.filter(({ type }) => type === cutoverType);
    if ((await Promise.all(cutovers.map(isRollback))).includes(true)) return;
    for (const route of resources.filter(({ type }) => type === routeType)) {
      const problem = await problemWith(route);
      if (problem !== undefined) report(`refused: ${problem}.`, route.urn);
    }
  },
};

const problemWith = async (route: PolicyResource): Promise<string | undefined> => {
  const judged = cutoverAbove(route);
  if (judged === undefined) return "this VirtualService stands under no Cutover";
  const identity = identityOf(judged.props);
  const { weights } = declaredBy(judged.props);
  if (!identity.known || !weights.known) return undefined;
  const { blue, green } = (await loadSystem(identity.value.system, "Cutover")).environments;
  for (const { hosts, readable } of weightsIn(route.props)) {
    // What a preview does not know yet, the update finds out.
    if (!readable) continue;
    const found = { blue: hosts.get(blue.name) ?? 0, green: hosts.get(green.name) ?? 0 };
    if (found.blue !== weights.value.blue || found.green !== weights.value.green) {
      return `it carries blue ${found.blue}, green ${found.green}; the gates judged blue ${weights.value.blue}, green ${weights.value.green}`;
    }
  }
  return undefined;
};

const isRollback = async ({ props, opts }: PolicyResource): Promise<boolean> => {
  const identity = identityOf(props);
  if (!identity.known) return false;
  const plan = await loadSystem(identity.value.system, "Cutover");
  const recorded = opts.ignoreChanges.includes(recordedMark);
  return (
    !recorded && kindOf(plan, identity.value.transition, { recorded, green: undefined }) === "back"
  );
};

const cutoverAbove = ({ parent }: PolicyResource): PolicyResource | undefined =>
  parent === undefined || parent.type === cutoverType ? parent : cutoverAbove(parent);
