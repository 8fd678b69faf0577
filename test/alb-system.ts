import { traceMetrics } from "../definition/request-metrics.ts";
import type { SettledSystem, SystemDefinition } from "../definition/system.ts";
import { settle } from "../definition/tbd.ts";
import { albListenerRule } from "../definition/traffic.ts";
import { percent } from "../definition/units.ts";
import { lms } from "../stacks/lms.ts";

/** The Leave Management System as it would be if a load balancer's rule split its traffic, without a mesh. */
export const withListenerRule = (system: SystemDefinition): SystemDefinition => ({
  ...system,
  traffic: albListenerRule({
    listenerArn:
      "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/public/0123456789abcdef/fedcba9876543210",
    priority: 100,
    hosts: ["lms.company.com"],
    vpcId: "vpc-0123456789abcdef0",
    testers: { header: "x-tester", value: "yes", atMost: percent(2) },
  }),
  requestMetrics: traceMetrics({ operation: "fastapi.request", env: "production" }),
  thresholds: system.thresholds.filter(({ measure }) => measure !== "failed-requests"),
});

export const byListenerRule: SettledSystem = settle(withListenerRule(lms), {
  rehearsal: true,
  file: "stacks/lms.ts",
});
