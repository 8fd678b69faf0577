import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closingLine } from "../closing-line-reporter.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-closing-line-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs vitest on one file with the project's reporters; its exit status and the last line of its output. */
const closing = async (
  code: string,
): Promise<{ readonly status: number; readonly line: string }> => {
  const file = join(folder, "some.test.ts");
  await writeFile(file, `import { afterAll, describe, expect, test } from "vitest";\n${code}\n`);
  return new Promise((resolve) => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const reporter = join(root, "test/closing-line-reporter.ts");
    execFile(
      process.execPath,
      [vitest, "run", "--root", folder, "--reporter", "default", "--reporter", reporter],
      { cwd: folder },
      (error, output) => {
        const status = typeof error?.code === "number" ? error.code : 0;
        resolve({ status, line: output.trimEnd().split("\n").at(-1) ?? "" });
      },
    );
  });
};

test("names skipped tests only where there are some", () => {
  expect(closingLine({ passed: 412, failed: 0, skipped: 3 })).toBe(
    "412 passed, 0 failed, 3 skipped",
  );
  expect(closingLine({ passed: 2, failed: 1, skipped: 0 })).toBe("2 passed, 1 failed");
});

test.for([
  ["test('a', () => {}); test.skip('b', () => {});", 0, "1 passed, 0 failed, 1 skipped"],
  ["test('a', () => {}); test('b', () => expect(1).toBe(2));", 1, "1 passed, 1 failed"],
  ["test('a', () => {}); import './not-there.ts';", 1, "0 passed, 1 failed"],
  [
    "test('a', () => {}); describe('b', () => { test('c', () => {}); afterAll(() => { throw new Error('d'); }); });",
    1,
    "2 passed, 1 failed",
  ],
  ["test('a', () => { void Promise.reject(new Error('b')); });", 1, "1 passed, 1 failed"],
] as const)("%s ends with status %i: %s", async ([code, status, line]) => {
  expect(await closing(code)).toEqual({ status, line });
});
