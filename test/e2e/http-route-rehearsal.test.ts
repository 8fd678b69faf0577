import { afterAll, beforeAll, expect, test } from "vitest";
import { rehearsedIn, type ChangedCheckout } from "./changed-checkout.ts";
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
    const { status, record } = await rehearsedIn(checkout, "--fault", "error-spike@canary");
    expect(record.expectation).toMatchObject({ met: true, differences: [] });
    expect(record).toMatchObject({ outcome: "rolled-back", requests: { lost: 0 } });
    expect(record.stages.map(({ stage }) => stage)).toEqual(["baseline", "canary"]);
    for (const { stage, changed: urns } of record.stages.slice(1)) {
      expect(urns.map((urn) => urn.split("$").at(-1)).sort(), stage).toEqual([
        "cutover:index:Cutover::lms-cutover",
        "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::lms-split-route",
      ]);
    }
    const { restoredMilliseconds = NaN, budgetMilliseconds = 0 } = record.rollback ?? {};
    expect(restoredMilliseconds).toBeLessThanOrEqual(budgetMilliseconds);
    expect(status).toBe(3);
  },
  rehearsalTimeout,
);
