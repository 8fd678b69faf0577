import * as z from "zod";
import type { TargetGroupSettings } from "../../world/elb/model.ts";

const within = (least: number, most: number) => z.int().min(least).max(most).optional();

/** Without these the provider makes a group of another kind, or a name up. */
const needed = ["name", "targetType", "port", "protocol", "vpcId"] as const;

/** Inputs of `aws.lb.TargetGroup` that groups of HTTP targets by their addresses have; others are refused. */
export const targetGroupInputs = z
  .strictObject({
    name: z
      .string()
      .max(32, "cannot be longer than 32 characters")
      .regex(/^[0-9A-Za-z-]+$/, "only alphanumeric characters and hyphens allowed")
      .regex(/^(?!-).*(?<!-)$/, "cannot begin or end with a hyphen")
      .regex(/^(?!internal-)/, 'cannot begin with "internal-"')
      .optional(),
    targetType: z.literal("ip").optional(),
    port: within(1, 65_535),
    protocol: z.literal("HTTP").optional(),
    vpcId: z.string().min(1).optional(),
    deregistrationDelay: within(0, 3_600),
    healthCheck: z
      .strictObject({
        path: z.string().min(1).max(1024).optional(),
        protocol: z.literal("HTTP").optional(),
        port: z.literal("traffic-port").optional(),
        matcher: z
          .string()
          .regex(/^\d{3}$/, "one status, in a rehearsal")
          .optional(),
        interval: within(5, 300),
        timeout: within(2, 120),
        healthyThreshold: within(2, 10),
        unhealthyThreshold: within(2, 10),
      })
      .refine(({ interval = 30, timeout = 5 }) => timeout < interval, {
        path: ["timeout"],
        message: "Health check interval must be greater than the timeout",
      })
      .optional(),
    tags: z.record(z.string().max(128), z.string().max(256)).optional(),
  })
  .superRefine((inputs, context) => {
    for (const path of needed) {
      if (inputs[path] !== undefined) continue;
      context.addIssue({ code: "custom", path: [path], message: "is needed in a rehearsal" });
    }
  });

/** Checked inputs of a target group. */
export type TargetGroupInputs = z.infer<typeof targetGroupInputs>;

/** The group that the API would make of it, its defaults filled in. */
export const targetGroupSettings = ({
  name = "",
  port = 80,
  vpcId = "",
  deregistrationDelay = 300,
  healthCheck = {},
}: TargetGroupInputs): TargetGroupSettings => ({
  ...{ name, port, vpcId },
  deregistrationDelaySeconds: deregistrationDelay,
  healthCheck: {
    path: healthCheck.path ?? "/",
    matcher: healthCheck.matcher ?? "200",
    intervalSeconds: healthCheck.interval ?? 30,
    timeoutSeconds: healthCheck.timeout ?? 5,
    healthyThreshold: healthCheck.healthyThreshold ?? 5,
    unhealthyThreshold: healthCheck.unhealthyThreshold ?? 2,
  },
});
