import { isRecord, type Properties } from "../property-values.ts";

/**
 * Changes a live object from what was asked last time to what is asked now: fields of neither, such as
 * replicas that an autoscaler sets, stay as they are. Lists are one value.
 */
export const mergeInputs = (
  live: Properties,
  before: Properties,
  after: Properties,
): Properties => {
  const kept = Object.entries(live).filter(([key]) => !(key in before) || key in after);
  const asked = Object.entries(after).map(([key, value]) => {
    const now = live[key];
    const then = before[key];
    return isRecord(value) && isRecord(now)
      ? [key, mergeInputs(now, isRecord(then) ? then : {}, value)]
      : [key, value];
  });
  return Object.fromEntries([...kept, ...asked]) as Properties;
};

/** The part of a live object that inputs speak of, in their shape: what a refresh finds changed. */
export const pruneToInputs = (live: Properties, inputs: Properties): Properties =>
  Object.fromEntries(
    Object.entries(inputs).flatMap(([key, input]) => {
      const value = live[key];
      if (value === undefined) return [];
      return [[key, isRecord(input) && isRecord(value) ? pruneToInputs(value, input) : value]];
    }),
  );
