import * as z from "zod";
import type { TargetGroupSettings } from "../../world/elb/model.ts";

const seconds = (least: number, most: number) => z.int().min(least).max(most);

/** Inputs of `aws.lb.TargetGroup` that groups of HTTP targets by their addresses have; others are refused. */
export const targetGroupInputs = z
  .strictObject({
    name: z
      .string()
      .max(32, "cannot be longer than 32 characters")
      .regex(/^[0-9A-Za-z-]+$/, "only alphanumeric characters and hyphens allowed")
      .regex(/^(?!-).*(?<!-)$/, "cannot begin or end with a hyphen")
      .regex(/^(?!internal-)/, 'cannot begin with "internal-"'),
    targetType: z.literal("ip"),
    port: z.int().min(1).max(65_535),
    protocol: z.literal("HTTP"),
    vpcId: z.string().min(1),
    deregistrationDelay: seconds(0, 3_600).optional(),
    healthCheck: z
      .strictObject({
        path: z.string().min(1).max(1024),
        protocol: z.literal("HTTP"),
        port: z.literal("traffic-port"),
        matcher: z.string().regex(/^\d{3}$/, "one status, in a rehearsal"),
        interval: seconds(5, 300),
        timeout: seconds(2, 120),
        healthyThreshold: z.int().min(2).max(10),
        unhealthyThreshold: z.int().min(2).max(10),
      })
      .refine(({ interval, timeout }) => timeout < interval, {
        path: ["timeout"],
        message: "Health check interval must be greater than the timeout",
      }),
    tags: z.record(z.string().max(128), z.string().max(256)).optional(),
  })
  .required({ name: true });

/** Checked inputs of a target group. */
export type TargetGroupInputs = z.infer<typeof targetGroupInputs>;

/** The group that the API would make of it, its defaults filled in. */
export const targetGroupSettings = ({
  name,
  port,
  vpcId,
  deregistrationDelay,
  healthCheck,
}: TargetGroupInputs): TargetGroupSettings => ({
  ...{ name, port, vpcId },
  deregistrationDelaySeconds: deregistrationDelay ?? 300,
  healthCheck: {
    path: healthCheck.path,
    matcher: healthCheck.matcher,
    intervalSeconds: healthCheck.interval,
    timeoutSeconds: healthCheck.timeout,
    healthyThreshold: healthCheck.healthyThreshold,
    unhealthyThreshold: healthCheck.unhealthyThreshold,
  },
});
