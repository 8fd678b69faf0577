/** Record types that the rehearsed zone serves. */
export const recordTypes = ["A", "AAAA", "CNAME", "NS", "SOA", "TXT"] as const;
export type RecordType = (typeof recordTypes)[number];

/** An alias: the answer of another name of the same zone, or of a load balancer, under this name. */
export interface AliasTarget {
  /** Id of the zone that holds the target. */
  readonly zoneId: string;
  readonly name: string;
  readonly evaluateTargetHealth: boolean;
}

/** A resource record set as Route 53 keeps it: either values with their TTL, or an alias without one. */
export interface RecordSet {
  /** Lower case, with the dot at its end. */
  readonly name: string;
  readonly type: RecordType;
  /** Seconds for which resolvers may keep the answer. */
  readonly ttl?: number;
  readonly values?: readonly string[];
  readonly alias?: AliasTarget;
  /** Tells records of one name and type apart, where a routing policy chooses between them. */
  readonly setIdentifier?: string;
  /** 0–255: the share is the weight over the sum of the set's weights. */
  readonly weight?: number;
  readonly healthCheckId?: string;
}

/** A domain name in the form in which zones compare names: lower case, with the dot at its end. */
export const canonicalName = (name: string): string => `${name.toLowerCase().replace(/\.$/, "")}.`;

/** Whether a canonical name is that of the zone or lies below it. */
export const liesInZone = (name: string, zone: string): boolean =>
  name === zone || name.endsWith(`.${zone}`);

/** What tells one record set from every other. */
export const keyOf = ({ name, type, setIdentifier }: RecordSet): string =>
  `${name} ${type} ${setIdentifier ?? ""}`;

/** Sorts record sets as the API lists them: by name from its last label on, then type and identifier. */
export const placeOf = ({
  name,
  type,
  setIdentifier = "",
}: {
  readonly name: string;
  readonly type: string;
  readonly setIdentifier?: string;
}): string => `${name.split(".").reverse().join(".")} ${type} ${setIdentifier}`;
