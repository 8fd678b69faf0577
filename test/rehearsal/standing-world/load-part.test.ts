import { expect, test } from "vitest";
import { LoadPart } from "../../../rehearsal/standing-world/load-part.ts";

/** Parts after each second; 70 ms are usual. */
const partsAfter = (seconds: readonly (readonly [p95: number | null, wanted: number])[]) => {
  const load = new LoadPart(70);
  return seconds.map(([p95, wanted]) => {
    load.next(p95, wanted);
    return load.part;
  });
};
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** Seconds in which it climbs from the least to a quarter. */
const toQuarter = times(2, [70, 0.25] as const);
const fromQuarter = (seconds: Parameters<typeof partsAfter>[0]): readonly number[] =>
  partsAfter([...toQuarter, ...seconds]).slice(toQuarter.length);

test("climbs from a sixteenth to what is wanted, and goes back with it", () => {
  expect(new LoadPart(70).part).toBe(1 / 16);
  expect(partsAfter([...times(5, [70, 1] as const), [70, 0.25]])).toEqual([
    ...[0.125, 0.25, 0.5, 1, 1],
    0.25,
  ]);
});

test("a machine that is busy for three seconds in a row gets half as much, until a sixteenth", () => {
  expect(fromQuarter(times(3, [350, 0.25]))).toEqual([0.25, 0.25, 0.25]);
  expect(fromQuarter(times(3, [351, 0.25]))).toEqual([0.25, 0.25, 0.125]);
  expect(fromQuarter([351, 351, 70, 351, 351].map((p95) => [p95, 0.25]))).toEqual(times(5, 0.25));
  expect(fromQuarter(times(30, [Infinity, 0.25])).at(-1)).toBe(1 / 16);
});

test("is given more again after a minute that was good", () => {
  const busy = times(3, [9_000, 0.25] as const);
  expect(fromQuarter([...busy, ...times(59, [70, 0.25] as const)]).at(-1)).toBe(0.125);
  expect(fromQuarter([...busy, ...times(60, [70, 0.25] as const)]).at(-1)).toBe(0.25);
});

test("silence says nothing", () => {
  expect(partsAfter(times(3, [null, 0.25]))).toEqual([0.125, 0.25, 0.25]);
});
