import { z } from "zod";

// The part of the API's objects that a rehearsal plays, under the API's own names and with its defaults. A
// field beyond it would change where requests go, so it is refused and not passed over.

const fraction = z.number();

/** What looks at the origins of pools. */
export const monitorBody = z.strictObject({
  type: z.enum(["http", "https"]).default("http"),
  description: z.string().default(""),
  path: z.string().default("/"),
  header: z.record(z.string(), z.array(z.string())).default({}),
  expected_codes: z.string().default("200"),
  /** Seconds. */
  interval: z.int().default(60),
  /** Seconds. */
  timeout: z.int().default(5),
  /** After a timeout, at once. */
  retries: z.int().default(2),
  consecutive_up: z.int().default(0),
  consecutive_down: z.int().default(0),
});
export type Monitor = z.infer<typeof monitorBody>;

/** Where requests can be sent. */
export const poolBody = z.strictObject({
  name: z.string(),
  description: z.string().default(""),
  enabled: z.boolean().default(true),
  origins: z.array(
    z.strictObject({
      name: z.string(),
      address: z.string(),
      enabled: z.boolean().default(true),
      weight: fraction.default(1),
    }),
  ),
  /** Id; without one the pool counts as healthy. */
  monitor: z.string().nullable().default(null),
  /** Null means every data center. */
  check_regions: z.array(z.string()).nullable().default(null),
  minimum_origins: z.int().default(1),
});
export type Pool = z.infer<typeof poolBody>;

/** How requests for a host are spread over pools. */
export const balancerBody = z.strictObject({
  name: z.string(),
  description: z.string().default(""),
  enabled: z.boolean().default(true),
  proxied: z.boolean().default(false),
  /** Seconds, of what resolvers are answered when it is not proxied. */
  ttl: z.int().default(30),
  /** Ids. */
  default_pools: z.array(z.string()),
  /** Id. */
  fallback_pool: z.string(),
  steering_policy: z.enum(["off", "random", ""]).default(""),
  session_affinity: z.enum(["none", "cookie", "ip_cookie", ""]).default(""),
  random_steering: z
    .strictObject({
      default_weight: fraction.default(1),
      /** By id. */
      pool_weights: z.record(z.string(), fraction).default({}),
    })
    .default({ default_weight: 1, pool_weights: {} }),
  adaptive_routing: z
    .strictObject({ failover_across_pools: z.boolean().default(false) })
    .default({ failover_across_pools: false }),
});
export type Balancer = z.infer<typeof balancerBody>;
