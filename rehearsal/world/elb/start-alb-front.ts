import type { Settled } from "../../../definition/tbd.ts";
import type { AlbListenerRule } from "../../../definition/traffic.ts";
import { trafficObject } from "../../../definition/traffic-object.ts";
import { startAwsProvider } from "../../providers/aws/aws-provider.ts";
import { Gateway } from "../gateway.ts";
import { route53Api } from "../dns/route53-api.ts";
import { putTtlBack, standingNames } from "../dns/standing-names.ts";
import type { FrontOptions, TrafficFront } from "../traffic-front.ts";
import { elbApi } from "./elb-api.ts";
import { FollowedRoutes } from "../gateway/followed-routes.ts";
import { listenerRoutes } from "./listener-routes.ts";
import { LoadBalancing } from "./load-balancing.ts";
import type { Rule, TargetGroup } from "./model.ts";
import { RegisteredTargets } from "./registered-targets.ts";
import { followBindings } from "./target-group-bindings.ts";

/** What callers of the API and the provider sign with. */
const accessKey = "rehearsal";

/** For how long clients stay with a side where somebody turns that on: a day, as consoles offer it, seconds. */
const stickySeconds = 86_400;

/**
 * Starts a load balancer with a listener that has no rule yet, the controller that registers pods with it, and the zones
 * of the names that lead to it.
 */
export const startAlbFront = async (
  { system, store, directory, clock, random }: FrontOptions,
  route: Settled<AlbListenerRule>,
): Promise<TrafficFront> => {
  const { destinations } = trafficObject(system);
  const elb = new LoadBalancing(route.listenerArn);
  const targets = new RegisteredTargets(elb, clock);
  const stopBinding = followBindings(store, directory, targets);
  const world = { clock, elb, targets };
  const { names = [] } = system;
  const route53 = standingNames(names, clock, accessKey);
  const groupNamed = (name: string): TargetGroup | undefined =>
    elb.targetGroups.find((group) => group.name === name);
  const gateway = await Gateway.start({
    ...{ directory, random },
    routes: new FollowedRoutes(listenerRoutes(elb, route.hosts[0] ?? "")),
    endpoints: { resolve: ({ host }) => targets.inRotation(host), stop: stopBinding },
    sideOf: ({ host }) => (groupNamed(destinations.green)?.arn === host ? "green" : "blue"),
  });
  const own = (): Rule => {
    const found = elb.rules.find(({ priority }) => priority === route.priority);
    if (found === undefined) throw new Error(`there is no rule ${String(route.priority)} yet`);
    return found;
  };
  return {
    url: gateway.url,
    adminUrl: gateway.adminUrl,
    applied: () => gateway.applied(),
    setByHand: (green) => {
      const rule = own();
      elb.modifyRule(rule.arn, withGreen(rule, green, groupNamed(destinations.green)));
    },
    take: (marks) => {
      const rule = own();
      elb.modifyRule(rule.arn, rule, { ...elb.tagsOf(rule.arn), ...marks });
    },
    freeze: () => {
      gateway.frozen = true;
    },
    stick: () => {
      const rule = own();
      elb.modifyRule(rule.arn, { ...rule, action: { ...rule.action, stickySeconds } });
    },
    putTtlBack: () => {
      putTtlBack(names, route53);
    },
    cloud: {
      package: "aws",
      start: (interruptions) =>
        startAwsProvider({ accessKey, loadBalancing: world, route53 }, interruptions),
      apis: [
        { path: "/elbv2", handle: elbApi(world, accessKey) },
        { path: "/route53", handle: route53Api(route53) },
      ],
      throttle: () => {
        elb.throttle(1);
      },
    },
    stop: async () => {
      targets.stop();
      await gateway.stop();
    },
  };
};

const withGreen = (rule: Rule, green: number, group: TargetGroup | undefined): Rule => ({
  ...rule,
  action: {
    ...rule.action,
    targetGroups: rule.action.targetGroups.map(({ arn }) => ({
      arn,
      weight: arn === group?.arn ? green : 100 - green,
    })),
  },
});
