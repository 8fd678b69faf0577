import type { Reading } from "../facts/reading.ts";

/**
 * What is wrong with one alarm, in words that follow its name; nothing when it works and is not raised.
 * @param watched whether there is something to measure: the side has traffic, at a stage that the plan watches it at.
 */
export const alarmComplaint = (
  state: Reading<string> | undefined,
  watched: boolean,
): string | undefined => {
  if (state === undefined) return "does not exist";
  if (!state.known) return `cannot be read: ${state.reason}`;
  return state.value === "OK" || (state.value === "No Data" && !watched)
    ? undefined
    : `says ${state.value}`;
};
