import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { loadSystem } from "../definition/catalogue.ts";
import { settle } from "../definition/tbd.ts";
import { testersOf } from "../definition/traffic.ts";
import { trafficObject } from "../definition/traffic-object.ts";
import { cutoverType } from "./cutover-type.ts";
import { declaredBy, identityOf } from "./declared.ts";
import { kindOf } from "./move.ts";
import { recordedMark } from "./recorded-mark.ts";
import { isTesters } from "./traffic/route-weights.ts";
import { weightedResource, type WeightedResource } from "./traffic/weighted-resources.ts";

/**
 * Second net, over what the stack holds once all is registered: whatever carries traffic has the weights
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
    for (const route of resources) {
      const weighted = weightedResource(route.type);
      const problem = weighted === undefined ? undefined : await problemWith(route, weighted);
      if (problem !== undefined) report(`refused: ${problem}.`, route.urn);
    }
  },
};

const problemWith = async (
  route: PolicyResource,
  { kind, weightsIn }: WeightedResource,
): Promise<string | undefined> => {
  const routes = weightsIn(route.props);
  if (routes === undefined) return undefined;
  const judged = cutoverAbove(route);
  if (judged === undefined) return `this ${kind} stands under no Cutover`;
  const identity = identityOf(judged.props);
  const { weights } = declaredBy(judged.props);
  if (!identity.known || !weights.known) return undefined;
  const { system, environment } = identity.value;
  const plan = await loadSystem(system, "Cutover");
  const definition = settle(
    { traffic: plan.traffic, workload: plan.workload, environments: plan.environments },
    { rehearsal: environment === "rehearsal", file: `stacks/${system}.ts` },
  );
  const { blue, green } = trafficObject(definition).destinations;
  for (const { header, destinations, oneSide = false, readable, unnamed = false } of routes) {
    // What a preview does not know yet, the update finds out.
    if (!readable || unnamed) continue;
    if (isTesters(header, testersOf(definition.traffic))) continue;
    if (oneSide && !destinations.has(blue) && !destinations.has(green)) {
      return `it carries ${[...destinations.keys()].join(" and ")}, which is neither ${blue} nor ${green}`;
    }
    const missing = oneSide ? weights.value : { blue: 0, green: 0 };
    const found = {
      blue: destinations.get(blue) ?? missing.blue,
      green: destinations.get(green) ?? missing.green,
    };
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
