import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { albCheckout } from "./alb-checkout.ts";
import { liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { changed, complaints, nightTimeout, type LiveCutover } from "./live-cutover.ts";

// What the other nights show of an Istio route, for a load balancer's rule whose requests traces count: the same
// system without a mesh.
vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await albCheckout();
});
afterAll(() => checkout.remove());

describe("a cutover by a load balancer's rule", () => {
  let cutover: LiveCutover;
  beforeAll(async () => {
    cutover = await (await liveCutoverOf(checkout)).atBaseline();
  });
  afterAll(() => cutover.stop());

  // Each test goes on where the one before it stopped: it is one night.

  const write = ["update lms-cutover", "update lms-split-route"];
  test("S4-38: testers reach green by their header while its weight is 0, and nobody else does", async () => {
    const headers = { "x-tester": "yes", "content-type": "application/json" };
    const answer = await request(`${cutover.world.gatewayUrl}/api/v1/leave/balance`, { headers });
    await answer.body.dump();
    expect(answer.headers["x-served-by"]).toBe("green");
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  });

  test("S4-39: a step up writes the rule and nothing else, and requests follow", async () => {
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
    expect(changed(await cutover.reach("baseline"))).toEqual(["update lms-split-route"]);
    expect(cutover.green()).toBe(0);
    expect(changed(await cutover.reach("baseline"))).toEqual([]);
  });

  test("a second hand is taken back as well: the mark that makes the write counts up", async () => {
    cutover.world.disturb({ kind: "weights by hand", green: 30 });
    expect(changed(await cutover.reach("baseline"))).toEqual(["update lms-split-route"]);
    expect(cutover.green()).toBe(0);
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

  test("a write that is confirmed and changes nothing is found when the stage is to be left", async () => {
    await cutover.soakUntilOpen("canary");
    cutover.world.disturb({ kind: "write", interruption: "no-op" });
    await cutover.reach("canary");
    expect(cutover.green()).toBe(0);
    expect(await cutover.refusals("half")).toHaveProperty("read-back");
    await cutover.reach("baseline");
  });

  test("green whose targets are all unfit is found before it gets traffic", async () => {
    await cutover.soakUntilOpen("canary");
    cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: true } });
    await cutover.carry(60_000);
    expect(Object.keys(await cutover.refusals("canary"))).toContain("green-ready");
    cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: false } });
  });

  // From here on the load balancer stays stuck.
  test("a load balancer that does not do what its API says is found by who answers", async () => {
    await cutover.soakUntilOpen("canary");
    cutover.world.disturb({ kind: "gateway stuck" });
    await cutover.reach("canary");
    await cutover.carry(5 * 60_000);
    expect(cutover.green()).toBe(0);
    const refused = await cutover.refusals("half");
    expect(Object.keys(refused)).toContain("observed-share");
    expect(Object.keys(refused)).not.toContain("read-back");
  });

  test("another tool that marks the rule as its own stops the ladder", async () => {
    const marks = { "argocd.argoproj.io/tracking-id": "lms" };
    cutover.world.disturb({ kind: "route taken", marks });
    expect((await cutover.refusals("half"))["sole-owner"]).toContain("is managed by Argo CD");
  });

  // What is not protected goes: this test is the last one.
  test("neither destroying the stack nor another program removes it", async () => {
    const refused = await cutover.engine.destroy(cutover.workspace);
    expect(complaints(refused)).toMatch(/protect/);
    expect(await cutover.servedBy(10)).toEqual({ blue: 10, green: 0 });
  });
});
