import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { albCheckout } from "./alb-checkout.ts";
import { liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { changed, complaints, nightTimeout, type LiveCutover } from "./live-cutover.ts";
import { oneResourceCases } from "./one-resource-cases.ts";

// What the other nights show of an Istio route, for a load balancer's rule whose requests traces count: the same
// system without a mesh.
vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await albCheckout();
});
afterAll(() => checkout.remove());

describe("S4-38, S4-39: a cutover by a load balancer's rule", () => {
  let cutover: LiveCutover;
  beforeAll(async () => {
    cutover = await (await liveCutoverOf(checkout)).atBaseline();
  });
  afterAll(() => cutover.stop());

  // Each test goes on where the one before it stopped: it is one night.

  oneResourceCases(() => cutover, "lms-split-route", { testers: true });

  test("what is raised by hand again is taken back again: the mark that makes the write counts up", async () => {
    for (const green of [30, 60]) {
      await cutover.world.disturb({ kind: "weights by hand", green });
      expect(changed(await cutover.reach("baseline"))).toEqual(["update lms-split-route"]);
      expect(cutover.green()).toBe(0);
    }
  });

  test("green whose targets are all unfit is found before it gets traffic", async () => {
    await cutover.soakUntilOpen("canary");
    await cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: true } });
    await cutover.carry(60_000);
    expect(Object.keys(await cutover.refusals("canary"))).toContain("green-ready");
    await cutover.world.disturb({ kind: "pods", side: "green", change: { neverReady: false } });
  });

  // From here on the load balancer stays stuck.
  test("a load balancer that does not do what its API says is found by who answers", async () => {
    await cutover.soakUntilOpen("canary");
    await cutover.world.disturb({ kind: "gateway stuck" });
    await cutover.reach("canary");
    await cutover.carry(5 * 60_000);
    expect(cutover.green()).toBe(0);
    const refused = await cutover.refusals("half");
    expect(Object.keys(refused)).toContain("observed-share");
    expect(Object.keys(refused)).not.toContain("read-back");
  });

  test("another tool that marks the rule as its own stops the ladder", async () => {
    const marks = { "argocd.argoproj.io/tracking-id": "lms" };
    await cutover.world.disturb({ kind: "route taken", marks });
    expect((await cutover.refusals("half"))["sole-owner"]).toContain("is managed by Argo CD");
  });

  // What is not protected goes: this test is the last one.
  test("neither destroying the stack nor another program removes it", async () => {
    const refused = await cutover.engine.destroy(cutover.workspace);
    expect(complaints(refused)).toMatch(/protect/);
    expect(await cutover.servedBy(10)).toEqual({ blue: 10, green: 0 });
  });
});
