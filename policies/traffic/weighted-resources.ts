import type { Traffic } from "../../definition/traffic.ts";
import { cloudflareLoadBalancer } from "./cloudflare-load-balancer.ts";
import { route53Record } from "./route53-record.ts";
import { httpRoute } from "./http-route.ts";
import { listenerRule } from "./listener-rule.ts";
import type { RouteWeights } from "./route-weights.ts";
import { virtualService } from "./virtual-service.ts";

/** A resource that carries weights, as the gates and the state of a stack see it. */
export interface WeightedResource {
  /** Pulumi's type. */
  readonly type: string;
  /** What people call it. */
  readonly kind: string;
  /**
   * The weights that its properties hold, one entry a route; undefined where a resource of this type splits
   * no traffic. Never throws, whatever is unknown or malformed.
   */
  readonly weightsIn: (props: unknown) => readonly RouteWeights[] | undefined;
}

const byMechanism: Readonly<Record<Traffic["mechanism"], WeightedResource>> = {
  "istio route": virtualService,
  "route53 weighted": route53Record,
  "http route": httpRoute,
  "cloudflare load balancer": cloudflareLoadBalancer,
  "alb listener rule": listenerRule,
};

/** What carries the weights of a mechanism. */
export const weightedBy = ({ mechanism }: Pick<Traffic, "mechanism">): WeightedResource =>
  byMechanism[mechanism];

/** What carries weights by a Pulumi type, if such a resource does. */
export const weightedResource = (type: string): WeightedResource | undefined =>
  Object.values(byMechanism).find((resource) => resource.type === type);
