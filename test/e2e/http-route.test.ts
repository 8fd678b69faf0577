import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { httpRouteCheckout } from "./http-route-checkout.ts";
import { changed, complaints, nightTimeout, type LiveCutover } from "./live-cutover.ts";

// What the other nights show of an Istio route, for an HTTPRoute: the same system, and nothing else differs.
vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await httpRouteCheckout();
});
afterAll(() => checkout.remove());

describe("a cutover by an HTTPRoute", () => {
  let cutover: LiveCutover;
  beforeAll(async () => {
    cutover = await (await liveCutoverOf(checkout)).atBaseline();
  });
  afterAll(() => cutover.stop());

  // Each test goes on where the one before it stopped: it is one night.

  const write = ["update lms-cutover", "update lms-split-route"];
  const routeStatus = async (): Promise<number> => {
    const { statusCode, body } = await request(
      `${cutover.world.url}/kubernetes/apis/gateway.networking.k8s.io/v1/namespaces/production/httproutes/lms-route`,
    );
    await body.dump();
    return statusCode;
  };

  test("S4-38: testers reach green by their header while its weight is 0, and nobody else does", async () => {
    const headers = { "x-tester": "yes", "content-type": "application/json" };
    const answer = await request(`${cutover.world.gatewayUrl}/api/v1/leave/balance`, { headers });
    await answer.body.dump();
    expect(answer.headers["x-served-by"]).toBe("green");
    expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  });

  test("S4-39: a step up writes the route and nothing else, and requests follow", async () => {
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

  test("another tool that marks the route as its own stops the ladder", async () => {
    const marks = { "argocd.argoproj.io/tracking-id": "lms" };
    cutover.world.disturb({ kind: "route taken", marks });
    expect((await cutover.refusals("canary"))["sole-owner"]).toContain(
      "HTTPRoute production/lms-route is managed by Argo CD",
    );
  });

  // From here on the gateway stays stuck.
  test("a gateway that does not take up the new weights is found, although the cluster stores them", async () => {
    cutover.world.disturb({ kind: "gateway stuck" });
    cutover.world.disturb({ kind: "weights by hand", green: 10 });
    expect(cutover.green()).toBe(0);
    expect((await cutover.refusals("canary"))["read-back"]).toContain(
      "HTTPRoute production/lms-route is not in force: Gateway infra/public has not taken up its latest version",
    );
  });

  // What is not protected goes: this test is the last one.
  test("neither destroying the stack nor another program removes it", async () => {
    const refused = await cutover.engine.destroy(cutover.workspace);
    expect(complaints(refused)).toMatch(/protect/);
    expect(await routeStatus()).toBe(200);
  });
});
