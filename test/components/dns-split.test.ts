import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { byWeightedAliases, byWeightedRecords, loadBalancers } from "../weighted-records-system.ts";
import { declaredResources, type DeclaredResource } from "./declared-resources.ts";

const RECORD = "aws:route53/record:Record";

const declared = (
  from: string,
  to: string,
  system = byWeightedRecords,
): Promise<readonly DeclaredResource[]> =>
  declaredResources(system, {
    recorded: false,
    transition: {
      ...{ from, to, sequence: 2, since: "", follows: "", damage: "", sinceCommit: "" },
    },
  });

const weightsOf = (resources: readonly DeclaredResource[]) =>
  resources
    .filter(({ type, inputs }) => type === RECORD && inputs["type"] === "A")
    .map(({ name, inputs }) => [name, inputs["weightedRoutingPolicies"]]);

test("a pair of weighted records under one name, with one TTL, and a mark beside it", async () => {
  const resources = await declared("baseline", "canary");
  const records = resources.filter(({ type }) => type === RECORD);
  expect(records.map(({ inputs }) => inputs)).toEqual([
    {
      ...{ zoneId: "Z0REHEARSAL", name: "lms.company.com", type: "A", ttl: 10 },
      records: ["192.0.2.20"],
      setIdentifier: "green",
      weightedRoutingPolicies: [{ weight: 10 }],
    },
    {
      ...{ zoneId: "Z0REHEARSAL", name: "lms.company.com", type: "A", ttl: 10 },
      records: ["192.0.2.10"],
      setIdentifier: "blue",
      weightedRoutingPolicies: [{ weight: 90 }],
    },
    {
      ...{ zoneId: "Z0REHEARSAL", name: "_cutover.lms.company.com", type: "TXT", ttl: 10 },
      records: ["cutover/written-over=0"],
    },
  ]);
  expect(resources.filter(({ type }) => type.includes("VirtualService"))).toEqual([]);
});

test("load balancers are aliases, which have no TTL of their own", async () => {
  const resources = await declared("baseline", "canary", byWeightedAliases);
  const { targets } = loadBalancers;
  for (const side of ["blue", "green"] as const) {
    const record = resources.find(({ name }) => name === `lms-split-${side}`);
    expect(record?.inputs["aliases"], side).toEqual([targets[side].alias]);
    expect(record?.inputs, side).not.toHaveProperty("ttl");
    expect(record?.inputs, side).not.toHaveProperty("records");
  }
});

test.for([
  ["green is raised before blue is lowered", "canary", "half", "green", "blue"],
  ["back, blue is raised before green is lowered", "half", "canary", "blue", "green"],
  ["back to nothing, blue is raised first", "complete", "baseline", "blue", "green"],
  ["a first pair begins with the record above 0", "baseline", "baseline", "blue", "green"],
] as const)("%s", async ([, from, to, first, second]) => {
  expect(weightsOf(await declared(from, to)).map(([name]) => name)).toEqual([
    `lms-split-${first}`,
    `lms-split-${second}`,
  ]);
});

test("a program whose systems need no AWS loads nothing of it, and neither does its pack", async () => {
  const code = `
    await import("./components/program.ts");
    const { loadSystem } = await import("./definition/catalogue.ts");
    const { loadSplit } = await import("./components/traffic-split.ts");
    await loadSplit((await loadSystem("lms", "a test")).traffic);
    await import("./policies/judge.ts");
    const { createRequire } = await import("node:module");
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    const aws = loaded.filter((file) => /@pulumi.aws|@aws-sdk|dns-packet/.test(file));
    console.log(JSON.stringify({ some: loaded.length > 0, aws: aws.slice(0, 3) }));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", code],
    { cwd: fileURLToPath(new URL("../..", import.meta.url)) },
  );
  expect(JSON.parse(stdout)).toEqual({ some: true, aws: [] });
}, 120_000);
