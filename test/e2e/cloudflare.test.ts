import { join } from "node:path";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rehearsalToken } from "../../definition/rehearsal-token.ts";
import { zoneId } from "../cloudflare-system.ts";
import { liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { cloudflareCheckout } from "./cloudflare-checkout.ts";
import { changed, complaints, nightTimeout, type LiveCutover } from "./live-cutover.ts";
import { oneResourceCases } from "./one-resource-cases.ts";

// What the other nights show of an Istio route, for Cloudflare's load balancer and without a mesh.
vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await cloudflareCheckout();
});
afterAll(() => checkout.remove());

describe("a cutover by a load balancer of Cloudflare", () => {
  let cutover: LiveCutover;
  beforeAll(async () => {
    cutover = await (await liveCutoverOf(checkout)).start();
  });
  afterAll(() => cutover.stop());

  // Each test goes on where the one before it stopped: it is one night.

  const balancers = async (): Promise<readonly { readonly description: string }[]> => {
    const { body } = await request(
      `${cutover.world.url}/cloudflare/client/v4/zones/${zoneId}/load_balancers`,
      { headers: { authorization: `Bearer ${rehearsalToken}` } },
    );
    const answer = (await body.json()) as { readonly result: readonly { description: string }[] };
    return answer.result;
  };
  test("the first preview lets through that pools have no ids yet", async () => {
    await cutover.letSign("baseline");
    await cutover.operator.set("baseline");
    const policyPacks = [join(checkout.directory, "policies")];
    const preview = await cutover.engine.preview(cutover.workspace, { policyPacks });
    expect(complaints(preview)).toBe("");
    expect(preview.succeeded).toBe(true);
  });

  test("blue gets everything at first", async () => {
    await cutover.reach("baseline");
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    expect(changed(await cutover.reach("baseline"))).toEqual([]);
  });

  oneResourceCases(() => cutover, "lms-split-balancer", { testers: false });

  test("a write that the API refuses moves nothing, and the same command makes it", async () => {
    await cutover.soakUntilOpen("canary");
    const before = await cutover.moves();
    await cutover.world.disturb({ kind: "write", interruption: "fail-before" });
    expect((await cutover.up("canary")).succeeded).toBe(false);
    expect(cutover.green()).toBe(0);
    expect(await cutover.moves()).toEqual(before);
    expect(changed(await cutover.reach("canary"))).toEqual(["update lms-split-balancer"]);
    expect(cutover.green()).toBe(10);
    await cutover.reach("baseline");
  });

  test("a sick green gets nothing and stands in no rollback's way, and says why its weight is not in force", async () => {
    await cutover.soakUntilOpen("canary");
    await cutover.reach("canary");
    await cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: true } });
    await cutover.carry(180_000);
    expect(cutover.green()).toBe(0);
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    expect((await cutover.refusals("half"))["read-back"]).toContain(
      "load balancer lms.company.com leaves pool lms-green out, which is not healthy",
    );
    const { update } = await cutover.operator.rollBack();
    expect(update.succeeded).toBe(true);
    await cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: false } });
    await cutover.carry(180_000);
  });

  // From here on the edge stays stuck.
  test("an edge that does not take up the new weights is found by where requests go", async () => {
    await cutover.soakUntilOpen("canary");
    await cutover.world.disturb({ kind: "gateway stuck" });
    await cutover.reach("canary");
    await cutover.carry(180_000);
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    const { "read-back": readBack, "observed-share": share } = await cutover.refusals("half");
    expect(readBack).toBeUndefined();
    expect(share).toContain("10 %");
  });

  test("another tool that marks the load balancer as its own stops the ladder", async () => {
    await cutover.world.disturb({ kind: "route taken", marks: { managed_by: "terraform" } });
    expect((await cutover.refusals("half"))["sole-owner"]).toContain(
      `load balancer ${zoneId}/lms.company.com is managed by whoever describes it as "managed_by: terraform"`,
    );
  });

  // What is not protected goes: this test is the last one.
  test("neither destroying the stack nor another program removes it", async () => {
    const refused = await cutover.engine.destroy(cutover.workspace);
    expect(complaints(refused)).toMatch(/protect/);
    expect(await balancers()).toHaveLength(1);
  });
});
