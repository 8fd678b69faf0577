import type { SettledSystem } from "../definition/system.ts";
import { traceMetrics } from "../definition/request-metrics.ts";
import { settle } from "../definition/tbd.ts";
import { cloudflareLoadBalancer } from "../definition/traffic.ts";
import { seconds } from "../definition/units.ts";
import { lms } from "../stacks/lms.ts";

/** Ids as Cloudflare gives them. */
export const accountId = "a1".repeat(16);
export const zoneId = "b2".repeat(16);

/** The Leave Management System as it would be if Cloudflare split its traffic, with no mesh to count it. */
export const byCloudflare: SettledSystem = settle(
  {
    ...lms,
    traffic: cloudflareLoadBalancer({
      accountId,
      zoneId,
      name: "lms.company.com",
      addresses: { blue: "192.0.2.10", green: "192.0.2.20" },
      checks: { every: seconds(60), from: ["WEU"] },
    }),
    requestMetrics: traceMetrics({ operation: "fastapi.request", env: "production" }),
    thresholds: lms.thresholds.filter(({ measure }) => measure !== "failed-requests"),
  },
  { rehearsal: true, file: "stacks/lms.ts" },
);
