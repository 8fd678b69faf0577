import { AwsRefusal } from "../aws/refusal.ts";
import type { RuleSettings } from "./model.ts";

/** Limits of the API and of an account as it is at first. */
const mostConditionValues = 5;
const mostTargetGroups = 5;
const mostWeight = 999;
const mostPriority = 50_000;

const invalid = (message: string): AwsRefusal => new AwsRefusal(400, "ValidationError", message);

/** What is wrong with a rule before it is held against its listener; undefined when nothing is. */
export const ruleProblem = ({
  priority,
  conditions,
  action,
}: RuleSettings): AwsRefusal | undefined => {
  if (priority < 1 || priority > mostPriority) {
    return invalid(`Rule priority must be between 1 and ${String(mostPriority)}`);
  }
  if (conditions.length === 0) return invalid("A condition must be specified");
  const values = conditions.flatMap((condition) => condition.values);
  if (values.length > mostConditionValues) {
    return new AwsRefusal(
      400,
      "TooManyConditionValues",
      `A rule can have at most '${String(mostConditionValues)}' condition values`,
    );
  }
  const fields = conditions.map(({ field }) => field).filter((field) => field !== "http-header");
  const twice = fields.find((field, index) => fields.indexOf(field) < index);
  if (twice !== undefined) return invalid(`A rule can only have one '${twice}' condition`);
  const { targetGroups, order } = action;
  if (targetGroups.length === 0 || targetGroups.length > mostTargetGroups) {
    return invalid(`A forward action takes 1 to ${String(mostTargetGroups)} target groups`);
  }
  const outside = targetGroups.find(({ weight }) => weight < 0 || weight > mostWeight);
  if (outside !== undefined) {
    return invalid(
      `Target group weight '${String(outside.weight)}' must be between 0 and ${String(mostWeight)}`,
    );
  }
  return order < 1 || order > mostPriority
    ? invalid(`Action order '${String(order)}' must be between 1 and ${String(mostPriority)}`)
    : undefined;
};
