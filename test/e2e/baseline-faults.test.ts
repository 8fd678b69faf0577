import { expect, test } from "vitest";
import { ownRehearsal, rehearsalTimeout } from "./own-rehearsal.ts";
import { rehearsedAtBaseline } from "./rehearsed-faults.ts";

test.for(rehearsedAtBaseline)(
  "$fault at baseline ends refused, and green has no traffic",
  { timeout: rehearsalTimeout },
  async ({ fault, stands }) => {
    const record = await ownRehearsal({ faults: [`${fault}@baseline`], speed: 240 });
    expect(record.outcome).toBe("refused");
    expect(record.rollback).toBeNull();
    expect(record.stages.map(({ stage }) => stage)).toEqual(stands ? ["baseline"] : []);
    expect(record.faults.map(({ name }) => name)).toEqual([fault]);
    // Whatever becomes of green, no request goes there; only weights edited by hand send some.
    for (const { green, at } of greenPoints(record.series)) {
      expect(fault === "weights-edited" || green === 0, new Date(at).toISOString()).toBe(true);
    }
  },
);

const greenPoints = ({
  at,
  green,
}: {
  readonly at: readonly number[];
  readonly green: readonly number[];
}): readonly { readonly at: number; readonly green: number }[] =>
  at.map((instant, index) => ({ at: instant, green: green[index] ?? 0 }));
