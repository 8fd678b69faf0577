import { listenerRuleMark } from "../../definition/listener-rule-mark.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Settled } from "../../definition/tbd.ts";
import type { AlbListenerRule, Weights } from "../../definition/traffic.ts";
import { trafficObject } from "../../definition/traffic-object.ts";
import { targetGroupName } from "../traffic/listener-rule.ts";
import { isTesters } from "../traffic/route-weights.ts";
import { agreedWeights } from "./agreed-weights.ts";
import type { AwsConnection } from "./aws-connection.ts";
import { bounded, NotThere } from "./bounded.ts";
import { elasticLoadBalancing, loadBalancingService } from "./elastic-load-balancing.ts";
import {
  conditionPattern,
  forwardOf,
  hostsOf,
  otherConditions,
  type ListenerRule,
  type TargetGroupTuple,
} from "./listener-rules.ts";
import type { LiveRoute } from "./live-route.ts";
import type { Reading } from "./reading.ts";
import { foreignOwners } from "./route-owners.ts";

/**
 * A listener rule as it is in force: its weights as percent of their sum, whether another rule takes its
 * requests before it does, and whether a side that is to get requests has a healthy target.
 */
export const readListenerRule = async (
  connection: AwsConnection,
  system: Pick<SettledSystem, "name" | "workload" | "environments">,
  route: Settled<AlbListenerRule>,
): Promise<Reading<LiveRoute>> => {
  const ask = await elasticLoadBalancing(connection);
  return bounded(loadBalancingService, (signal) =>
    ask(route.listenerArn, signal, async (api) => {
      const rules = await api.rules(route.listenerArn);
      const own = rules.find(({ Priority }) => Priority === String(route.priority));
      if (own === undefined) {
        throw new NotThere(`${route.listenerArn} has no rule of priority ${route.priority}`);
      }
      const before = rulesBefore(own, rules, route);
      const { destinations } = trafficObject({ ...system, traffic: route });
      const groups = groupsOf(own);
      const weights = agreedWeights(
        `listener rule ${route.priority}`,
        "rules",
        [own, ...before.filter((rule) => sendsTo(rule, destinations))].map((rule) =>
          sharesOf(groupsOf(rule), destinations),
        ),
      );
      const [unfit, tags] = await Promise.all([
        api.unfitGroups(groups.filter(({ Weight }) => Weight > 0)),
        api.tags(own.RuleArn),
      ]);
      const problem =
        hostsProblem(own, route) ?? shadowedBy(before) ?? actionProblem(own) ?? unfit[0];
      const order = forwardOf(own)?.Order ?? 1;
      return {
        weights,
        notInForce:
          problem === undefined
            ? undefined
            : `listener rule ${route.priority} is not in force: ${problem}`,
        writtenOver: listenerRuleMark.read(order),
        version: listenerRuleMark.next(order),
        owners: ownersOf(tags, system.name),
      };
    }),
  );
};

/** Rules that a listener looks at before ours, and that can take a request of one of its hosts; not the testers'. */
const rulesBefore = (
  own: ListenerRule,
  rules: readonly ListenerRule[],
  { hosts, testers }: Settled<AlbListenerRule>,
): readonly ListenerRule[] =>
  rules.filter((rule) => {
    // The default rule's place is no number, and behind all others.
    if (!(Number(rule.Priority) < Number(own.Priority))) return false;
    const patterns = hostsOf(rule);
    const taken = hosts.some(
      (host) => patterns?.some((one) => conditionPattern(one).test(host)) ?? true,
    );
    return taken && !isTesters(headerOf(rule), testers);
  });

/** What a request must carry to take a rule, where that is one header beside its host and nothing else. */
const headerOf = (rule: ListenerRule) => {
  const [condition, ...others] = otherConditions(rule);
  const { HttpHeaderName: name, Values: values } = condition?.HttpHeaderConfig ?? {};
  const [value, ...more] = values ?? [];
  return name !== undefined && value !== undefined && others.length === 0 && more.length === 0
    ? { name, value }
    : undefined;
};

const groupsOf = (rule: ListenerRule): readonly TargetGroupTuple[] =>
  forwardOf(rule)?.ForwardConfig?.TargetGroups ?? [];

const sendsTo = (rule: ListenerRule, { blue, green }: Named): boolean =>
  groupsOf(rule).some(({ TargetGroupArn }) =>
    [blue, green].includes(targetGroupName(TargetGroupArn) ?? ""),
  );

interface Named {
  readonly blue: string;
  readonly green: string;
}

/** Shares in percent of the sum of all weights; none where that is 0. */
const sharesOf = (groups: readonly TargetGroupTuple[], { blue, green }: Named): Weights => {
  const total = groups.reduce((sum, { Weight }) => sum + Weight, 0);
  const shareOf = (name: string): number => {
    const own = groups.filter(({ TargetGroupArn }) => targetGroupName(TargetGroupArn) === name);
    return total === 0 ? 0 : (100 * own.reduce((sum, { Weight }) => sum + Weight, 0)) / total;
  };
  return { blue: shareOf(blue), green: shareOf(green) };
};

const hostsProblem = (
  own: ListenerRule,
  { hosts }: Settled<AlbListenerRule>,
): string | undefined => {
  const found = hostsOf(own) ?? [];
  const others = otherConditions(own);
  if (others.length > 0) return `it asks for ${others.map(({ Field }) => Field).join(" and ")} too`;
  const missing = hosts.filter(
    (host) => !found.some((pattern) => conditionPattern(pattern).test(host)),
  );
  return missing.length > 0 ? `it does not take ${missing.join(" and ")}` : undefined;
};

/** A rule before it that takes everything of a host leaves nothing to it. */
const shadowedBy = (before: readonly ListenerRule[]): string | undefined => {
  const whole = before.find((rule) => otherConditions(rule).length === 0);
  return whole && `rule ${whole.Priority} of the listener takes its requests before it`;
};

const actionProblem = (own: ListenerRule): string | undefined => {
  const { TargetGroups: groups = [], TargetGroupStickinessConfig: sticky } =
    forwardOf(own)?.ForwardConfig ?? {};
  if (groups.every(({ Weight }) => Weight === 0)) return "none of its target groups has a weight";
  // Whoever holds the cookie stays where he is, whatever the weights say.
  return sticky?.Enabled === true
    ? `clients stick to a side of it for ${sticky.DurationSeconds ?? 0} s`
    : undefined;
};

/** Whoever else keeps a rule, by its tags. */
const ownersOf = (tags: Readonly<Record<string, string>>, system: string): readonly string[] => {
  const { "cutover:system": of, "managed-by": manager = "pulumi" } = tags;
  return [
    ...(of === system ? [] : [of === undefined ? "whoever made it" : `system ${of}`]),
    ...(manager === "pulumi" ? [] : [`${manager} (managed-by)`]),
    ...foreignOwners({ labels: tags }),
  ];
};
