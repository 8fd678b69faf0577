import { expect, test } from "vitest";
import { sectionText } from "../../bench/section.ts";

test("a section is a line for each figure, with goals met and missed", () => {
  const text = sectionText({
    name: "stage",
    title: "A stage change",
    figures: [
      { name: "step up", value: 1.25, unit: "×", note: "median of 5", goal: 1.25 },
      { name: "way back", value: 1.254, unit: "×", note: "median of 5", goal: 1.25 },
      { name: "empty", value: 1234.4, unit: "ms", note: "median" },
      { name: "lost", value: 0, unit: "count", note: "of 10", goal: 0 },
    ],
  });
  expect(text.split("\n")).toEqual([
    "A stage change",
    "  step up    1.25 ×  median of 5 (goal: at most 1.25 ×; met)",
    "  way back   1.25 ×  median of 5 (goal: at most 1.25 ×; not met)",
    "  empty     1234 ms  median",
    "  lost            0  of 10 (goal: at most 0; met)",
  ]);
});
