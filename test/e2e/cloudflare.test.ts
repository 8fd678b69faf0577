import { join } from "node:path";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rehearsalToken } from "../../definition/rehearsal-token.ts";
import { zoneId } from "../cloudflare-system.ts";
import { liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { cloudflareCheckout } from "./cloudflare-checkout.ts";
import { changed, complaints, nightTimeout, type LiveCutover } from "./live-cutover.ts";

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

  const write = ["update lms-cutover", "update lms-split-balancer"];
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

  test("S4-39: a step up writes the load balancer and nothing else, and requests follow", async () => {
    await cutover.soakUntilOpen("canary");
    expect(changed(await cutover.reach("canary"))).toEqual(write);
    expect(cutover.green()).toBe(10);
    const { blue, green } = await cutover.servedBy(100);
    expect(blue + green).toBe(100);
    expect(Math.abs(green - 10)).toBeLessThanOrEqual(1);
    expect(changed(await cutover.reach("canary"))).toEqual([]);
  });

  test("a rollback takes all of it back, and is entered", async () => {
    const { update } = await cutover.operator.rollBack();
    expect(changed(update)).toEqual(write);
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    expect(await cutover.moves()).toEqual(["baseline", "canary", "baseline"]);
  });

  test("traffic that someone raised by hand is taken back by the stage's own value", async () => {
    cutover.world.disturb({ kind: "weights by hand", green: 30 });
    expect(cutover.green()).toBe(30);
    expect((await cutover.refusals("canary"))["read-back"]).toContain(
      "someone moved traffic by hand",
    );
    expect(changed(await cutover.reach("baseline"))).toEqual(["update lms-split-balancer"]);
    expect(cutover.green()).toBe(0);
    expect(changed(await cutover.reach("baseline"))).toEqual([]);
  });

  test("a write whose answer is lost fails the update, and setting the value back takes it back", async () => {
    await cutover.soakUntilOpen("canary");
    cutover.world.disturb({ kind: "write", interruption: "fail-after" });
    const failed = await cutover.up("canary");
    expect(failed.succeeded).toBe(false);
    expect(cutover.green()).toBe(10);
    expect(changed(await cutover.reach("baseline"))).toEqual(write);
    expect(cutover.green()).toBe(0);
  });

  test("a write that the API refuses moves nothing, and the same command makes it", async () => {
    await cutover.soakUntilOpen("canary");
    const before = await cutover.moves();
    cutover.world.disturb({ kind: "write", interruption: "fail-before" });
    expect((await cutover.up("canary")).succeeded).toBe(false);
    expect(cutover.green()).toBe(0);
    expect(await cutover.moves()).toEqual(before);
    expect(changed(await cutover.reach("canary"))).toEqual(["update lms-split-balancer"]);
    expect(cutover.green()).toBe(10);
    await cutover.reach("baseline");
  });

  test("a write that is confirmed and changes nothing is found when the stage is to be left", async () => {
    await cutover.soakUntilOpen("canary");
    cutover.world.disturb({ kind: "write", interruption: "no-op" });
    await cutover.reach("canary");
    expect(cutover.green()).toBe(0);
    expect(await cutover.refusals("half")).toHaveProperty("read-back");
    await cutover.reach("baseline");
  });

  test("a sick green gets nothing and stands in no rollback's way, and says why its weight is not in force", async () => {
    await cutover.soakUntilOpen("canary");
    await cutover.reach("canary");
    cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: true } });
    await cutover.carry(180_000);
    expect(cutover.green()).toBe(0);
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    expect((await cutover.refusals("half"))["read-back"]).toContain(
      "load balancer lms.company.com leaves pool lms-green out, which is not healthy",
    );
    const { update } = await cutover.operator.rollBack();
    expect(update.succeeded).toBe(true);
    cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: false } });
    await cutover.carry(180_000);
  });

  // From here on the edge stays stuck.
  test("an edge that does not take up the new weights is found by where requests go", async () => {
    await cutover.soakUntilOpen("canary");
    cutover.world.disturb({ kind: "gateway stuck" });
    await cutover.reach("canary");
    await cutover.carry(180_000);
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
    const { "read-back": readBack, "observed-share": share } = await cutover.refusals("half");
    expect(readBack).toBeUndefined();
    expect(share).toContain("10 %");
  });

  test("another tool that marks the load balancer as its own stops the ladder", async () => {
    cutover.world.disturb({ kind: "route taken", marks: { managed_by: "terraform" } });
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
