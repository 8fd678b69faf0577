import type { Problem } from "./bad-input.ts";
import { listenerRuleProblems } from "./listener-rule-problems.ts";
import { httpRouteShape, istioRouteShape } from "./route-shape.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { SystemDefinition } from "./system.ts";
import { loadBalancerProblems } from "./load-balancer-problems.ts";
import { settle } from "./tbd.ts";
import { weightedRecordsProblems } from "./weighted-records-problems.ts";

/** What is wrong with how a system splits its traffic, by what is known of the mechanism. */
export const trafficProblems = ({
  traffic,
  ...system
}: Pick<
  SystemDefinition,
  "traffic" | "ladder" | "rollback" | "workload" | "environments"
>): readonly Problem[] => {
  const settled = settle(traffic, { rehearsal: true, file: "" });
  switch (settled.mechanism) {
    case "istio route":
      return shapeProblems(istioRouteShape, settled, "traffic");
    case "http route":
      return shapeProblems(httpRouteShape, settled, "traffic");
    case "route53 weighted":
      return weightedRecordsProblems(system, settled);
    case "alb listener rule":
      return listenerRuleProblems(system, settled);
    case "cloudflare load balancer":
      return loadBalancerProblems(settled);
  }
};
