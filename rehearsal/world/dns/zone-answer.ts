import type { Answer } from "dns-packet";
import { emptyResponse, rcode, type Question, type Response } from "./dns-message.ts";
import { canonicalName, liesInZone, type RecordSet } from "./record-set.ts";
import { weightedChoice } from "./weighted-choice.ts";

/** A zone as its name servers have it. */
export interface ServedZone {
  /** With the dot at its end. */
  readonly name: string;
  readonly records: readonly RecordSet[];
  /** Whether a health check passes now. */
  readonly healthy: (healthCheckId: string) => boolean;
  /** Uniform in [0, 1): draws among weighted records. */
  readonly random: () => number;
}

/** As many names as a chain of CNAMEs or aliases may have before it counts as a loop. */
const longestChain = 8;

/** What the zone's name servers answer to a question; the name comes back in the case it was asked in. */
export const zoneAnswer = (zone: ServedZone, { name, type, class: of }: Question): Response => {
  const asked = canonicalName(name);
  if (of !== "IN" || !liesInZone(asked, zone.name)) return emptyResponse(rcode.refused);
  if (type === "ANY") return emptyResponse(rcode.notImplemented);
  const answers = recordsOf(zone, asked, type, longestChain).map((answer) =>
    canonicalName(answer.name) === asked ? { ...answer, name } : answer,
  );
  const exists = zone.records.some((record) => liesInZone(record.name, asked));
  return {
    rcode: exists ? rcode.noError : rcode.nameError,
    answers,
    authorities: answers.length > 0 ? [] : soaOf(zone),
    authoritative: true,
    recursionAvailable: false,
  };
};

const recordsOf = (
  zone: ServedZone,
  name: string,
  type: string,
  links: number,
): readonly Answer[] => {
  if (links === 0) return [];
  const chosen = chosenOf(zone, name, type);
  if (chosen?.alias !== undefined) {
    // An alias answers under its own name with what its target has, TTL included.
    const target = recordsOf(zone, chosen.alias.name, type, links - 1);
    return target.map((answer) => ({ ...answer, name: bare(name) }));
  }
  if (chosen !== undefined) return answersOf(chosen);
  if (type === "CNAME") return [];
  const link = chosenOf(zone, name, "CNAME");
  const [target] = link?.values ?? [];
  if (link === undefined || target === undefined) return [];
  const further = canonicalName(target);
  const rest = liesInZone(further, zone.name) ? recordsOf(zone, further, type, links - 1) : [];
  return [...answersOf(link), ...rest];
};

const chosenOf = (zone: ServedZone, name: string, type: string): RecordSet | undefined => {
  const candidates = zone.records.filter((record) => record.name === name && record.type === type);
  const [first] = candidates;
  if (first?.weight === undefined) return first;
  const weighted = candidates.map((record) => ({
    ...record,
    weight: record.weight ?? 0,
    healthy: isHealthy(zone, record, longestChain),
  }));
  return weightedChoice(weighted, zone.random);
};

const isHealthy = (zone: ServedZone, record: RecordSet, links: number): boolean => {
  const { healthCheckId, alias, type } = record;
  const own = healthCheckId === undefined || zone.healthy(healthCheckId);
  if (!own || links === 0 || alias?.evaluateTargetHealth !== true) return own;
  const targets = zone.records.filter((each) => each.name === alias.name && each.type === type);
  return targets.some((target) => isHealthy(zone, target, links - 1));
};

const bare = (name: string): string => name.slice(0, -1);

const answersOf = ({ name, type, ttl = 0, values = [] }: RecordSet): readonly Answer[] =>
  values.map((value): Answer => {
    const frame = { name: bare(name), ttl, class: "IN" as const };
    switch (type) {
      case "TXT":
        return { ...frame, type, data: value.replaceAll(/^"|"$/g, "") };
      case "SOA":
        return { ...frame, type, data: soaData(value) };
      case "A":
      case "AAAA":
        return { ...frame, type, data: value };
      case "CNAME":
      case "NS":
        return { ...frame, type, data: bare(canonicalName(value)) };
    }
  });

const soaData = (text: string) => {
  const [mname = "", rname = "", ...numbers] = text.split(" ");
  const [serial, refresh, retry, expire, minimum] = numbers.map(Number);
  return { mname: bare(mname), rname: bare(rname), serial, refresh, retry, expire, minimum };
};

const soaOf = (zone: ServedZone): readonly Answer[] =>
  zone.records.filter(({ type }) => type === "SOA").flatMap((record) => [...answersOf(record)]);
