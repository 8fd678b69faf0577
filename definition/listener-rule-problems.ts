import { z } from "zod";
import type { Problem } from "./bad-input.ts";
import { part } from "./limits-shape.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { SystemDefinition } from "./system.ts";
import type { Settled } from "./tbd.ts";
import type { AlbListenerRule } from "./traffic.ts";

/** The most values that all conditions of a rule have together. */
const mostConditionValues = 5;

const place = "a whole number from 2, whose predecessor is the testers', to 50000";
const sides = (side: z.ZodType) => z.object({ blue: side, green: side });

/** What Elastic Load Balancing takes of a rule, as its API reference says. */
const ruleShape = (mostHosts: number) => {
  const hosts = `1 to ${mostHosts} host names, in lower case and without wildcards`;
  return z.strictObject({
    mechanism: z.literal("alb listener rule"),
    listenerArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:listener\/app\/[\w-]+\/[0-9a-f]+\/[0-9a-f]+$/,
        "the ARN of a listener of an Application Load Balancer",
      ),
    vpcId: z
      .string()
      .regex(/^vpc-[0-9a-f]{8,17}$/, "the id of a VPC, for example vpc-0a1b2c3d4e5f67890"),
    priority: z.int(place).min(2, place).max(50_000, place),
    hosts: z
      .array(z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?$/, hosts))
      .min(1, hosts)
      .max(mostHosts, hosts),
    testers: z
      .strictObject({
        atMost: part,
        header: z
          .string()
          .regex(/^(?!host$)[\w!#$%&'*+.^`|~-]{1,40}$/i, "a header of 40 characters, not Host"),
        // Of a value `*` and `?` would be taken for patterns, and let in more people than are meant.
        value: z.string().regex(/^[^*?\\]{1,128}$/, "at most 128 characters, without * and ?"),
      })
      .optional(),
  });
};

const named = z.object({
  name: z
    .string()
    .regex(
      /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
      "a name for its target group: at most 32 letters, digits and hyphens, none at its ends",
    ),
});

const draining = "whole seconds, at most an hour, as a target group drains no longer";
const drains = z.object({
  milliseconds: z.number().min(0, draining).max(3_600_000, draining).multipleOf(1_000, draining),
});

/** What a load balancer would refuse of a system whose traffic one of its rules splits, or misunderstand. */
export const listenerRuleProblems = (
  { workload, environments }: Pick<SystemDefinition, "workload" | "environments">,
  rule: Settled<AlbListenerRule>,
): Problem[] => {
  const mostHosts = mostConditionValues - (rule.testers === undefined ? 0 : 1);
  return [
    ...shapeProblems(ruleShape(mostHosts), rule, "traffic"),
    ...shapeProblems(sides(named), environments, "environments"),
    ...shapeProblems(z.object({ drainFor: drains }), workload, "workload"),
  ];
};
