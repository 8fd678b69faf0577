import { afterAll, beforeAll, expect, test } from "vitest";
import { albCheckout } from "./alb-checkout.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";
import { rehearsedCheckout } from "./rehearsed-checkout.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await albCheckout();
});
afterAll(() => checkout.remove());

test(
  "a whole cutover by a load balancer's rule, counted by traces: nothing fails and nothing is lost",
  async () => {
    const { status, record } = await rehearsedCheckout(checkout, [
      "aws:lb/listenerRule:ListenerRule::lms-split-route",
      "cutover:index:Cutover::lms-cutover",
    ]);
    expect(record).toMatchObject({ outcome: "completed", requests: { failed: 0 } });
    expect(record.stages.map(({ stage }) => stage)).toEqual(["baseline", "canary", "half", "full"]);
    expect(status).toBe(0);
  },
  rehearsalTimeout,
);
