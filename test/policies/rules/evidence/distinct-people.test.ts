import fc from "fast-check";
import { expect, test } from "vitest";
import {
  distinctPeople,
  type Signer,
} from "../../../../policies/rules/evidence/distinct-people.ts";

const roles = ["manager", "lead", "owner"];
const anySigners = fc.array(
  fc.record({
    person: fc.constantFrom("a", "b", "c", "d"),
    role: fc.constantFrom(...roles),
    at: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 6 },
);
const anyRoles = fc.array(fc.constantFrom(...roles), { minLength: 1, maxLength: 3 });

/** Whether any choice of signers fills the roles, found by trying every one. */
const possible = (
  wanted: readonly string[],
  signers: readonly Signer[],
  inOrder: boolean,
): boolean => {
  const choose = (chosen: readonly Signer[]): boolean =>
    chosen.length === wanted.length
      ? new Set(chosen.map(({ person }) => person)).size === chosen.length &&
        (!inOrder || chosen.every(({ at }, index) => at >= (chosen[index - 1]?.at ?? 0)))
      : signers
          .filter(({ role }) => role === wanted[chosen.length])
          .some((signer) => choose([...chosen, signer]));
  return choose([]);
};

test("fills the roles exactly when there is a way, with different people in the order asked for", () => {
  fc.assert(
    fc.property(anyRoles, anySigners, fc.boolean(), (wanted, signers, inOrder) => {
      const filled = distinctPeople(wanted, signers, inOrder);
      expect("by" in filled).toBe(possible(wanted, signers, inOrder));
      if (!("by" in filled)) return;
      expect(filled.by.map(({ role }) => role)).toEqual(wanted);
      expect(new Set(filled.by.map(({ person }) => person)).size).toBe(wanted.length);
    }),
    { numRuns: 2_000 },
  );
});

test("says which roles nobody fills", () =>
  expect(distinctPeople(["lead", "owner"], [{ person: "a", role: "lead", at: 0 }])).toEqual({
    missing: ["owner"],
    why: "nobody",
  }));
