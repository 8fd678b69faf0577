import fc from "fast-check";
import { expect, test } from "vitest";
import {
  anyOf,
  flag,
  normalised,
  oneOf,
  perPlane,
  samePosture,
  schemaOf,
  weight,
  wholeSeconds,
} from "../../definition/posture.ts";

const share = weight("share");
const ttl = wholeSeconds("TTL");
const foundTtl = wholeSeconds("TTL", { unlessSet: "as found" });
const word = oneOf(["off", "on"], "maintenance");
const region = perPlane(["edge", "database"], ["east", "west"], "region");
const accepts = (key: typeof share, value: unknown): boolean =>
  schemaOf(key).schema.safeParse(value).success;

test.for([
  [share, 0, true],
  [share, 100, true],
  [share, -1, false],
  [share, 101, false],
  [share, 12.5, false],
  [share, "10", false],
  [ttl, 1, true],
  [ttl, 0, false],
  [ttl, "as found", false],
  [foundTtl, 300, true],
  [foundTtl, "as found", true],
  [foundTtl, "found", false],
  [word, "on", true],
  [word, "On", false],
  [word, true, false],
  [flag("retired"), true, true],
  [flag("retired"), "true", false],
  [region, "west", true],
  [region, { edge: "west", database: "east" }, true],
  [region, { edge: "west" }, false],
  [region, { edge: "west", database: "east", dns: "west" }, false],
  [region, { edge: "north", database: "east" }, false],
  [anyOf(["a", "b"], "flows"), ["a"], true],
  [anyOf(["a", "b"], "flows"), [], true],
  [anyOf(["a", "b"], "flows"), ["c"], false],
  [anyOf(["a", "b"], "flows"), "a", false],
] as const)("$0.form takes %j: %s", ([key, value, expected]) =>
  expect(accepts(key, value)).toBe(expected),
);

test("what is expected is said in words", () => {
  expect(schemaOf(share).expected).toBe("a whole number from 0 to 100");
  expect(schemaOf(region).expected).toBe("east or west, or one of them for each of edge, database");
});

test("one word is that word for each plane, and nothing else changes", () => {
  expect(normalised(region, "west")).toEqual({ edge: "west", database: "west" });
  expect(normalised(word, "on")).toBe("on");
});

test("a default holds while a key is not set", () => {
  expect(flag("retired").default).toBe(false);
  expect(word.default).toBeUndefined();
  expect(oneOf(["off", "on"], "maintenance", { unlessSet: "off" }).default).toBe("off");
  expect(wholeSeconds("TTL", { unlessSet: "as found" }).default).toBe("as found");
});

test("postures are the same whatever the order of their keys", () => {
  expect(samePosture({ a: "1", b: "2" }, { b: "2", a: "1" })).toBe(true);
  expect(samePosture({ a: "1" }, { a: "1", b: "2" })).toBe(false);
  expect(samePosture({ a: "1", b: "2" }, { a: "1" })).toBe(false);
  expect(samePosture({ a: "1" }, "1")).toBe(false);
  expect(samePosture(undefined, undefined)).toBe(true);
  expect(samePosture(0, -0)).toBe(true);
  const map = fc.dictionary(fc.string(), fc.string());
  fc.assert(
    fc.property(map, map, (one, other) => {
      expect(samePosture(one, other)).toBe(samePosture(other, one));
      expect(samePosture(one, Object.fromEntries(Object.entries(one).reverse()))).toBe(true);
    }),
  );
});
