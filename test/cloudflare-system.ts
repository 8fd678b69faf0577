import type { SettledSystem } from "../definition/system.ts";
import { traceMetrics } from "../definition/request-metrics.ts";
import { settle } from "../definition/tbd.ts";
import { cloudflareLoadBalancer } from "../definition/traffic.ts";
import { seconds } from "../definition/units.ts";
import { lms } from "../stacks/lms.ts";

/** The Leave Management System as it would be if Cloudflare split its traffic, with no mesh to count it. */
export const byCloudflare: SettledSystem = settle(
  {
    ...lms,
    traffic: cloudflareLoadBalancer({
      accountId: "account-1",
      zoneId: "zone-1",
      name: "lms.company.com",
      addresses: { blue: "192.0.2.10", green: "192.0.2.20" },
      checks: { every: seconds(60), from: ["WEU"] },
    }),
    requestMetrics: traceMetrics({ operation: "fastapi.request", env: "production" }),
    thresholds: lms.thresholds.filter(({ measure }) => measure !== "failed-requests"),
  },
  { rehearsal: true, file: "stacks/lms.ts" },
);
