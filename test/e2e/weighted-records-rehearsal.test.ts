import { afterAll, beforeAll, expect, test } from "vitest";
import { backFromCanary } from "./back-from-canary.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";
import { weightedRecordsCheckout } from "./weighted-records-checkout.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await weightedRecordsCheckout("addresses");
});
afterAll(() => checkout.remove());

test(
  "weighted records take traffic up, and back within the budget, two writes, caches and kept connections included",
  async () => {
    const { rollback } = await backFromCanary(checkout, [
      "aws:route53/record:Record::lms-split-blue",
      "aws:route53/record:Record::lms-split-green",
      "cutover:index:Cutover::lms-cutover",
    ]);
    // Each of the two writes waits 15 s for the name servers.
    expect(rollback?.parts.apply).toBeGreaterThanOrEqual(30_000);
  },
  rehearsalTimeout,
);
