import type { XmlElement } from "../aws/xml.ts";
import type { HealthChecks } from "./health-checks.ts";
import type { ChangeInfo, HostedZone } from "./hosted-zone.ts";
import { canonicalName, placeOf, type RecordSet } from "./record-set.ts";

/** The most record sets that one answer lists. */
const mostItems = 300;

const recordSetElement = (record: RecordSet): XmlElement => {
  const { name, type, setIdentifier, weight, ttl, values, alias, healthCheckId } = record;
  return [
    "ResourceRecordSet",
    [
      ["Name", name],
      ["Type", type],
      ["SetIdentifier", setIdentifier],
      ["Weight", weight],
      ["TTL", ttl],
      ["ResourceRecords", values?.map((value) => ["ResourceRecord", [["Value", value]]])],
      [
        "AliasTarget",
        alias && [
          ["HostedZoneId", alias.zoneId],
          ["DNSName", alias.name],
          ["EvaluateTargetHealth", alias.evaluateTargetHealth],
        ],
      ],
      ["HealthCheckId", healthCheckId],
    ],
  ];
};

/** A zone's record sets from the one that the query names, a page of them. */
export const recordSetsAnswer = (zone: HostedZone, query: URLSearchParams): XmlElement => {
  const all = zone.list();
  const from = startOf(query);
  const size = Number(query.get("maxitems") ?? mostItems);
  const first = all.findIndex((record) => from === undefined || placeOf(record) >= from);
  const rest = first === -1 ? [] : all.slice(first);
  const page = rest.slice(0, Math.min(size, mostItems));
  const next = rest[page.length];
  return [
    "ListResourceRecordSetsResponse",
    [
      ["ResourceRecordSets", page.map(recordSetElement)],
      ["IsTruncated", next !== undefined],
      ["NextRecordName", next?.name],
      ["NextRecordType", next?.type],
      ["NextRecordIdentifier", next?.setIdentifier],
      ["MaxItems", size],
    ],
  ];
};

/** Where the query says that the list begins. */
const startOf = (query: URLSearchParams): string | undefined => {
  const name = query.get("name");
  if (name === null) return undefined;
  const type = query.get("type") ?? "";
  const setIdentifier = query.get("identifier") ?? "";
  return placeOf({ name: canonicalName(name), type, setIdentifier });
};

/** How far a change is. */
export const changeAnswer = ({ id, status, submittedAt }: ChangeInfo): XmlElement => [
  "GetChangeResponse",
  [
    [
      "ChangeInfo",
      [
        ["Id", `/change/${id}`],
        ["Status", status],
        ["SubmittedAt", new Date(submittedAt).toISOString()],
      ],
    ],
  ],
];

/** What the health checkers found last. @throws Route53Refusal `NoSuchHealthCheck`. */
export const healthAnswer = (checks: HealthChecks, id: string, now: number): XmlElement => [
  "GetHealthCheckStatusResponse",
  [
    [
      "HealthCheckObservations",
      [
        [
          "HealthCheckObservation",
          [
            ["Region", "us-east-1"],
            [
              "StatusReport",
              [
                ["Status", checks.observation(id)],
                ["CheckedTime", new Date(now).toISOString()],
              ],
            ],
          ],
        ],
      ],
    ],
  ],
];
