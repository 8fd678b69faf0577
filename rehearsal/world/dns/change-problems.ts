import { isIPv4, isIPv6 } from "node:net";
import type { LoadBalancer } from "./load-balancer.ts";
import { keyOf, liesInZone, type RecordSet } from "./record-set.ts";

/** One change of a batch. */
export interface RecordChange {
  readonly action: "CREATE" | "DELETE" | "UPSERT";
  readonly recordSet: RecordSet;
}

/** Record sets by {@link keyOf}. */
export type RecordSets = ReadonlyMap<string, RecordSet>;

const described = ({ name, type, setIdentifier }: RecordSet): string =>
  `[name='${name}', type='${type}'` +
  `${setIdentifier === undefined ? "" : `, set identifier='${setIdentifier}'`}]`;

const rrset = ({ name, type, setIdentifier }: RecordSet): string =>
  `RRSet with DNS name ${name}, type ${type}` +
  (setIdentifier === undefined ? "" : `, SetIdentifier ${setIdentifier}`);

/** The zone that a change is for. */
interface ZoneName {
  readonly id: string;
  /** With the dot at its end. */
  readonly name: string;
  /** Every one that there is, for aliases. */
  readonly loadBalancers: readonly Pick<LoadBalancer, "zoneId" | "name">[];
}

/** What is wrong with the action itself; undefined when nothing is. */
export const actionProblem = (
  { action, recordSet }: RecordChange,
  present: RecordSets,
): string | undefined => {
  const found = present.get(keyOf(recordSet));
  if (action === "CREATE" && found !== undefined) {
    return `Tried to create resource record set ${described(recordSet)} but it already exists`;
  }
  if (action !== "DELETE") return undefined;
  if (found === undefined) {
    return `Tried to delete resource record set ${described(recordSet)} but it was not found`;
  }
  return sameValues(found, recordSet)
    ? undefined
    : `Tried to delete resource record set ${described(recordSet)} but the values provided do not ` +
        "match the current values";
};

/** What is wrong with a record set among the others that a batch would leave. */
export const recordProblem = (
  recordSet: RecordSet,
  after: RecordSets,
  zone: ZoneName,
): string | undefined => {
  const { name, type, weight } = recordSet;
  if (!liesInZone(name, zone.name)) {
    return `RRSet with DNS name ${name} is not permitted in zone ${zone.name}`;
  }
  const others = [...after.values()].filter((other) => keyOf(other) !== keyOf(recordSet));
  const sameName = others.filter((other) => other.name === name);
  const siblings = sameName.filter((other) => other.type === type);
  if (weight === undefined && siblings.length > 0) {
    return `${rrset(recordSet)} cannot be created as other RRSets exist with the same name and type.`;
  }
  if (siblings.some((other) => other.weight === undefined)) {
    return (
      `${rrset(recordSet)} cannot be created as a non-weighted set exists with the same name and ` +
      "type."
    );
  }
  const plain = siblings.filter(({ ttl }) => ttl !== undefined);
  if (recordSet.ttl !== undefined && plain.some(({ ttl }) => ttl !== recordSet.ttl)) {
    return `${rrset(recordSet)} cannot be created as weighted sets must contain the same TTL.`;
  }
  if (type === "CNAME" && name === zone.name) {
    return `RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zone.name}`;
  }
  if (sameName.some((other) => (other.type === "CNAME") !== (type === "CNAME"))) {
    return (
      `RRSet of type ${type} with DNS name ${name} is not permitted as it conflicts with other ` +
      `records with the same DNS name in zone ${zone.name}`
    );
  }
  return valueProblem(recordSet) ?? aliasProblem(recordSet, others, zone);
};

const valueProblem = ({ type, values }: RecordSet): string | undefined => {
  if (values === undefined) return undefined;
  if (new Set(values).size !== values.length) return "Duplicate Resource Record";
  const wrong = (one: string): boolean =>
    (type === "A" && !isIPv4(one)) || (type === "AAAA" && !isIPv6(one));
  const bad = values.find(wrong);
  if (bad !== undefined) {
    const family = type === "A" ? "IPv4" : "IPv6";
    return `Invalid Resource Record: FATAL problem: ARRDATAIllegal${family}Address (Value is not a valid ${family} address) encountered with '${bad}'`;
  }
  return type === "CNAME" && values.length > 1
    ? "Invalid Resource Record: FATAL problem: RRSetWithMultipleCNAMEs encountered"
    : undefined;
};

const aliasProblem = (
  { type, alias }: RecordSet,
  others: readonly RecordSet[],
  zone: ZoneName,
): string | undefined => {
  if (alias === undefined) return undefined;
  const tried = `Tried to create an alias that targets ${alias.name}, type ${type} in zone ${alias.zoneId}`;
  const inOwnZone = alias.zoneId === zone.id && liesInZone(alias.name, zone.name);
  const inTheirs = zone.loadBalancers.filter(({ zoneId }) => zoneId === alias.zoneId);
  if (!inOwnZone && inTheirs.length === 0) {
    return `${tried}, but the alias target name does not lie within the target zone`;
  }
  const found = inOwnZone
    ? others.some((other) => other.name === alias.name && other.type === type)
    : // Each has IPv4 addresses alone.
      type === "A" && inTheirs.some(({ name }) => name === alias.name);
  return found ? undefined : `${tried}, but that target was not found`;
};

const sameValues = (one: RecordSet, other: RecordSet): boolean => {
  const comparable = ({ values = [], ...rest }: RecordSet): string =>
    JSON.stringify([Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)), values.toSorted()]);
  return comparable(one) === comparable(other);
};
