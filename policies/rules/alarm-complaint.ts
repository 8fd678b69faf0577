import type { Reading } from "../facts/reading.ts";

/**
 * What is wrong with one alarm, in words that follow its name; nothing when it works and is not raised.
 * @param carries whether the side that it watches has traffic: without any there is nothing to measure.
 */
export const alarmComplaint = (
  state: Reading<string> | undefined,
  carries: boolean,
): string | undefined => {
  if (state === undefined) return "does not exist";
  if (!state.known) return `cannot be read: ${state.reason}`;
  return state.value === "OK" || (state.value === "No Data" && !carries)
    ? undefined
    : `says ${state.value}`;
};
