import { dnsMark } from "../definition/dns-mark.ts";

/** A name whose weighted records split a system's traffic, as its definition has it. */
export interface SplitName {
  readonly zoneId: string;
  readonly name: string;
}

/**
 * What moving traffic by weighted records needs of Route 53: the records of each name and its mark, no other
 * ones of the zone, and nothing is deleted.
 */
export const recordRights = (names: readonly SplitName[], what: "look" | "update") => {
  const rights = names.flatMap(({ zoneId, name }) => {
    const zone = `arn:aws:route53:::hostedzone/${zoneId}`;
    const read = { Effect: "Allow", Action: zoneReading, Resource: zone };
    const change = {
      Effect: "Allow",
      Action: ["route53:ChangeResourceRecordSets"],
      Resource: zone,
      Condition: {
        "ForAllValues:StringEquals": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name, dnsMark.nameOf({ name })],
          "route53:ChangeResourceRecordSetsRecordTypes": ["A", "TXT"],
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
  return what === "look" || names.length === 0 ? rights : [...rights, follow];
};

/** The provider looks a zone up before it changes it; gates and rollback list its records. */
const zoneReading = ["route53:GetHostedZone", "route53:ListResourceRecordSets"];
