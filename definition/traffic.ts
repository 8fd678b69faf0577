import type { Open } from "./tbd.ts";
import type { Duration, Percentage } from "./units.ts";

/** Shares of both sides, in percent. */
export interface Weights {
  readonly blue: number;
  readonly green: number;
}

/** People who reach green before anybody else: a request that carries their header goes there at any weight. */
export interface Testers {
  /** Name of the header, and its whole value. No secret: whoever knows it reaches green. */
  readonly header: string;
  readonly value: string;
  /** The most that their requests make of all; so far the share seen on green may lie above its weight. */
  readonly atMost: Percentage;
}

/** An Istio VirtualService that carries the weights of both sides in one resource. */
export interface IstioRoute {
  readonly mechanism: "istio route";
  /** Name of the VirtualService. */
  readonly name: string;
  /** Hosts under which users reach the system. */
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly timeout: Duration;
  readonly retries: { readonly attempts: number; readonly perTryTimeout: Duration };
  readonly testers?: Testers;
}

/** Where one side's record leads. */
export type RecordTarget =
  | {
      /** IPv4 address of what stands before the side. */
      readonly address: Open<string>;
    }
  | {
      /** The load balancer before the side, as its own DNS name. */
      readonly alias: {
        readonly name: Open<string>;
        /** Id of the hosted zone of the load balancer's name: its region's, not the system's own. */
        readonly zoneId: Open<string>;
        /**
         * Whether Route 53 answers with the other side when this load balancer has no healthy target. It
         * does so past the gates, also where the other side weighs 0.
         */
        readonly evaluateTargetHealth: boolean;
      };
    };

/**
 * Two weighted A records of Route 53 under one name, one a side. Resolvers keep an answer for its TTL, so a
 * move takes effect with everybody only when that has passed.
 */
export interface Route53Weighted {
  readonly mechanism: "route53 weighted";
  /** Id of the hosted zone. */
  readonly zoneId: Open<string>;
  /** Name under which users reach the system: whole, without the dot at its end. */
  readonly name: string;
  /** For how long resolvers may keep an answer: whole seconds; 60 where a side is an alias, which has no other. */
  readonly ttl: Duration;
  /**
   * How long a client may keep one connection to a side: until then it goes on there, whatever DNS says, and then the
   * side closes it. `client_keep_alive.seconds` of an Application Load Balancer, 3,600 unless set.
   */
  readonly connectionsLiveFor: Duration;
  readonly targets: { readonly blue: RecordTarget; readonly green: RecordTarget };
}

/** A Gateway API HTTPRoute that carries the weights of both sides in one rule. */
export interface HttpRoute {
  readonly mechanism: "http route";
  /** Name of the HTTPRoute. */
  readonly name: string;
  /** Hosts under which users reach the system. */
  readonly hosts: readonly string[];
  /** Gateways that take it; each must say that it has. */
  readonly gateways: readonly {
    readonly namespace: string;
    readonly name: string;
    /** One listener of the gateway; all of them where none is named. */
    readonly listener?: string;
  }[];
  /** For a request with all its retries. */
  readonly timeout: Duration;
  readonly testers?: Testers;
}

/**
 * A load balancer of Cloudflare with a pool a side. It is proxied, so users reach Cloudflare, which sends each
 * request on by the weights: a move waits for no resolver.
 */
export interface CloudflareLoadBalancer {
  readonly mechanism: "cloudflare load balancer";
  /** Id of the account that has the pools. */
  readonly accountId: Open<string>;
  readonly zoneId: Open<string>;
  /** Name under which users reach the system: whole, without the dot at its end. */
  readonly name: string;
  /** Address, or a name that Cloudflare does not proxy, of what stands before each side. */
  readonly addresses: { readonly blue: Open<string>; readonly green: Open<string> };
  /** How Cloudflare looks whether green is healthy. */
  readonly checks: {
    /** Whole seconds; the least that a plan allows is 10 s with Enterprise, 15 s or 60 s without. */
    readonly every: Duration;
    /** Regions of Cloudflare, such as `WEU`, each of which looks from three data centers. */
    readonly from: readonly string[];
  };
}

/**
 * A rule of an Application Load Balancer whose one action forwards to a target group of each side. The load
 * balancer and its listener stand already; the pods are reached by their addresses, as the AWS Load Balancer
 * Controller registers them.
 */
export interface AlbListenerRule {
  readonly mechanism: "alb listener rule";
  /** ARN of the listener that takes users' requests. */
  readonly listenerArn: Open<string>;
  /** Place among the listener's rules, 2–50,000: the lowest is looked at first. Testers have the one before it. */
  readonly priority: number;
  /** Hosts under which users reach the system, whole: no wildcards. */
  readonly hosts: Open<readonly string[]>;
  /** VPC in which the pods have their addresses. */
  readonly vpcId: Open<string>;
  readonly testers?: Testers;
}

/** How a system's traffic is split. docs/mechanisms.md says what a further member needs beside it. */
export type Traffic =
  IstioRoute | HttpRoute | Route53Weighted | AlbListenerRule | CloudflareLoadBalancer;

export const istioRoute = (route: Omit<IstioRoute, "mechanism">): IstioRoute => ({
  mechanism: "istio route",
  ...route,
});

export const route53Weighted = (records: Omit<Route53Weighted, "mechanism">): Route53Weighted => ({
  mechanism: "route53 weighted",
  ...records,
});

export const httpRoute = (route: Omit<HttpRoute, "mechanism">): HttpRoute => ({
  mechanism: "http route",
  ...route,
});

export const cloudflareLoadBalancer = (
  balancer: Omit<CloudflareLoadBalancer, "mechanism">,
): CloudflareLoadBalancer => ({
  mechanism: "cloudflare load balancer",
  ...balancer,
});

export const albListenerRule = (rule: Omit<AlbListenerRule, "mechanism">): AlbListenerRule => ({
  mechanism: "alb listener rule",
  ...rule,
});

/** Who reaches green before anybody else, where the mechanism can tell requests apart. */
export const testersOf = (traffic: Traffic): Testers | undefined =>
  "testers" in traffic ? traffic.testers : undefined;
