import { expect, test } from "vitest";
import { instantInWords } from "../../../policies/rules/instant-in-words.ts";

const now = Date.parse("2026-01-10T22:30:00Z");

test.for([
  ["2026-01-10T22:41:00Z", "22:41:00 UTC"],
  ["2026-01-10T22:41:00.001Z", "22:41:01 UTC"],
  ["2026-01-10T23:59:59.500Z", "2026-01-11 00:00:00 UTC"],
  ["2026-01-12T01:00:00Z", "2026-01-12 01:00:00 UTC"],
] as const)("%s is %s", ([instant, words]) =>
  expect(instantInWords(Date.parse(instant), now)).toBe(words),
);
