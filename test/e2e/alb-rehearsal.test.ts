import { afterAll, beforeAll, expect, test } from "vitest";
import { albCheckout } from "./alb-checkout.ts";
import { rehearsedIn, type ChangedCheckout } from "./changed-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await albCheckout();
});
afterAll(() => checkout.remove());

test(
  "a whole cutover by a load balancer's rule, counted by traces: nothing fails and nothing is lost",
  async () => {
    const { status, record } = await rehearsedIn(checkout);
    expect(record.expectation).toMatchObject({ met: true, differences: [] });
    expect(record).toMatchObject({ outcome: "completed", requests: { failed: 0, lost: 0 } });
    for (const { stage, changed: urns } of record.stages.slice(1)) {
      expect(urns.map((urn) => urn.split("$").at(-1)).sort(), stage).toEqual([
        "aws:lb/listenerRule:ListenerRule::lms-split-route",
        "cutover:index:Cutover::lms-cutover",
      ]);
    }
    expect(status).toBe(0);
  },
  rehearsalTimeout,
);
