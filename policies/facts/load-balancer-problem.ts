/** The part of a load balancer that says where requests go, as Cloudflare's API has it. */
export interface LoadBalancer {
  readonly enabled: boolean;
  readonly proxied: boolean;
  /** Ids. */
  readonly default_pools: readonly string[];
  readonly steering_policy: string;
  readonly session_affinity: string;
  readonly random_steering?:
    | {
        readonly default_weight: number;
        /** By id, 0 to 1. */
        readonly pool_weights?: Readonly<Record<string, number>> | null | undefined;
      }
    | null
    | undefined;
  readonly adaptive_routing?: { readonly failover_across_pools: boolean } | null | undefined;
  readonly rules?: readonly { readonly disabled: boolean }[] | null | undefined;
}

/** How one side's pool stands. */
export interface PoolStanding {
  readonly name: string;
  readonly id: string;
  /** Percent. */
  readonly share: number;
  readonly enabled: boolean;
  readonly healthy: boolean;
}

/** Why requests do not go by the weights of a load balancer, in words that follow its name. */
export const balancerProblem = (
  balancer: LoadBalancer,
  pools: readonly PoolStanding[],
): string | undefined => {
  const affinity = balancer.session_affinity;
  const weights = Object.values(balancer.random_steering?.pool_weights ?? {});
  const reasons: readonly (readonly [wrong: boolean, says: string])[] = [
    [!balancer.enabled, "is disabled: its host is answered by DNS records, if there are any"],
    [!balancer.proxied, "is not proxied: resolvers hold what they were answered last"],
    [
      balancer.steering_policy !== "random",
      `steers by "${balancer.steering_policy}", not by its weights`,
    ],
    [weights.every((weight) => weight === 0), "has no weight above 0"],
    [affinity !== "" && affinity !== "none", `holds users where they are by ${affinity}`],
    [
      balancer.adaptive_routing?.failover_across_pools === true,
      "sends single requests that fail to the other pool",
    ],
    [
      (balancer.rules ?? []).some(({ disabled }) => !disabled),
      "has rules, which may send requests elsewhere",
    ],
    // A pool at weight 0 gets nothing in any case: a sick green stands in no rollback's way.
    ...pools
      .filter(({ share }) => share > 0)
      .flatMap(({ name, enabled, healthy }): (readonly [boolean, string])[] => [
        [!enabled, `leaves pool ${name} out, which is disabled: the other gets everything`],
        [!healthy, `leaves pool ${name} out, which is not healthy: the other gets everything`],
      ]),
  ];
  return reasons.find(([wrong]) => wrong)?.[1];
};
