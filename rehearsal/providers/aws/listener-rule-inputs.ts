import * as z from "zod";
import type { RuleCondition, RuleSettings } from "../../world/elb/model.ts";

const arn = z.string().regex(/^arn:[\w-]+:elasticloadbalancing:/, "is an invalid ARN");
const values = z.array(z.string().min(1).max(128)).min(1);

const condition = z
  .strictObject({
    hostHeader: z.strictObject({ values }).optional(),
    httpHeader: z
      .strictObject({
        httpHeaderName: z.string().regex(/^[\w!#$%&'*+,.^`|~-]{1,40}$/, "invalid header name"),
        values,
      })
      .optional(),
    pathPattern: z.strictObject({ values }).optional(),
  })
  .refine((kinds) => Object.values(kinds).filter((kind) => kind !== undefined).length === 1, {
    message: "expected exactly one condition type in a condition block",
  });

const action = z.strictObject({
  type: z.literal("forward"),
  order: z.int().min(1).max(50_000).optional(),
  forward: z.strictObject({
    targetGroups: z
      .array(
        z.strictObject({
          arn,
          weight: z.int().min(0).max(999, "expected to be in the range (0 - 999)").optional(),
        }),
      )
      .min(1)
      .max(5),
  }),
});

/** Inputs of `aws.lb.ListenerRule` that a rule which forwards has; others are refused. */
export const listenerRuleInputs = z.strictObject({
  listenerArn: arn,
  priority: z.int().min(1).max(50_000).optional(),
  conditions: z.array(condition).min(1),
  actions: z.array(action).min(1).max(1),
  tags: z.record(z.string().max(128), z.string().max(256)).optional(),
});

/** Checked inputs of a listener rule. */
export type ListenerRuleInputs = z.infer<typeof listenerRuleInputs>;

/** The rule that the provider would ask the API for. */
export const ruleSettings = (
  { conditions, actions }: ListenerRuleInputs,
  priority: number,
): RuleSettings => {
  const [only] = actions;
  return {
    priority,
    conditions: conditions.map(conditionOf),
    action: {
      order: only?.order ?? 1,
      targetGroups: (only?.forward.targetGroups ?? []).map((group) => ({
        arn: group.arn,
        weight: group.weight ?? 1,
      })),
    },
  };
};

const conditionOf = ({
  hostHeader,
  httpHeader,
  pathPattern,
}: ListenerRuleInputs["conditions"][number]): RuleCondition =>
  httpHeader !== undefined
    ? { field: "http-header", name: httpHeader.httpHeaderName, values: httpHeader.values }
    : hostHeader !== undefined
      ? { field: "host-header", values: hostHeader.values }
      : { field: "path-pattern", values: pathPattern?.values ?? [] };

/** The inputs that a program would have to write for a rule's conditions and actions. */
export const inputsOfRule = ({ priority, conditions, action }: RuleSettings) => ({
  priority,
  conditions: conditions.map((one) => {
    switch (one.field) {
      case "host-header":
        return { hostHeader: { values: one.values } };
      case "path-pattern":
        return { pathPattern: { values: one.values } };
      case "http-header":
        return { httpHeader: { httpHeaderName: one.name, values: one.values } };
    }
  }),
  actions: [
    {
      type: "forward",
      order: action.order,
      forward: {
        targetGroups: action.targetGroups.map(({ arn: of, weight }) => ({ arn: of, weight })),
      },
    },
  ],
});
