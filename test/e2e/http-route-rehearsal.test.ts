import { afterAll, beforeAll, test } from "vitest";
import { backFromCanary } from "./back-from-canary.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { httpRouteCheckout } from "./http-route-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await httpRouteCheckout();
});
afterAll(() => checkout.remove());

test(
  "an HTTPRoute takes traffic up, and back when green answers errors",
  async () => {
    await backFromCanary(checkout, [
      "cutover:index:Cutover::lms-cutover",
      "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::lms-split-route",
    ]);
  },
  rehearsalTimeout,
);
