import fc from "fast-check";
import { expect, test } from "vitest";
import { BadInput, shown, shownName } from "../../definition/bad-input.ts";

test("file, key, found, expected, and that nothing changed", () =>
  expect(
    new BadInput({
      where: "Pulumi.prod.yaml",
      key: "lms:trafficWeight",
      found: "15",
      expected: "0, 10, 50 or 100",
    }).message,
  ).toBe("Pulumi.prod.yaml: lms:trafficWeight is 15, expected 0, 10, 50 or 100. Nothing changed."));

test("a remedy, and no key", () =>
  expect(
    new BadInput({
      where: "cutover advance",
      found: '"x", which is no system',
      expected: "lms",
      remedy: "Run cutover systems.",
    }).message,
  ).toBe(
    'cutover advance: "x", which is no system, expected lms. Run cutover systems. Nothing changed.',
  ));

test("its class tells it apart, and its details are kept for --json", () => {
  const details = { where: "f", found: "1", expected: "2" };
  const error = new BadInput(details);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("BadInput");
  expect(error.details).toEqual(details);
});

test.for([
  ["ten", '"ten"'],
  [15, "15"],
  [undefined, "nothing"],
  [null, "null"],
  [{ a: 1 }, '{"a":1}'],
  ["a\nb", '"a\\nb"'],
  ["a\u2028b\u001b[31m\u009b", '"a\\u2028b\\u001b[31m\\u009b"'],
] as const)("%j is shown as %s", ([value, text]) => expect(shown(value)).toBe(text));

test("a value is shown short and on one line", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (value) => {
      expect(shown(value).length).toBeLessThanOrEqual(60);
      expect(shown(value)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(shownName(value)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    }),
  ));

test("a name stands as it is unless it could break the line", () => {
  expect(shownName("traffic-Weight_2.x")).toBe("traffic-Weight_2.x");
  expect(shownName("a b")).toBe('"a b"');
  expect(shownName("")).toBe('""');
});
