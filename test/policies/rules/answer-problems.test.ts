import fc from "fast-check";
import { expect, test } from "vitest";
import { answerProblems } from "../../../policies/rules/answer-problems.ts";

const answer = (fields: Readonly<Record<string, unknown>>, code = 200) => ({ code, fields });

test("an answer that says what it must has no problem, whatever else it says", () =>
  expect(answerProblems("GET /", answer({ ok: true, n: 1, more: {} }), { ok: true, n: 1 })).toEqual(
    [],
  ));

test("of a bad status nothing else is told", () =>
  expect(answerProblems("GET /", answer({}, 503), { ok: true }, ["at"])).toEqual([
    "GET / answers 503",
  ]));

test("each field that is wrong or missing is named", () =>
  expect(answerProblems("GET /", answer({ ok: "true" }), { ok: true }, ["at"])).toEqual([
    "GET / says ok: true, not true",
    "GET / says nothing of at",
  ]));

test("what every object has is no field of an answer", () =>
  expect(answerProblems("GET /", answer({}), {}, ["constructor"])).toEqual([
    "GET / says nothing of constructor",
  ]));

test("a long value is cut", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const [problem = ""] = answerProblems("a", answer({ field: value }), { field: "wanted" });
      expect(problem.length).toBeLessThan(80);
    }),
  );
});
