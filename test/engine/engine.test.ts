import { expect, test } from "vitest";
import { firstError } from "../../engine/engine.ts";

const saying = (...messages: string[]) => ({
  diagnostics: messages.map((message) => ({ severity: "error" as const, urn: undefined, message })),
});

test("the first error is quoted on one line", () => {
  expect(firstError(saying("creating failed: no quota\n  at once", "another"))).toBe(
    "creating failed: no quota",
  );
});

test("an error that only announces its reason is quoted with the reason", () => {
  const message =
    "Running program 'index.ts' failed with an unhandled exception:\n\nError: no such file\n    at index.ts:1";
  expect(firstError(saying(message))).toBe(
    "Running program 'index.ts' failed with an unhandled exception: Error: no such file",
  );
});

test("a failure without an error says so", () => {
  expect(firstError(saying())).toBe("no reason given");
});
