import { expect, test } from "vitest";
import { dnsMark } from "../../definition/dns-mark.ts";

const route = { zoneId: "Z1", name: "www.example.com" };

test("what is written is read back, with the quotes of a TXT record or without", () => {
  const [text = ""] = dnsMark.record(route, "12").records;
  expect(dnsMark.read(text)).toBe("12");
  expect(dnsMark.read(`"${text}"`)).toBe("12");
});

test("until something is written over, the record says so and is no mark", () => {
  const [text = ""] = dnsMark.record(route, undefined).records;
  expect(text).toBe("cutover/written-over=0");
  expect(dnsMark.read(text)).toBeUndefined();
});

test.for(["", "12", "cutover/written-over=", "cutover/written-over=one"])(
  "another text is no mark: %j",
  (text) => {
    expect(dnsMark.read(text)).toBeUndefined();
  },
);

test("each mark makes a record differ from the one before, the first one included", () => {
  let mark: string | undefined;
  for (let count = 0; count < 5; count += 1) {
    const before = dnsMark.onRecord(mark).allowOverwrite ?? false;
    mark = dnsMark.next(mark);
    expect(dnsMark.onRecord(mark).allowOverwrite).toBe(!before);
  }
  expect(mark).toBe("5");
});
