import * as z from "zod";
import { cloudflareRegions } from "../../../definition/cloudflare-regions.ts";

const fraction = z.number().min(0).max(1);

/** Inputs of `cloudflare.LoadBalancerMonitor` that checks by HTTP have; others are refused. */
export const monitorInputs = z.strictObject({
  accountId: z.string().min(1),
  type: z.enum(["http", "https"]).optional(),
  description: z.string().optional(),
  path: z.string().optional(),
  header: z.record(z.string(), z.array(z.string())).optional(),
  expectedCodes: z.string().optional(),
  interval: z.int().optional(),
  timeout: z.int().optional(),
  retries: z.int().optional(),
  consecutiveUp: z.int().optional(),
  consecutiveDown: z.int().optional(),
});

/** Inputs of `cloudflare.LoadBalancerPool` that a pool of public addresses has; others are refused. */
export const poolInputs = z.strictObject({
  accountId: z.string().min(1),
  name: z.string(),
  description: z.string().optional(),
  enabled: z.boolean().optional(),
  origins: z.array(
    z.strictObject({
      name: z.string().optional(),
      address: z.string().optional(),
      enabled: z.boolean().optional(),
      weight: fraction.optional(),
    }),
  ),
  monitor: z.string().optional(),
  checkRegions: z.array(z.enum([...cloudflareRegions, "ALL_REGIONS"])).optional(),
  minimumOrigins: z.int().optional(),
});

/** Inputs of `cloudflare.LoadBalancer` that steering in order or by weights has; others are refused. */
export const balancerInputs = z.strictObject({
  zoneId: z.string().min(1),
  name: z.string(),
  description: z.string().optional(),
  enabled: z.boolean().optional(),
  proxied: z.boolean().optional(),
  ttl: z.number().optional(),
  defaultPools: z.array(z.string()),
  fallbackPool: z.string(),
  steeringPolicy: z.enum(["off", "random", ""]).optional(),
  sessionAffinity: z.enum(["none", "cookie", "ip_cookie", ""]).optional(),
  randomSteering: z
    .strictObject({
      defaultWeight: fraction.optional(),
      // The provider leaves these to the API.
      poolWeights: z.record(z.string(), z.number()).optional(),
    })
    .optional(),
  adaptiveRouting: z.strictObject({ failoverAcrossPools: z.boolean().optional() }).optional(),
});
