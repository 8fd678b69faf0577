import { conditionPattern } from "../../../policies/facts/listener-rules.ts";
import type { Followed } from "../gateway/followed-routes.ts";
import type { RequestHead } from "../gateway/route-match.ts";
import { noRoutes, type Route, type WeightedDestination } from "../gateway/route-table.ts";
import { stickyRoutes } from "../gateway/sticky-routes.ts";
import type { LoadBalancing } from "./load-balancing.ts";
import type { Rule, RuleCondition } from "./model.ts";

/** How long a load balancer waits for a target's answer, its idle timeout unless changed, milliseconds. */
const idleTimeoutMilliseconds = 60_000;

/**
 * The rules of a listener, as requests meet them: by priority, each with its conditions.
 * @param usersHost what users call the load balancer, whose name leads to this machine in a rehearsal.
 */
export const listenerRoutes = (elb: LoadBalancing, usersHost: string): Followed => ({
  onChange: (listener) => elb.onChange(listener),
  takeUp: () => ({ ...noRoutes, routes: elb.rules.flatMap((rule) => routesOf(rule, usersHost)) }),
});

/** With stickiness, who holds the cookie of a group goes there before anybody is split, whatever its weight. */
const routesOf = (rule: Rule, usersHost: string): readonly Route[] => {
  const split = routeOf(rule, usersHost);
  const { stickySeconds } = rule.action;
  if (stickySeconds === undefined) return [split];
  const cookieOf = ({ host }: WeightedDestination): string => groupCookie(host);
  return stickyRoutes(split, { cookieOf, seconds: stickySeconds });
};

/** The cookie by which a load balancer knows the target group that a client met; the real one is encrypted. */
const groupCookie = (groupArn: string): string => `AWSALBTG=${groupArn.split("/").at(-1) ?? ""}`;

const routeOf = ({ priority, conditions, action }: Rule, usersHost: string): Route => ({
  name: `rule-${String(priority)}`,
  // Every rule is for some hosts: that alone takes nobody past the split.
  conditional: conditions.some(({ field }) => field !== "host-header"),
  destinations: action.targetGroups.map(({ arn, weight }) => ({
    host: arn,
    subset: undefined,
    weight,
    requestHeaders: [],
    responseHeaders: [],
  })),
  directResponse: undefined,
  nobodyStatus: 503,
  responseHeaders: [],
  timeoutMilliseconds: idleTimeoutMilliseconds,
  // A load balancer does not send a request again.
  retry: { retries: 0, perTryTimeoutMilliseconds: undefined, retriable: () => false },
  matches: (head) => conditions.every((condition) => fits(condition, head, usersHost)),
});

const fits = (condition: RuleCondition, head: RequestHead, usersHost: string): boolean => {
  const value = valueOf(condition, head, usersHost);
  if (value === undefined) return false;
  // Paths alone are told apart by their case.
  const flags = condition.field === "path-pattern" ? "" : "i";
  return condition.values.some((pattern) => conditionPattern(pattern, flags).test(value));
};

const valueOf = (
  condition: RuleCondition,
  { url, headers }: RequestHead,
  usersHost: string,
): string | undefined => {
  switch (condition.field) {
    case "path-pattern":
      return url.split("?", 1)[0];
    case "http-header":
      return text(headers[condition.name.toLowerCase()]);
    case "host-header": {
      const host = text(headers["host"])?.replace(/:\d+$/, "");
      return host === undefined || host === "127.0.0.1" ? usersHost : host;
    }
  }
};

const text = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" || value === undefined ? value : value.join(",");
