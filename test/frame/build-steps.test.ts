import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs `.ci/run` with an npm that only notes what it is asked for, and fails at one word. */
const buildFailingAt = (
  word: string,
): { readonly status: number | null; readonly asked: readonly string[] } => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-build-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const npm = join(folder, "npm");
  writeFileSync(npm, `#!/bin/sh\necho "$*"\ncase " $* " in *" ${word} "*) exit 1 ;; esac\n`);
  chmodSync(npm, 0o755);
  const path = [folder, process.env["PATH"] ?? ""].join(delimiter);
  const { status, stdout } = spawnSync(join(root, ".ci/run"), {
    env: { ...process.env, PATH: path },
    encoding: "utf8",
  });
  return { status, asked: stdout.trim().split("\n") };
};

test("a build that nothing stops ends with the tests", () => {
  const { status, asked } = buildFailingAt("nothing");
  expect(status).toBe(0);
  expect(asked.at(-1)).toBe("test --silent");
});

test.for<[string, string]>([
  ["format", "format:check"],
  ["lint", "lint"],
  ["S4-76: types", "typecheck"],
  ["requirements", "requirements"],
])("%s: what does not pass stops the build before a test runs", ([, script]) => {
  const { status, asked } = buildFailingAt(script);
  expect(status).not.toBe(0);
  expect(asked.at(-1)).toContain(script);
  expect(asked).not.toContain("test --silent");
});

test("S4-76: the types of every system's definition are checked, strictly", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  expect(scripts["typecheck"]).toBe("tsc --noEmit");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (file) =>
    readFileSync(file, "utf8"),
  ) as { readonly config: unknown };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  expect(options.strict).toBe(true);
  const systems = readdirSync(join(root, "stacks")).filter((file) => file.endsWith(".ts"));
  const checked = fileNames.map((file) => file.slice(root.length));
  expect(checked).toEqual(expect.arrayContaining(systems.map((file) => `stacks/${file}`)));
});
