import { isDeepStrictEqual } from "node:util";
import type { LoadBalancing } from "../../world/elb/load-balancing.ts";
import { UNKNOWN, type Properties } from "../property-values.ts";
import { standIn } from "../stand-in.ts";
import { answeringElb, type AwsAccount } from "./aws-account.ts";
import { called } from "./aws-calls.ts";
import {
  inputsOfRule,
  listenerRuleInputs,
  ruleSettings,
  type ListenerRuleInputs,
} from "./listener-rule-inputs.ts";

/** Acts for `aws.lb.ListenerRule` on the load balancing of the world. */
export const listenerRule = standIn<ListenerRuleInputs, AwsAccount>({
  type: "aws:lb/listenerRule:ListenerRule",
  inputs: listenerRuleInputs,
  replaceOn: ["listenerArn"],
  preview: (inputs, _account, { oldOutputs }) => ({
    ...inputs,
    arn: oldOutputs["arn"] ?? UNKNOWN,
  }),
  create: async (inputs, account, { signal }) => {
    const { elb, clock } = answeringElb(account);
    const made = await called(
      "creating ELBv2 Listener Rule",
      () => {
        const settings = ruleSettings(inputs, inputs.priority ?? nextPriority(elb));
        return elb.createRule(inputs.listenerArn, settings, inputs.tags ?? {});
      },
      { clock, signal },
    );
    return { id: made.arn, outputs: outputsOf(inputs, made.arn, made.priority) };
  },
  update: async (id, inputs, account, { signal, oldInputs }) => {
    const { elb, clock } = answeringElb(account);
    const live = await called("reading ELBv2 Listener Rule", () => elb.rule(id), { clock, signal });
    const priority = inputs.priority ?? live.priority;
    // As the provider does: what the program has not changed is left as it is, whoever wrote it.
    const changed = differs(inputs, listenerRuleInputs.parse(oldInputs));
    const settings = changed ? ruleSettings(inputs, priority) : live;
    await called(
      "modifying LB Listener Rule",
      () => elb.modifyRule(id, settings, inputs.tags ?? {}),
      { clock, signal },
    );
    return outputsOf(inputs, id, priority);
  },
  delete: async (id, account, { signal }) => {
    const { elb, clock } = answeringElb(account);
    await called(
      `deleting ELBv2 Listener Rule (${id})`,
      () => {
        elb.deleteRule(id);
      },
      { clock, signal },
    );
  },
  read: (id, account, { oldInputs }) => {
    const { elb } = answeringElb(account);
    const found = elb.rules.find(({ arn }) => arn === id);
    if (found === undefined) return undefined;
    const inputs = { ...oldInputs, ...inputsOfRule(found), tags: elb.tagsOf(id) };
    return { inputs, outputs: outputsOf(inputs, id, found.priority) };
  },
});

const outputsOf = (inputs: Properties, arn: string, priority: number): Properties => ({
  ...inputs,
  priority,
  arn,
});

/** What the provider takes where the program names none: the place behind the last rule. */
const nextPriority = (elb: LoadBalancing): number =>
  Math.max(0, ...elb.rules.map(({ priority }) => priority)) + 1;

/** Whether the program asks for another rule than it did, tags aside. */
const differs = (inputs: ListenerRuleInputs, before: ListenerRuleInputs): boolean => {
  const { tags: _ofNow, ...now } = inputs;
  const { tags: _ofThen, ...then } = before;
  return !isDeepStrictEqual(now, then);
};
