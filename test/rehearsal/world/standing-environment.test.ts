import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { request } from "undici";
import { settle } from "../../../definition/tbd.ts";
import { startWorld, type World } from "../../../rehearsal/world/world.ts";
import { lms } from "../../../stacks/lms.ts";

const system = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });
const { blue, green } = system.environments;

let world: World;
beforeAll(async () => {
  const environments = { blue: { ...blue, owner: "elsewhere" as const }, green };
  world = await startWorld({ system: { ...system, environments }, seed: 1, speed: 60 });
});
afterAll(() => world.stop());

const deployment = async (name: string): Promise<{ status?: { readyReplicas?: number } }> => {
  const path = `apis/apps/v1/namespaces/production/deployments/${name}`;
  const { body } = await request(`${world.url}/kubernetes/${path}`);
  return (await body.json()) as { status?: { readyReplicas?: number } };
};

test("a side that somebody else owns runs before anything is deployed; the other does not", async () => {
  await vi.waitFor(
    async () => {
      expect((await deployment("lms-blue")).status?.readyReplicas).toBe(3);
    },
    { timeout: 20_000 },
  );
  expect((await deployment("lms-green")).status).toBe("Failure");
});
