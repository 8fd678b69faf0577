import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { policyPack } from "../../rehearsal/rehearsal-workspace.ts";
import { changed, complaints, LiveCutover, nightTimeout } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

const configure = (config: Readonly<Record<string, unknown>>): Promise<void> =>
  writeFile(
    join(cutover.workspace.directory, "Pulumi.rehearsal.yaml"),
    stringify({ config: { "cutover:environment": "rehearsal", ...config } }),
  );
const up = () => cutover.engine.up(cutover.workspace, { policyPacks: [policyPack] });

test.for([
  {
    what: "an unknown key",
    config: { "lms:trafficWeight": 10, "lms:trafficWieght": 10 },
    says: /^Pulumi\.rehearsal\.yaml: lms:trafficWieght is no key of this system, expected .*\. Nothing changed\.$/,
  },
  {
    what: "a value that is no stage",
    config: { "lms:trafficWeight": 15 },
    says: /^Pulumi\.rehearsal\.yaml: lms:trafficWeight is 15, which is no stage, expected 0, 10, 50 or 100 .*Nearest: canary.* Nothing changed\.$/,
  },
  {
    what: "an unknown system",
    config: { "lsm:trafficWeight": 10 },
    says: /^Pulumi\.rehearsal\.yaml: .*lsm.*expected .*lms.*Nothing changed\.$/,
  },
  {
    what: "a misspelt key of the project",
    config: { "cutover:enviroment": "rehearsal", "lms:trafficWeight": 10 },
    says: /^Pulumi\.rehearsal\.yaml: cutover:enviroment is no key of the project, expected cutover:environment\. Nothing changed\.$/,
  },
  {
    what: "S1-100: somebody's number in plain text",
    config: { "lms:trafficWeight": 10, "lms-contacts:devOps": "a number" },
    says: /^Pulumi\.rehearsal\.yaml: lms-contacts:devOps is in plain text, expected a secret: pulumi config set --secret lms-contacts:devOps\. Nothing changed\.$/,
  },
])("$what ends the update with one line, and nothing changed", async ({ config, says }) => {
  const before = { ledger: await cutover.ledger(), writes: await cutover.routeWrites() };
  await configure(config);
  const refused = await up();
  expect(refused.succeeded).toBe(false);
  expect(complaints(refused)).toMatch(says);
  expect(changed(refused)).toEqual([]);
  expect({ ledger: await cutover.ledger(), writes: await cutover.routeWrites() }).toEqual(before);
  expect(cutover.green()).toBe(0);
});

test.for([
  {
    what: "without an environment",
    environment: undefined,
    says: /is not set, expected rehearsal/,
  },
  { what: "for production", environment: "production", says: /is production, expected rehearsal/ },
])("a stack $what is refused before anything runs", async ({ environment, says }) => {
  const writes = await cutover.routeWrites();
  await configure({ "cutover:environment": environment, "lms:trafficWeight": 10 });
  await expect(up()).rejects.toThrow(says);
  await expect(cutover.engine.destroy(cutover.workspace)).rejects.toThrow(says);
  expect(await cutover.routeWrites()).toBe(writes);
  expect(cutover.green()).toBe(0);
});
