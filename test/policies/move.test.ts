import fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf } from "../../policies/move.ts";
import { system } from "./lms-night.ts";

const kind = (from: string, to: string, recorded = false, green?: number) =>
  kindOf(system, { from, to }, { recorded, green });

test.for([
  ["(none)", "baseline", "begin"],
  ["(none)", "full", "begin"],
  ["baseline", "canary", "forward"],
  ["baseline", "full", "forward"],
  ["full", "canary", "back"],
  ["half", "baseline", "back"],
] as const)("%s → %s is %s", ([from, to, expected]) => expect(kind(from, to)).toBe(expected));

test("a move that the ledger holds is recorded, but a move back stays one", () => {
  expect(kind("canary", "half", true)).toBe("recorded");
  expect(kind("(none)", "baseline", true)).toBe("recorded");
  expect(kind("half", "baseline", true)).toBe("back");
});

test("only a stage of the ladder can be gone back to", () => {
  expect(kind("canary", "nowhere")).toBe("forward");
  expect(kind("canary", "")).toBe("forward");
});

test("from a stage that the definition has dropped, the landing of a rollback is the way down", () => {
  expect(kind("dropped", "baseline", false, 0)).toBe("back");
  expect(kind("dropped", "half", false, 50)).toBe("forward");
});

test("what gives green more than either stage has is no move back", () => {
  expect(kind("half", "baseline", false, 100)).toBe("forward");
  expect(kind("half", "canary", false, 50)).toBe("back");
  expect(kind("dropped", "baseline", false, 10)).toBe("forward");
});

test("for any names: back means to a lower stage", () =>
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.boolean(), (from, to, recorded) => {
      expect(kind(from, to, recorded)).not.toBe("back");
    }),
  ));
