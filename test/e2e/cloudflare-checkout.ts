import { accountId, zoneId } from "../cloudflare-system.ts";
import { changedCheckout, type ChangedCheckout } from "./changed-checkout.ts";

const byCloudflare = (text: string): string =>
  text
    .replace("{ istioRoute }", "{ cloudflareLoadBalancer }")
    .replace("{ istioMetrics }", "{ traceMetrics }")
    .replace("istioMetrics()", 'traceMetrics({ operation: "fastapi.request", env: "production" })')
    // What callers see that no application answered, no tracer can count.
    .replace("  failedRequests,\n", "")
    .replace(/ {4}failedRequests\(.*\n/, "")
    .replace(
      /traffic: istioRoute\(\{.*?\n {2}\}\),/s,
      `traffic: cloudflareLoadBalancer({ accountId: "${accountId}", zoneId: "${zoneId}", name: "lms.company.com", addresses: { blue: "192.0.2.10", green: "192.0.2.20" }, checks: { every: seconds(60), from: ["WEU"] } }),`,
    );

/** A copy of this checkout in which Cloudflare splits the traffic of the Leave Management System. */
export const cloudflareCheckout = (): Promise<ChangedCheckout> =>
  changedCheckout("stacks/lms.ts", byCloudflare);
