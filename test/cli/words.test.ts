import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearest } from "../../cli/nearest.ts";
import { oneLine } from "../../cli/one-line.ts";
import { wholeParts } from "../../cli/whole-parts.ts";
import { hanging, wrapped } from "../../cli/wrapped.ts";

const anyText = fc.string({ unit: "binary", maxLength: 200 });

describe("oneLine", () => {
  test("never has a control character or more than its limit", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        expect(oneLine(text, limit)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(oneLine(text, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });
  test("keeps what it can keep", () => {
    expect(oneLine("\u001b[31mred\u001b[0m\n and  wide ", 80)).toBe("red and wide");
    expect(oneLine("twelve chars", 12)).toBe("twelve chars");
    expect(oneLine("twelve chars", 11)).toBe("twelve cha…");
  });
});

describe("wrapped", () => {
  test("keeps every word within the width", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
  test("hangs further lines below the first", () => {
    expect(hanging("  ! ", "word ".repeat(20))).toMatch(/^ {2}! (word ?){15}\n {4}(word ?){5}$/);
  });
});

test("whole parts add up to the rounded sum, each next to what it was", () => {
  const part = fc.double({ min: 0, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const whole = wholeParts(parts);
      const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
      expect(sum(whole)).toBe(Math.round(sum(parts)));
      parts.forEach((each, index) => {
        expect(Math.abs((whole[index] ?? Number.NaN) - each)).toBeLessThanOrEqual(1);
      });
    }),
  );
});

test.for([
  ["lsm", "lms"],
  ["LMS", "lms"],
  ["intelliflo", "intelliflow"],
  ["elephant", undefined],
  ["l".repeat(100_000), undefined],
  ["", undefined],
] as const)("nearest to %s: %s", ([written, expected]) => {
  expect(nearest(written, ["lms", "intelliflow"])).toBe(expected);
});
