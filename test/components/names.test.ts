import { expect, test } from "vitest";
import { settle } from "../../definition/tbd.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { declaredResources } from "./declared-resources.ts";

const system = settle(rawdog, { rehearsal: true, file: "stacks/rawdog.ts" });
const recordsAt = async (from: string, to: string) => {
  const declared = await declaredResources(system, {
    recorded: false,
    transition: {
      ...{ from, to, sequence: 2, since: "2026-06-23T06:00:00.000Z" },
      ...{ follows: "", sinceCommit: "", damage: "" },
    },
  });
  return declared
    .filter(({ type }) => type === "aws:route53/record:Record")
    .map(({ name, inputs }) => ({ name, inputs }));
};

test.for([
  ["(none)", "prepare", 3_600],
  ["prepare", "ttl-lowered", 300],
  ["ttl-lowered", "canary", 300],
  ["full", "ttl-lowered", 300],
] as const)(
  "S4-15, S4-18: %s → %s declares the site's record with a TTL of %i s, wherever traffic goes",
  async ([from, to, ttl]) => {
    expect(await recordsAt(from, to)).toEqual([
      {
        name: "rawdog-names-www.rawdog.example",
        inputs: {
          zoneId: "Z0RAWDOGEXAMPLE",
          name: "www.rawdog.example",
          type: "CNAME",
          ttl,
          records: ["rawdog-1234567890.eu-central-1.elb.amazonaws.com"],
          allowOverwrite: true,
        },
      },
    ]);
  },
);
