import { isIP } from "node:net";
import * as z from "zod";
import type { HealthCheckConfig } from "../../world/dns/health-checks.ts";

/** Inputs of `aws.route53.HealthCheck` that checks of an endpoint by HTTP or TCP have; others are refused. */
export const healthCheckInputs = z
  .strictObject({
    type: z.enum(["HTTP", "TCP"]),
    ipAddress: z
      .string()
      .refine((address) => isIP(address) > 0, "expected to contain a valid IP address")
      .optional(),
    fqdn: z.string().max(255).optional(),
    port: z.int().min(1).max(65_535).optional(),
    resourcePath: z.string().max(255).optional(),
    requestInterval: z.union([z.literal(10), z.literal(30)]).optional(),
    failureThreshold: z.int().min(1).max(10).optional(),
    invertHealthcheck: z.boolean().optional(),
    disabled: z.boolean().optional(),
    referenceName: z.string().max(27).optional(),
    tags: z.record(z.string(), z.string()).optional(),
  })
  .superRefine(({ type, ipAddress, port, resourcePath }, context) => {
    const wrong = (path: string, message: string): void => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    if (ipAddress === undefined) {
      wrong("ipAddress", "is needed in a rehearsal, whose health checkers look names up nowhere");
    }
    if (type === "TCP" && port === undefined) wrong("port", "is required for TCP health checks");
    if (type === "TCP" && resourcePath !== undefined) {
      wrong("resourcePath", "Resource path must not be specified for TCP health checks");
    }
  });

/** Checked inputs of a health check. */
export type HealthCheckInputs = z.infer<typeof healthCheckInputs>;

/** The check that the API would make of it, its defaults filled in. */
export const healthCheckConfig = (inputs: HealthCheckInputs): HealthCheckConfig => ({
  type: inputs.type,
  address: inputs.ipAddress ?? "",
  port: inputs.port ?? 80,
  ...(inputs.resourcePath !== undefined && { path: inputs.resourcePath }),
  ...(inputs.fqdn !== undefined && { host: inputs.fqdn }),
  intervalSeconds: inputs.requestInterval ?? 30,
  failureThreshold: inputs.failureThreshold ?? 3,
  inverted: inputs.invertHealthcheck ?? false,
  disabled: inputs.disabled ?? false,
});
