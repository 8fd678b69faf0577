import fc from "fast-check";
import { expect, test } from "vitest";
import { days, hours, inWords, milliseconds, minutes, seconds } from "../../definition/units.ts";

test.for([
  [milliseconds(500), "500 ms"],
  [milliseconds(999.6), "1000 ms"],
  [seconds(45), "45 s"],
  [seconds(60), "1 min"],
  [minutes(15), "15 min"],
  [minutes(90), "1 h 30 min"],
  [minutes(3.5), "3 min 30 s"],
  [days(2), "2 d"],
  [hours(25), "1 d 1 h"],
] as const)("%o reads %s", ([span, words]) => expect(inWords(span)).toBe(words));

test("each unit is made of the one below", () => {
  expect(seconds(1)).toEqual(milliseconds(1_000));
  expect(minutes(1)).toEqual(seconds(60));
  expect(hours(1)).toEqual(minutes(60));
  expect(days(1)).toEqual(hours(24));
});

test("a span in words is never empty and loses less than a second", () => {
  const size = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1_000, ms: 1 } as const;
  fc.assert(
    fc.property(fc.nat(10 * 86_400_000), (total) => {
      const words = inWords({ milliseconds: total });
      const back = [...words.matchAll(/(\d+) (d|h|min|s|ms)\b/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * size[unit as keyof typeof size],
        0,
      );
      expect(words).not.toBe("");
      expect(Math.abs(back - total)).toBeLessThan(1_000);
    }),
  );
});
