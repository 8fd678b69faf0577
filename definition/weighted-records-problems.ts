import { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import { domainName } from "./domain-name.ts";
import { hostedZoneId, recordTtl } from "./hosted-zone.ts";
import type { Plan } from "./plan.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { Settled } from "./tbd.ts";
import type { RecordTarget, Route53Weighted } from "./traffic.ts";
import { inWords } from "./units.ts";
import { waysBack } from "./way-back-problems.ts";
import { askedAfter, loadBalancerTtl, recordsBackAfter } from "./weighted-records.ts";

const target = z.union(
  [
    z.strictObject({ address: z.ipv4("an IPv4 address") }),
    z.strictObject({
      alias: z.strictObject({
        name: domainName,
        zoneId: hostedZoneId,
        evaluateTargetHealth: z.boolean(),
      }),
    }),
  ],
  "an IPv4 address, or an alias with the load balancer's name, its zoneId and evaluateTargetHealth",
);

const shape = z.strictObject({
  mechanism: z.literal("route53 weighted"),
  zoneId: hostedZoneId,
  // The mark beside the pair has a longer one.
  name: domainName.max(240, "a name of at most 240 characters"),
  ttl: recordTtl,
  connectionsLiveFor: z.object(
    { milliseconds: z.number().nonnegative("0 where no client keeps a connection, or longer") },
    "a duration with its unit, for example minutes(5)",
  ),
  targets: z.strictObject({ blue: target, green: target }),
});

/** Values of weighted records that Route 53 refuses or that cannot work, and budgets that nobody can keep. */
export const weightedRecordsProblems = (
  plan: Pick<Plan, "ladder" | "rollback">,
  records: Settled<Route53Weighted>,
): readonly Problem[] => {
  const misshapen = shapeProblems(shape, records, "traffic");
  return misshapen.length > 0
    ? misshapen
    : [...aliasProblems(records), ...budgetProblems(plan, records)];
};

const aliasProblems = ({ ttl, targets: { blue, green } }: Settled<Route53Weighted>): Problem[] => [
  ...(place(blue) === place(green)
    ? [{ key: "traffic.targets.green", found: shown(place(green)), expected: "not blue's own" }]
    : []),
  ...((["blue", "green"] as const).some((side) => "alias" in { blue, green }[side]) &&
  ttl.milliseconds !== loadBalancerTtl.milliseconds
    ? [
        {
          key: "traffic.ttl",
          found: inWords(ttl),
          expected: `${inWords(loadBalancerTtl)}, which is what an alias of a load balancer has`,
        },
      ]
    : []),
];

const place = (target: Settled<RecordTarget>): string =>
  "alias" in target ? target.alias.name : target.address;

const budgetProblems = (
  plan: Pick<Plan, "ladder" | "rollback">,
  records: Settled<Route53Weighted>,
): Problem[] => {
  const least = recordsBackAfter(records);
  return waysBack(plan).flatMap(({ key, way: { within } }) =>
    within.milliseconds > least.milliseconds
      ? []
      : [
          {
            key: `${key}.within`,
            found: inWords(within),
            expected: `more than ${inWords(least)}: two records take ${inWords(askedAfter)} each, then caches keep answers and clients their connections`,
          },
        ],
  );
};
