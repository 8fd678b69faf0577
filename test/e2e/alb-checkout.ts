import { changedCheckout, type ChangedCheckout } from "./changed-checkout.ts";

const listener =
  "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/public/0123456789abcdef/fedcba9876543210";

const byListenerRule = (text: string): string =>
  text
    .replace("{ istioRoute }", "{ albListenerRule }")
    .replace(
      /traffic: istioRoute\(\{.*?\n {2}\}\),/s,
      `traffic: albListenerRule({ listenerArn: "${listener}", priority: 100, hosts: ["lms.company.com"], vpcId: "vpc-0123456789abcdef0", testers: { header: "x-tester", value: "yes", atMost: percent(2) } }),`,
    )
    .replace("{ istioMetrics }", "{ traceMetrics }")
    .replace("istioMetrics()", 'traceMetrics({ operation: "fastapi.request", env: "production" })')
    // Health checks and tracers cost as much as requests do: a busy machine carries fewer of them.
    .replace("requestsPerSecond: 440", "requestsPerSecond: 110")
    // Traces cannot tell what never reached an application.
    .replace(/ {4}failedRequests\(.*\n/, "");

/** A copy of this checkout in which a load balancer's rule splits the Leave Management System, without a mesh. */
export const albCheckout = (): Promise<ChangedCheckout> =>
  changedCheckout("stacks/lms.ts", byListenerRule);
