import { expect, test } from "vitest";
import { BadInput } from "../../definition/bad-input.ts";
import { openKeys, settle, tbd } from "../../definition/tbd.ts";
import { lms } from "../../stacks/lms.ts";

const definition = {
  name: "small",
  zone: tbd("an IANA zone", { inRehearsal: "UTC" }),
  windows: [{ date: tbd("the date", { inRehearsal: "2026-01-10" }), opens: "22:00" }],
  nothing: null,
};

test("open keys are named by their path, with what is wanted", () =>
  expect(openKeys(definition)).toEqual([
    { path: "zone", wanted: "an IANA zone" },
    { path: "windows.0.date", wanted: "the date" },
  ]));

test("a rehearsal takes the examples", () =>
  expect(settle(definition, { rehearsal: true, file: "stacks/small.ts" })).toEqual({
    name: "small",
    zone: "UTC",
    windows: [{ date: "2026-01-10", opens: "22:00" }],
    nothing: null,
  }));

test("an example may itself hold open values", () =>
  expect(
    settle(tbd("a calendar", { inRehearsal: { zone: definition.zone } }), {
      rehearsal: true,
      file: "",
    }),
  ).toEqual({ zone: "UTC" }));

test("staging and production name the first open key and how many follow", () =>
  expect(() => settle(definition, { rehearsal: false, file: "stacks/small.ts" })).toThrow(
    new BadInput({
      where: "stacks/small.ts",
      key: "zone",
      found: "still open",
      expected: "an IANA zone",
      remedy: "1 more open: windows.0.date.",
    }),
  ));

test("without open keys every stack gets the definition as it stands", () => {
  const settledAlready = { name: "small", spans: [{ milliseconds: 1 }] };
  expect(settle(settledAlready, { rehearsal: false, file: "" })).toEqual(settledAlready);
});

test("no example of the Leave Management System reaches staging or production", () => {
  expect(() => settle(lms, { rehearsal: false, file: "stacks/lms.ts" })).toThrow(BadInput);
  expect(openKeys(settle(lms, { rehearsal: true, file: "stacks/lms.ts" }))).toEqual([]);
});
