import { describe, expect, test } from "vitest";
import { freezeOf, frozenAnnotation, frozenSoFar, leaseSpecOf } from "../../definition/freeze.ts";

const began = Date.parse("2026-06-23T07:30:00.000Z");
const held = {
  holderIdentity: "rawdog-cutover",
  acquireTime: "2026-06-23T07:30:00.000000Z",
  leaseDurationSeconds: 50,
};
const ended = { metadata: { annotations: { [frozenAnnotation]: "4200" } } };

describe("the freeze that a Lease holds", () => {
  test("begins when it was taken and ends by itself", () => {
    expect(freezeOf(held)).toEqual({ holder: "rawdog-cutover", began, ends: began + 50_000 });
  });

  test("is written as it is read", () => {
    const freeze = { holder: "rawdog-cutover", began, ends: began + 50_000 };
    expect(leaseSpecOf(freeze)).toEqual(held);
  });

  test.for([
    ["was given back", { ...held, holderIdentity: null }],
    ["has no length", { ...held, leaseDurationSeconds: null }],
    ["has no readable beginning", { ...held, acquireTime: "yesterday" }],
  ] as const)("is none when it %s", ([, spec]) => {
    expect(freezeOf(spec)).toBeUndefined();
  });
});

describe("S4-2: what freezes have lasted", () => {
  test.for([
    ["nothing before the first", {}, 0],
    [
      "what was noted, once all were given back",
      { ...ended, spec: { holderIdentity: null } },
      4_200,
    ],
    ["and the one that is held, so far", { ...ended, spec: held }, 14_200],
  ] as const)("%s", ([, lease, lasted]) => {
    expect(frozenSoFar(lease, began + 10_000)).toBe(lasted);
  });

  test("one that nobody gives back lasts until it ends by itself", () => {
    expect(frozenSoFar({ spec: held }, began + 3_600_000)).toBe(50_000);
  });

  test("a note that is no number is not taken for none", () => {
    const metadata = { annotations: { [frozenAnnotation]: "long" } };
    expect(frozenSoFar({ metadata, spec: held }, began)).toBeNaN();
  });
});
