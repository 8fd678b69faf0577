import type { Problem } from "./bad-input.ts";
import { loadBalancerProblems } from "./load-balancer-problems.ts";
import type { Plan } from "./plan.ts";
import { settle } from "./tbd.ts";
import type { Traffic } from "./traffic.ts";
import { weightedRecordsProblems } from "./weighted-records-problems.ts";

/** What is wrong with how a system splits its traffic, by what is known of the mechanism. */
export const trafficProblems = ({
  traffic,
  ...plan
}: Pick<Plan, "ladder" | "rollback"> & { readonly traffic: Traffic }): readonly Problem[] => {
  const settled = settle(traffic, { rehearsal: true, file: "" });
  switch (settled.mechanism) {
    case "istio route":
    case "http route":
      return [];
    case "route53 weighted":
      return weightedRecordsProblems(plan, settled);
    case "cloudflare load balancer":
      return loadBalancerProblems(settled);
  }
};
