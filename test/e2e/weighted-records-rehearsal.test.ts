import { afterAll, beforeAll, expect, test } from "vitest";
import { rehearsedIn, type ChangedCheckout } from "./changed-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";
import { weightedRecordsCheckout } from "./weighted-records-checkout.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await weightedRecordsCheckout("addresses");
});
afterAll(() => checkout.remove());

test(
  "weighted records take traffic up, and back within the budget, two writes and caches included",
  async () => {
    const { status, record } = await rehearsedIn(checkout, "--fault", "error-spike@canary");
    expect(record.expectation).toMatchObject({ met: true, differences: [] });
    expect(record).toMatchObject({ outcome: "rolled-back", requests: { lost: 0 } });
    expect(record.stages.map(({ stage }) => stage)).toEqual(["baseline", "canary"]);
    for (const { stage, changed: urns } of record.stages.slice(1)) {
      expect(urns.map((urn) => urn.split("::").at(-1)).sort(), stage).toEqual([
        "lms-cutover",
        "lms-split-blue",
        "lms-split-green",
      ]);
    }
    const { restoredMilliseconds = NaN, budgetMilliseconds, parts } = record.rollback ?? {};
    // Each of the two writes waits 15 s for the name servers.
    expect(parts?.apply).toBeGreaterThanOrEqual(30_000);
    expect(restoredMilliseconds).toBeLessThanOrEqual(budgetMilliseconds ?? 0);
    expect(status).toBe(3);
  },
  rehearsalTimeout,
);
