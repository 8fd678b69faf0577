import { UNKNOWN, type Properties } from "../property-values.ts";
import { standIn } from "../stand-in.ts";
import { answeringElb, type AwsAccount } from "./aws-account.ts";
import { called } from "./aws-calls.ts";
import {
  targetGroupInputs,
  targetGroupSettings,
  type TargetGroupInputs,
} from "./target-group-inputs.ts";

/** Acts for `aws.lb.TargetGroup` on the load balancing of the world. */
export const targetGroup = standIn<TargetGroupInputs, AwsAccount>({
  type: "aws:lb/targetGroup:TargetGroup",
  inputs: targetGroupInputs,
  replaceOn: ["name", "targetType", "port", "protocol", "vpcId"],
  // Both would have one name.
  deleteBeforeReplace: () => true,
  preview: (inputs, _account, { oldOutputs }) => ({
    ...inputs,
    arn: oldOutputs["arn"] ?? UNKNOWN,
  }),
  create: async (inputs, account, { signal }) => {
    const { elb, clock } = answeringElb(account);
    const made = await called(
      `creating ELBv2 Target Group (${inputs.name ?? ""})`,
      () => elb.createTargetGroup(targetGroupSettings(inputs), inputs.tags ?? {}),
      { clock, signal },
    );
    return { id: made.arn, outputs: outputsOf(inputs, made.arn) };
  },
  update: async (id, inputs, account, { signal }) => {
    const { elb, clock } = answeringElb(account);
    await called(
      `modifying ELBv2 Target Group (${id})`,
      () => elb.modifyTargetGroup(id, targetGroupSettings(inputs), inputs.tags ?? {}),
      { clock, signal },
    );
    return outputsOf(inputs, id);
  },
  delete: async (id, account, { signal }) => {
    const { elb, clock } = answeringElb(account);
    await called(
      `deleting ELBv2 Target Group (${id})`,
      () => {
        elb.deleteTargetGroup(id);
      },
      { clock, signal },
    );
  },
  read: (id, account, { oldInputs }) => {
    const { elb } = answeringElb(account);
    const found = elb.targetGroups.find(({ arn }) => arn === id);
    if (found === undefined) return undefined;
    const { healthCheck } = found;
    const inputs = {
      ...oldInputs,
      name: found.name,
      port: found.port,
      vpcId: found.vpcId,
      deregistrationDelay: found.deregistrationDelaySeconds,
      healthCheck: {
        path: healthCheck.path,
        protocol: "HTTP",
        port: "traffic-port",
        matcher: healthCheck.matcher,
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
      tags: elb.tagsOf(id),
    };
    return { inputs, outputs: outputsOf(inputs, id) };
  },
});

/** The provider reports what the API filled in even when the program leaves it out. */
const outputsOf = (inputs: Properties, arn: string): Properties => ({
  deregistrationDelay: 300,
  loadBalancingAlgorithmType: "round_robin",
  ...inputs,
  arn,
});
