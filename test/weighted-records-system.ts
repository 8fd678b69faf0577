import type { SystemDefinition } from "../definition/system.ts";
import { settle } from "../definition/tbd.ts";
import { route53Weighted, type Route53Weighted } from "../definition/traffic.ts";
import { seconds } from "../definition/units.ts";
import { lms } from "../stacks/lms.ts";

/** The Leave Management System as it would be if weighted records split its traffic. */
export const withRecords = (records: Partial<Route53Weighted> = {}) =>
  ({
    ...lms,
    rollback: { ...lms.rollback, within: seconds(180) },
    traffic: route53Weighted({
      zoneId: "Z0REHEARSAL",
      name: "lms.company.com",
      ttl: seconds(10),
      connectionsLiveFor: seconds(30),
      targets: { blue: { address: "192.0.2.10" }, green: { address: "192.0.2.20" } },
      ...records,
    }),
  }) satisfies SystemDefinition;

/** Both sides behind load balancers. */
export const loadBalancers = {
  ttl: seconds(60),
  targets: {
    blue: {
      alias: {
        name: "blue-1.us-east-1.elb.amazonaws.com",
        zoneId: "Z35SXDOTRQ7X7K",
        evaluateTargetHealth: false,
      },
    },
    green: {
      alias: {
        name: "green-2.us-east-1.elb.amazonaws.com",
        zoneId: "Z35SXDOTRQ7X7K",
        evaluateTargetHealth: false,
      },
    },
  },
} satisfies Partial<Route53Weighted>;

const settled = (records?: Partial<Route53Weighted>) =>
  settle(withRecords(records), { rehearsal: true, file: "stacks/lms.ts" });

export const byWeightedRecords = settled();
export const byWeightedAliases = settled(loadBalancers);
