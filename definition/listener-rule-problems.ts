import { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import type { SystemDefinition } from "./system.ts";
import type { Testers } from "./traffic.ts";

/** What Elastic Load Balancing takes, as its API reference says. */
const longestDelay = 3_600_000;
const mostConditionValues = 5;

const priority = z.int().min(2).max(50_000);
const host = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?$/);
const targetGroupName = z
  .string()
  .regex(/^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/);
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,40}$/);
// Of a header's value `*` and `?` would be taken for patterns, and let in more people than are meant.
const headerValue = z.string().regex(/^[^*?\\]{1,128}$/);

/** What a load balancer would refuse of a system whose traffic one of its rules splits, or misunderstand. */
export const listenerRuleProblems = ({
  traffic,
  workload,
  environments,
}: Pick<SystemDefinition, "traffic" | "workload" | "environments">): Problem[] => {
  if (traffic.mechanism !== "alb listener rule") return [];
  const mostHosts = mostConditionValues - (traffic.testers === undefined ? 0 : 1);
  return [
    ...unless(
      priority,
      "traffic.priority",
      traffic.priority,
      "a whole number from 2, whose predecessor is the testers', to 50000",
    ),
    ...unless(
      z.array(host).min(1).max(mostHosts),
      "traffic.hosts",
      traffic.hosts,
      `1 to ${mostHosts} host names, in lower case and without wildcards`,
    ),
    ...testersProblems(traffic.testers),
    ...(["blue", "green"] as const).flatMap((side) =>
      unless(
        targetGroupName,
        `environments.${side}.name`,
        environments[side].name,
        "a name for its target group: at most 32 letters, digits and hyphens, none at its ends",
      ),
    ),
    ...unless(
      z.number().min(0).max(longestDelay).multipleOf(1_000),
      "workload.drainFor",
      workload.drainFor.milliseconds,
      "whole seconds, at most an hour, as a target group drains so long",
    ),
  ];
};

const testersProblems = (testers: Testers | undefined): Problem[] =>
  testers === undefined
    ? []
    : [
        ...unless(
          headerName.refine((name) => name.toLowerCase() !== "host"),
          "traffic.testers.header",
          testers.header,
          "a header's name of at most 40 characters, other than Host",
        ),
        ...unless(
          headerValue,
          "traffic.testers.value",
          testers.value,
          "at most 128 characters without * and ?, which a rule takes for patterns",
        ),
      ];

const unless = (schema: z.ZodType, key: string, value: unknown, expected: string): Problem[] =>
  schema.safeParse(value).success ? [] : [{ key, found: shown(value), expected }];
