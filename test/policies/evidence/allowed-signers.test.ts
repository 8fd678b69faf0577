import fc from "fast-check";
import { expect, test } from "vitest";
import { allowedSigners } from "../../../policies/evidence/allowed-signers.ts";
import { throwawayKey } from "../../../rehearsal/people/throwaway-key.ts";

const key = throwawayKey().line;

/** What a line allows: principals and span, or why nothing. */
const allowed = (line: string) => {
  const { keys, leftOut } = allowedSigners(line);
  return keys.length > 0 ? keys : leftOut;
};
const principals = (line: string) => allowedSigners(line).keys.map(({ principals }) => principals);

test.for([
  [`jane@example.com ${key}`, ["jane@example.com"]],
  [`  jane@example.com ${key} a comment\r`, ["jane@example.com"]],
  [`jane@example.com,jd ${key}`, ["jane@example.com", "jd"]],
  [`"jane@example.com,jd" ${key}`, ["jane@example.com", "jd"]],
  [`jane namespaces="git,cutover-evidence@v1" ${key}`, ["jane"]],
  [`jane Namespaces=cutover-evidence@v1,valid-after="20260101Z" ${key}`, ["jane"]],
] as const)("%s allows its principals", ([line, expected]) =>
  expect(principals(line)).toEqual([expected]),
);

test("a span of validity is read in UTC", () =>
  expect(
    allowed(`jane valid-after="20260101Z",valid-before="20260131235959Z" ${key}`),
  ).toMatchObject([
    {
      validAfter: Date.parse("2026-01-01T00:00:00Z"),
      validBefore: Date.parse("2026-01-31T23:59:59Z"),
    },
  ]));

test.for([
  [`jane cert-authority ${key}`, "cert-authority is not accepted"],
  [`*@example.com ${key}`, "a principal is a pattern"],
  [`!jane,joe ${key}`, "a principal is a pattern"],
  [`jane namespaces="*" ${key}`, "a namespace is a pattern"],
  [`jane valid-before="20260131" ${key}`, "a time is not written as"],
  [`jane valid-before="20260231Z" ${key}`, "a time is not written as"],
  [`jane valid-after="x" ${key}`, "a time is not written as"],
  [`jane no-touch-required ${key}`, "an option that is not known here"],
  [`jane valid-after="20260101Z",valid-after="20250101Z" ${key}`, "it has valid-after twice"],
  [`jane ssh-rsa ${key.split(" ")[1] ?? ""}`, "not of the type it names"],
  [`jane ssh-ed25519 AAAA`, "it "],
  [`jane`, "it is not: principals, options, type and key"],
  [`jane ${key.replace(/.$/, "*")}`, "it is not"],
] as const)("%s allows nobody", ([line, reason]) =>
  expect(allowed(line)).toEqual([expect.stringContaining(reason)]),
);

test("a key for other purposes, a comment and an empty line are no mistakes", () =>
  expect(allowedSigners(`# who\n\njane namespaces="git" ${key}\n`)).toEqual({
    keys: [],
    leftOut: [],
  }));

test("whatever the file holds, it is read in a moment and never crashes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      for (const reason of allowedSigners(`${text}\n${key}${text}`).leftOut) {
        expect(reason).toMatch(/^line \d+: [^\n]+$/);
      }
    }),
  );
});
