import { dnsMark } from "../definition/dns-mark.ts";

/** A name in a hosted zone, as a definition has it. */
export interface ZoneName {
  readonly zoneId: string;
  readonly name: string;
}

/** The names of a stack's systems that updates write. */
export interface WrittenNames {
  /** Those whose weighted records split traffic. */
  readonly split: readonly ZoneName[];
  /** Those that lead to a load balancer, whose TTL a stage lowers. */
  readonly leading: readonly ZoneName[];
}

/**
 * What moving traffic needs of Route 53: the weighted records of a split name and its mark, or the one record of a name
 * that leads to a load balancer; no other ones of the zone, and nothing is deleted.
 */
export const recordRights = ({ split, leading }: WrittenNames, what: "look" | "update") => {
  const written = [
    ...split.map(({ zoneId, name }) => ({
      zoneId,
      names: [name, dnsMark.nameOf({ name })],
      types: ["A", "TXT"],
    })),
    ...leading.map(({ zoneId, name }) => ({ zoneId, names: [name], types: ["CNAME"] })),
  ];
  const rights = written.flatMap(({ zoneId, names, types }) => {
    const zone = `arn:aws:route53:::hostedzone/${zoneId}`;
    const read = { Effect: "Allow", Action: zoneReading, Resource: zone };
    const change = {
      Effect: "Allow",
      Action: ["route53:ChangeResourceRecordSets"],
      Resource: zone,
      Condition: {
        "ForAllValues:StringEquals": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": names,
          "route53:ChangeResourceRecordSetsRecordTypes": types,
          "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT"],
        },
      },
    };
    return what === "look" ? [read] : [read, change];
  });
  // Changes have ids of their own, which nobody knows before.
  const follow = {
    ...{ Effect: "Allow", Action: ["route53:GetChange"] },
    Resource: "arn:aws:route53:::change/*",
  };
  return what === "look" || written.length === 0 ? rights : [...rights, follow];
};

/** The provider looks a zone up before it changes it; gates and rollback list its records. */
const zoneReading = ["route53:GetHostedZone", "route53:ListResourceRecordSets"];
