import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonPatch, mergePatch } from "../../../../rehearsal/world/api-server/patches.ts";

const document = { a: { b: 1, c: [1, 2, 3] }, "x/y": "z" };

test.for([
  { patch: { a: { b: 2 } }, result: { a: { b: 2, c: [1, 2, 3] }, "x/y": "z" } },
  { patch: { a: { b: null } }, result: { a: { c: [1, 2, 3] }, "x/y": "z" } },
  { patch: { a: { c: [9] }, d: { e: null } }, result: { a: { b: 1, c: [9] }, "x/y": "z", d: {} } },
  { patch: [1], result: [1] },
])("merge $patch", ({ patch, result }) => {
  expect(mergePatch(document, patch)).toEqual(result);
});

test.for([
  {
    op: { op: "add", path: "/a/c/1", value: 9 },
    result: { ...document, a: { b: 1, c: [1, 9, 2, 3] } },
  },
  {
    op: { op: "add", path: "/a/c/-", value: 9 },
    result: { ...document, a: { b: 1, c: [1, 2, 3, 9] } },
  },
  {
    op: { op: "replace", path: "/a/c/0", value: 9 },
    result: { ...document, a: { b: 1, c: [9, 2, 3] } },
  },
  { op: { op: "remove", path: "/a/c/0" }, result: { ...document, a: { b: 1, c: [2, 3] } } },
  { op: { op: "replace", path: "/x~1y", value: "w" }, result: { ...document, "x/y": "w" } },
  {
    op: { op: "move", from: "/a/b", path: "/b" },
    result: { a: { c: [1, 2, 3] }, "x/y": "z", b: 1 },
  },
  { op: { op: "copy", from: "/a/b", path: "/b" }, result: { ...document, b: 1 } },
  { op: { op: "test", path: "/a/b", value: 1 }, result: document },
])("json $op", ({ op, result }) => {
  expect(jsonPatch(document, [op])).toEqual(result);
});

test.for([
  [{ op: "replace", path: "/a/z", value: 1 }, "doc is missing path: /a/z"],
  [{ op: "remove", path: "/a/c/7" }, "doc is missing path: /a/c/7"],
  [{ op: "add", path: "/a/c/7", value: 1 }, "no item 7"],
  [{ op: "add", path: "/q/r", value: 1 }, "there is nothing at r"],
  [{ op: "test", path: "/a/b", value: 2 }, "testing value /a/b failed"],
  [{ op: "shift", path: "/a" }, 'unknown operation "shift"'],
  [{ op: "add", path: "a", value: 1 }, '"a" is no JSON pointer'],
  ["add", "an operation must be an object"],
] as const)("refuses %j", ([op, message]) => {
  expect(() => jsonPatch(document, [op])).toThrow(message);
});

test("a merge patch of an object without null is in the result", () => {
  const values = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer());
  fc.assert(
    fc.property(values, values, (target, patch) => {
      expect(mergePatch(target, patch)).toEqual({ ...target, ...patch });
    }),
  );
});
