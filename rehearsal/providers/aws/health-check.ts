import type { Properties } from "../property-values.ts";
import { standIn } from "../stand-in.ts";
import { answeringRoute53, type AwsAccount } from "./aws-account.ts";
import {
  healthCheckConfig,
  healthCheckInputs,
  type HealthCheckInputs,
} from "./health-check-inputs.ts";

/** Acts for `aws.route53.HealthCheck` on the health checkers of the world. */
export const healthCheck = standIn<HealthCheckInputs, AwsAccount>({
  type: "aws:route53/healthCheck:HealthCheck",
  inputs: healthCheckInputs,
  replaceOn: ["type", "requestInterval", "referenceName"],
  create: (inputs, account) => {
    const id = answeringRoute53(account).healthChecks.create(healthCheckConfig(inputs));
    return { id, outputs: outputsOf(inputs, id) };
  },
  update: (id, inputs, account) => {
    answeringRoute53(account).healthChecks.update(id, healthCheckConfig(inputs));
    return outputsOf(inputs, id);
  },
  delete: (id, account) => {
    const { healthChecks } = answeringRoute53(account);
    // What is gone already is no failure.
    if (healthChecks.config(id) !== undefined) healthChecks.remove(id);
  },
  read: (id, account, { oldInputs }) => {
    const found = answeringRoute53(account).healthChecks.config(id);
    if (found === undefined) return undefined;
    const inputs = {
      ...oldInputs,
      type: found.type,
      ipAddress: found.address,
      port: found.port,
      requestInterval: found.intervalSeconds,
      failureThreshold: found.failureThreshold,
      ...(found.path !== undefined && { resourcePath: found.path }),
      ...(found.host !== undefined && { fqdn: found.host }),
      ...(found.inverted && { invertHealthcheck: true }),
      ...(found.disabled && { disabled: true }),
    };
    return { inputs, outputs: outputsOf(inputs, id) };
  },
});

/** The provider reports what the API filled in even when the program leaves it out. */
const outputsOf = (inputs: Properties, id: string): Properties => ({
  failureThreshold: 3,
  requestInterval: 30,
  disabled: false,
  ...inputs,
  arn: `arn:aws:route53:::healthcheck/${id}`,
});
