import type { Problem } from "./bad-input.ts";
import { loadBalancerProblems } from "./load-balancer-problems.ts";
import type { Plan } from "./plan.ts";
import { settle } from "./tbd.ts";
import type { Traffic } from "./traffic.ts";
import { weightedRecordsProblems } from "./weighted-records-problems.ts";

/** What is wrong with how a system's traffic is split, as far as its mechanism is known to refuse it. */
export const trafficProblems = ({
  traffic,
  ...plan
}: Pick<Plan, "ladder" | "rollback"> & { readonly traffic: Traffic }): readonly Problem[] => {
  const settled = settle(traffic, { rehearsal: true, file: "" });
  switch (settled.mechanism) {
    case "route53 weighted":
      return weightedRecordsProblems(plan, settled);
    case "cloudflare load balancer":
      return loadBalancerProblems(settled);
    case "istio route":
    case "http route":
      return [];
  }
};
