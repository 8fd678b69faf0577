import { expect } from "vitest";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { rehearsedIn } from "./rehearsed-in.ts";

/**
 * Rehearses a copy's Leave Management System with a green that answers errors at canary; then checks that
 * traffic went up and back as it must, whatever splits it.
 * @param changed what a stage change touches, as `TYPE::NAME`, in order.
 */
export const backFromCanary = async (
  checkout: ChangedCheckout,
  changed: readonly string[],
): Promise<RehearsalRecord> => {
  const { status, record } = await rehearsedIn(checkout, "--fault", "error-spike@canary");
  expect(record.expectation).toMatchObject({ met: true, differences: [] });
  expect(record).toMatchObject({ outcome: "rolled-back", requests: { lost: 0 } });
  expect(record.stages.map(({ stage }) => stage)).toEqual(["baseline", "canary"]);
  for (const { stage, changed: urns } of record.stages.slice(1)) {
    expect(urns.map((urn) => urn.split("$").at(-1)).sort(), stage).toEqual(changed);
  }
  const { restoredMilliseconds = NaN, budgetMilliseconds = 0 } = record.rollback ?? {};
  expect(restoredMilliseconds).toBeLessThanOrEqual(budgetMilliseconds);
  expect(status).toBe(3);
  return record;
};
