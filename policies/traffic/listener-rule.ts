import {
  at,
  listAt,
  onlyOne,
  routeWeights,
  unreadable,
  type RequestHeader,
  type RouteWeights,
} from "./route-weights.ts";
import type { WeightedResource } from "./weighted-resources.ts";

/** A rule of an Application Load Balancer's listener. */
export const listenerRule: WeightedResource = {
  type: "aws:lb/listenerRule:ListenerRule",
  kind: "listener rule",
  weightsIn: (props) => {
    try {
      const forwards = listAt(at(props, "actions")).filter((one) => at(one, "type") === "forward");
      // One that only redirects or answers by itself sends nobody to a side.
      return forwards.length === 0
        ? undefined
        : forwards.map((action) => weightsOfAction(action, at(props, "conditions")));
    } catch {
      return [unreadable];
    }
  },
};

const weightsOfAction = (action: unknown, conditions: unknown): RouteWeights => {
  const groups = groupsOf(action);
  const names = groups.map(nameOf);
  return {
    ...routeWeights(
      () =>
        groups.map((group, index) => ({
          destination: names[index] === notYet ? `target group ${index + 1}` : names[index],
          weight: at(group, "weight") ?? (groups.length === 1 ? 100 : 1),
        })),
      () => headerOfRule(conditions),
    ),
    unnamed: names.includes(notYet),
  };
};

/** Stands for the name of a target group that is yet to be created. */
const notYet = Symbol("not yet");

/** The target groups of an action; one alone may stand without a list. @throws TypeError where there are none. */
const groupsOf = (action: unknown): readonly unknown[] => {
  const alone = at(action, "targetGroupArn");
  // The provider gives back an empty text where there is a list.
  return alone === undefined || alone === null || alone === ""
    ? listAt(at(at(action, "forward"), "targetGroups"))
    : [{ arn: alone }];
};

/** A target group's name, which its ARN holds; undefined where there is no ARN. */
const nameOf = (group: unknown): unknown => {
  try {
    const arn = at(group, "arn");
    return typeof arn === "string" ? targetGroupName(arn) : undefined;
  } catch {
    // The policy SDK throws where a value is unknown.
    return notYet;
  }
};

/** The name in `arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID`. */
export const targetGroupName = (arn: string): string | undefined =>
  /^arn:[\w-]+:elasticloadbalancing:[^:]*:[^:]*:targetgroup\/([^/]+)\/[^/]+$/.exec(arn)?.[1];

/** What a request must carry to take a rule, where that is one header beside its host and nothing else. */
const headerOfRule = (conditions: unknown): RequestHeader | undefined => {
  const others = listAt(conditions)
    .map((condition) => onlyOne(given(condition)))
    .filter((one) => one?.[0] !== "hostHeader");
  const [kind, header] = others.length === 1 ? (others[0] ?? []) : [];
  const [, value] = onlyOne(at(header, "values")) ?? [];
  const name = at(header, "httpHeaderName");
  return kind === "httpHeader" && typeof name === "string" && typeof value === "string"
    ? { name, value }
    : undefined;
};

/** A condition without the kinds that it is not, which the provider gives back empty. */
const given = (condition: unknown): unknown =>
  typeof condition === "object" && condition !== null
    ? Object.fromEntries(
        Object.keys(condition)
          .map((kind) => [kind, at(condition, kind)] as const)
          .filter(([, of]) => of !== undefined && of !== null && !isEmptyList(of)),
      )
    : condition;

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
