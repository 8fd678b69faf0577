import { describe, expect, test } from "vitest";
import { declaredSystems, refuseUpward } from "../../definition/rollback-of.ts";

describe("the systems that an update declares", () => {
  test("all of the stack's, unless it is one system's rollback", () => {
    expect(declaredSystems(["lms", "payroll"], undefined)).toEqual(["lms", "payroll"]);
    expect(declaredSystems(["lms", "payroll"], "payroll")).toEqual(["payroll"]);
  });

  test("a rollback of a system that the stack does not have is refused", () =>
    expect(() => declaredSystems(["lms"], "nosuch")).toThrow(
      'CUTOVER_ROLLBACK_OF: "nosuch", expected a system of this stack (lms), or not to be set at all. Nothing changed.',
    ));
});

test.each(["back", "stay"])("a rollback may go %s", (direction) =>
  expect(() => {
    refuseUpward("lms", direction);
  }).not.toThrow(),
);

test.each(["forward", "begin"])("a rollback may not go %s", (direction) =>
  expect(() => {
    refuseUpward("lms", direction);
  }).toThrow(/whose config asks for a move (up|onto) the ladder/),
);
