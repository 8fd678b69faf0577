import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { run } from "./own-world.ts";

/**
 * Rehearses a copy's Leave Management System in one command, as a person does.
 * @throws Error with what the command said when it printed no record.
 */
export const rehearsedIn = async (
  { directory }: ChangedCheckout,
  ...words: readonly string[]
): Promise<{ readonly status: number | null; readonly record: RehearsalRecord }> => {
  const command = [process.execPath, "--import", "tsx", "cli/main.ts"];
  const { status, out, log } = await run(
    [...command, "rehearse", "lms", "--json", ...words],
    directory,
    {},
  );
  if (out === "") throw new Error(log);
  return { status, record: JSON.parse(out) as RehearsalRecord };
};
