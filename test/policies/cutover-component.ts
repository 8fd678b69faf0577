import type { PolicyResourceOptions, ResourceValidationArgs } from "@pulumi/policy";
import { unknownCheckingProxy } from "./unknown-checking-proxy.ts";
import { digest, genesis } from "../../definition/ledger.ts";
import { greenWeightAt } from "../../definition/ladder.ts";
import { entered, system } from "./lms-night.ts";

/** What stands for a value that the engine does not know in a preview. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const cutoverUrn =
  "urn:pulumi:rehearsal::cutover::cutover:index:System$cutover:index:Cutover::lms-cutover";

/** What the program declares on a `Cutover` for a move. */
export const cutoverProps = (from: string, to: string): Record<string, unknown> => {
  const green = system.ladder.some(({ name }) => name === to) ? greenWeightAt(system, to) : 0;
  return {
    system: "lms",
    environment: "rehearsal",
    definition: digest(system),
    transition: {
      from,
      to,
      sequence: 3,
      since: new Date(entered).toISOString(),
      follows: genesis,
      sinceCommit: "",
      damage: "",
    },
    weights: { blue: 100 - green, green },
    route: { namespace: "production", name: "lms-vs" },
    alarms: Object.fromEntries(system.thresholds.map(({ name }, index) => [name, String(index)])),
    panels: system.thresholds.map(({ name }) => name),
  };
};

/** How the policy SDK marks a rule as not applicable. */
export class NotApplicable extends Error {}

const options: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

/** A component as the policy SDK hands it to a policy: behind the proxy that throws on unknown values. */
export const cutoverArgs = (
  props: Record<string, unknown>,
  { ignoreChanges = [] as string[], type = "cutover:index:Cutover", urn = cutoverUrn } = {},
): ResourceValidationArgs => ({
  type,
  urn,
  name: "lms-cutover",
  props: unknownCheckingProxy(props),
  opts: { ...options, ignoreChanges },
  stackTags: new Map(),
  isType: () => false,
  asType: () => undefined,
  getConfig: () => ({}) as never,
  notApplicable: (reason) => {
    throw new NotApplicable(reason);
  },
});
