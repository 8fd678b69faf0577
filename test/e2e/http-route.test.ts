import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { httpRouteCheckout } from "./http-route-checkout.ts";
import { complaints, nightTimeout, type LiveCutover } from "./live-cutover.ts";
import { oneResourceCases } from "./one-resource-cases.ts";

// What the other nights show of an Istio route, for an HTTPRoute: the same system, and nothing else differs.
vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await httpRouteCheckout();
});
afterAll(() => checkout.remove());

describe("S4-38, S4-39: a cutover by an HTTPRoute", () => {
  let cutover: LiveCutover;
  beforeAll(async () => {
    cutover = await (await liveCutoverOf(checkout)).atBaseline();
  });
  afterAll(() => cutover.stop());

  // Each test goes on where the one before it stopped: it is one night.

  const routeStatus = async (): Promise<number> => {
    const { statusCode, body } = await request(
      `${cutover.world.url}/kubernetes/apis/gateway.networking.k8s.io/v1/namespaces/production/httproutes/lms-route`,
    );
    await body.dump();
    return statusCode;
  };

  oneResourceCases(() => cutover, "lms-split-route", { testers: true });

  test("another tool that marks the route as its own stops the ladder", async () => {
    const marks = { "argocd.argoproj.io/tracking-id": "lms" };
    await cutover.world.disturb({ kind: "route taken", marks });
    expect((await cutover.refusals("canary"))["sole-owner"]).toContain(
      "HTTPRoute production/lms-route is managed by Argo CD",
    );
  });

  // From here on the gateway stays stuck.
  test("a gateway that does not take up the new weights is found, although the cluster stores them", async () => {
    await cutover.world.disturb({ kind: "gateway stuck" });
    await cutover.world.disturb({ kind: "weights by hand", green: 10 });
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
