import { expect, test } from "vitest";
import { freezeName, freezeOf, type LeaseSpec } from "../../definition/freeze.ts";

const held: LeaseSpec = {
  holderIdentity: "rawdog-cutover",
  acquireTime: "2026-06-23T06:00:00.250000Z",
  leaseDurationSeconds: 50,
};

test("a system's freeze bears its name", () =>
  expect(freezeName({ name: "rawdog" })).toBe("rawdog-freeze"));

test("a Lease that somebody holds is a freeze, with its beginning and its end", () =>
  expect(freezeOf(held)).toEqual({
    holder: "rawdog-cutover",
    began: Date.parse("2026-06-23T06:00:00.250Z"),
    ends: Date.parse("2026-06-23T06:00:50.250Z"),
  }));

test.for<[string, LeaseSpec]>([
  ["that was never held", {}],
  ["that was given back", { ...held, holderIdentity: null }],
  ["without a beginning", { ...held, acquireTime: null }],
  ["whose beginning is no time", { ...held, acquireTime: "yesterday" }],
  ["without an end", { ...held, leaseDurationSeconds: null }],
])("a Lease %s is none", ([, spec]) => expect(freezeOf(spec)).toBeUndefined());
