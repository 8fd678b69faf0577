import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { complaints, LiveCutover, nightTimeout } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

const inNamespace = (api: string, kind: string) =>
  ["lms-blue", "lms-green"].map((name) => `${api}/namespaces/production/${kind}/${name}`);
/** What a side needs to take the traffic. */
const retained = [
  ...inNamespace("apis/apps/v1", "deployments"),
  ...inNamespace("api/v1", "services"),
  ...inNamespace("api/v1", "serviceaccounts"),
  ...inNamespace("apis/autoscaling/v2", "horizontalpodautoscalers"),
  ...inNamespace("apis/policy/v1", "poddisruptionbudgets"),
  ...inNamespace("apis/networking.istio.io/v1", "destinationrules"),
];

const statusOf = async (path: string): Promise<number> => {
  const { statusCode, body } = await request(`${cutover.world.url}/kubernetes/${path}`);
  await body.dump();
  return statusCode;
};

const expectBlueToServe = async (): Promise<void> => {
  expect(cutover.world.weights()).toMatchObject({ blue: 100, green: 0 });
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
};

test("S1-115: destroying the stack is refused while blue is protected", async () => {
  const refused = await cutover.engine.destroy(cutover.workspace);
  expect(refused.succeeded).toBe(false);
  expect(complaints(refused)).toMatch(/protect/);
  await expectBlueToServe();
});

test("S1-115: a program that no longer has the system can remove neither side", async () => {
  await cutover.operator.set("baseline");
  const main = fileURLToPath(new URL("programs/empty/index.ts", import.meta.url));
  const project = {
    name: "cutover",
    main,
    runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--import=tsx" } },
  };
  await writeFile(join(cutover.workspace.directory, "Pulumi.yaml"), stringify(project));
  const refused = await cutover.engine.up(cutover.workspace);
  expect(refused.succeeded).toBe(false);
  expect(complaints(refused)).toMatch(/protect/);
  await expectBlueToServe();
  for (const path of retained) expect(await statusOf(path), path).toBe(200);
});
