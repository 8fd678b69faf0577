import fc from "fast-check";
import { expect, test } from "vitest";
import { filledIn, messageFields, unknownFields } from "../../definition/message.ts";

const message = { kind: "status", says: ["{title}: {stage}.", "{title} again, {green} %."] };

test("each field is filled in wherever it stands", () =>
  expect(filledIn(message, { title: "LMS", stage: "Half", green: "50" })).toEqual({
    text: "LMS: Half.\nLMS again, 50 %.",
    missing: [],
  }));

test("a field of which nothing is known is named once", () =>
  expect(filledIn(message, { title: "LMS" })).toMatchObject({ missing: ["stage", "green"] }));

test("a value is told as it is, whatever it looks like", () => {
  fc.assert(
    fc.property(fc.string(), (title) => {
      expect(filledIn({ kind: "k", says: ["<{title}>"] }, { title }).text).toBe(`<${title}>`);
    }),
  );
});

test("a word in braces that stands for nothing is found", () => {
  expect(unknownFields("{title} {stag} {} {constructor}")).toEqual(["stag", "", "constructor"]);
  expect(Object.keys(messageFields).flatMap((field) => unknownFields(`{${field}}`))).toEqual([]);
});
