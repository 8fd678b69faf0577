import type { RecordChange } from "./change-problems.ts";

/** The most that the API takes for a weight and for a TTL in seconds. */
const mostWeight = 255;
const mostTtl = 2_147_483_647;

/** What is wrong with a request before it is held against the zone; undefined when nothing is. */
export const requestProblem = (batch: readonly RecordChange[]): string | undefined => {
  for (const [index, { action, recordSet }] of batch.entries()) {
    const { name, type, setIdentifier, weight, ttl, values, alias } = recordSet;
    const change = `in Change with [Action=${action}, Name=${name}, Type=${type}, SetIdentifier=${setIdentifier ?? "null"}]`;
    const outside =
      outOfRange("weight", weight, mostWeight, index) ?? outOfRange("tTL", ttl, mostTtl, index);
    if (outside !== undefined) return outside;
    if (weight !== undefined && setIdentifier === undefined) {
      return `Invalid request: Missing field 'SetIdentifier' ${change}`;
    }
    if (weight === undefined && setIdentifier !== undefined) {
      return (
        "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, " +
        `GeoProximityLocation, CidrRoutingConfig, or MultiValueAnswer], but found none ${change}`
      );
    }
    const plain = ttl !== undefined && values !== undefined && values.length > 0;
    if (plain === (alias !== undefined)) {
      const found = plain ? "more than one" : "none";
      return `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ${found} ${change}`;
    }
  }
  return undefined;
};

const outOfRange = (
  field: string,
  value: number | undefined,
  most: number,
  index: number,
): string | undefined => {
  if (value === undefined || (value >= 0 && value <= most)) return undefined;
  const bound = value < 0 ? "greater than or equal to 0" : `less than or equal to ${String(most)}`;
  return (
    `1 validation error detected: Value '${String(value)}' at 'changeBatch.changes.` +
    `${String(index + 1)}.member.resourceRecordSet.${field}' failed to satisfy constraint: Member ` +
    `must have value ${bound}`
  );
};
