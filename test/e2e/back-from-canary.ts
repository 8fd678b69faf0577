import { expect } from "vitest";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { rehearsedCheckout } from "./rehearsed-checkout.ts";

/**
 * Rehearses a copy's Leave Management System with a green that answers errors at canary; then checks that
 * traffic went up and back as it must, whatever splits it.
 * @param changed what a stage change touches, as `TYPE::NAME`, in order.
 */
export const backFromCanary = async (
  checkout: ChangedCheckout,
  changed: readonly string[],
): Promise<RehearsalRecord> => {
  const fault = ["--fault", "error-spike@canary"];
  const { status, record } = await rehearsedCheckout(checkout, changed, fault);
  expect(record.outcome).toBe("rolled-back");
  expect(record.stages.map(({ stage }) => stage)).toEqual(["baseline", "canary"]);
  const { restoredMilliseconds = NaN, budgetMilliseconds = 0 } = record.rollback ?? {};
  expect(restoredMilliseconds).toBeLessThanOrEqual(budgetMilliseconds);
  expect(status).toBe(3);
  return record;
};
