import { z } from "zod";
import type { Settled } from "../../definition/tbd.ts";
import type { RecordTarget, Route53Weighted } from "../../definition/traffic.ts";

/** A record set as Route 53's API lists it, as far as it matters here. */
export const recordSet = z.object({
  Name: z.string(),
  Type: z.string(),
  SetIdentifier: z.string().optional(),
  Weight: z.number().optional(),
  TTL: z.number().optional(),
  ResourceRecords: z.array(z.object({ Value: z.string() })).default([]),
  AliasTarget: z
    .object({ DNSName: z.string(), HostedZoneId: z.string(), EvaluateTargetHealth: z.boolean() })
    .optional(),
  HealthCheckId: z.string().optional(),
});
export type ListedRecordSet = z.infer<typeof recordSet>;

/** Types by which clients reach a name past its A records. */
const otherWays = ["AAAA", "HTTPS"];

/**
 * Why the weights of a pair do not say where clients of its name go; undefined when nothing speaks against it.
 * @param listed every record set of the name.
 */
export const whyNotSplit = (
  { name, ttl, targets }: Settled<Route53Weighted>,
  listed: readonly ListedRecordSet[],
  pair: { readonly blue: ListedRecordSet; readonly green: ListedRecordSet },
): string | undefined => {
  const [other] = listed.filter(({ Type }) => otherWays.includes(Type));
  if (other !== undefined) {
    return `${name} has ${other.Type} records as well, which no weight splits`;
  }
  const found = (["blue", "green"] as const).flatMap((side) => {
    const problem = strayed(pair[side], targets[side], ttl.milliseconds / 1_000);
    return problem === undefined ? [] : `record ${side} of ${name} ${problem}`;
  });
  return found[0];
};

/** How a record differs from what the definition says of it, its weight aside. */
const strayed = (
  { TTL, ResourceRecords, AliasTarget, HealthCheckId }: ListedRecordSet,
  target: Settled<RecordTarget>,
  ttl: number,
): string | undefined => {
  if (HealthCheckId !== undefined) return "has a health check, which moves traffic past the gates";
  const wanted =
    "alias" in target
      ? leadsTo(target.alias.name, target.alias.zoneId, target.alias.evaluateTargetHealth)
      : leadsTo(target.address, undefined, false);
  const found = leadsTo(
    AliasTarget?.DNSName ?? ResourceRecords.map(({ Value }) => Value).join(" and "),
    AliasTarget?.HostedZoneId,
    AliasTarget?.EvaluateTargetHealth ?? false,
  );
  if (found !== wanted) return `leads to ${found}, expected ${wanted}`;
  return TTL === undefined || TTL === ttl ? undefined : `has a TTL of ${TTL} s, expected ${ttl} s`;
};

const leadsTo = (name: string, zoneId: string | undefined, followsHealth: boolean): string =>
  [
    name.toLowerCase().replace(/\.$/, ""),
    ...(zoneId === undefined ? [] : [`in zone ${zoneId}`]),
    ...(followsHealth ? ["while it is healthy"] : []),
  ].join(" ");
