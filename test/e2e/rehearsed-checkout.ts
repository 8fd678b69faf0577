import { expect } from "vitest";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { run } from "./own-world.ts";

/**
 * A whole cutover of a copy's Leave Management System in one command, as a person runs it; then checks what holds
 * however it ends: it ends as expected, nothing is lost, and a stage change touches nothing else.
 * @param changed what a stage change touches, as `TYPE::NAME`, in order.
 * @throws Error with what the command said when it printed no record.
 */
export const rehearsedCheckout = async (
  { directory }: ChangedCheckout,
  changed: readonly string[],
  words: readonly string[] = [],
): Promise<{ readonly status: number | null; readonly record: RehearsalRecord }> => {
  const command = [process.execPath, "--import", "tsx", "cli/main.ts"];
  const { status, out, log } = await run(
    [...command, "rehearse", "lms", "--json", ...words],
    directory,
    {},
  );
  if (out === "") throw new Error(log);
  const record = JSON.parse(out) as RehearsalRecord;
  expect(record.expectation).toMatchObject({ met: true, differences: [] });
  expect(record.requests.lost).toBe(0);
  for (const { stage, changed: urns } of record.stages.slice(1)) {
    expect(urns.map((urn) => urn.split("$").at(-1)).sort(), stage).toEqual(changed);
  }
  return { status, record };
};
