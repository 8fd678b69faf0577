import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a module prints as JSON, run as the program and the pack are. */
const printed = async (source: string): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import=cutover/start", "--input-type=module", "--eval", source],
    { cwd: root },
  );
  return JSON.parse(stdout) as unknown;
};

/** Loads modules as the program and the pack are loaded. */
const loads = (...modules: readonly string[]): string =>
  modules
    .map((module) => pathToFileURL(join(root, module)).href)
    .map((url) => `await (await import("./start/typescript.mjs")).load(new URL("${url}"));`)
    .join(" ");

/** Names of the packages whose CommonJS modules were loaded. */
const packages = `console.log(JSON.stringify([...new Set(Object.keys(Module._cache).map(
  (file) => /.*node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1] ?? ""))]))`;
const heavy = /typescript|npmcli|ts-node|opentelemetry.(sdk|exporter|instrumentation)|client-node/;

test.for(["components/program.ts", "policies/all-rules.ts"])(
  "%s loads no compiler, no npm and no exporter of traces",
  async (module) => {
    const loaded = await printed(
      `import Module from "node:module"; import "@pulumi/pulumi"; ${loads(module)} ${packages}`,
    );
    expect(loaded).toContain("@pulumi/pulumi");
    expect((loaded as string[]).filter((name) => heavy.test(name))).toEqual([]);
  },
);

test("a move is declared and judged without loading fetch", async () => {
  const loaded = await printed(`
    import "@pulumi/pulumi";
    ${loads("components/program.ts", "policies/last-reading.ts", "policies/facts/postgres-rows.ts")}
    await import("pg");
    console.log(JSON.stringify(process.moduleLoadList));`);
  expect(loaded).toContain("NativeModule http");
  expect((loaded as string[]).filter((name) => name.includes("undici"))).toEqual([]);
});

test("a module is loaded from a folder whose name has a space, and knows where it lies", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cutover start "));
  try {
    const file = join(folder, "one.ts");
    await writeFile(file, "export const here: string = import.meta.dirname;");
    const { href } = pathToFileURL(file);
    const here = await printed(`
      import { load } from "./start/typescript.mjs";
      const { here } = await load(new URL("${href}"));
      console.log(JSON.stringify(here));`);
    expect(here).toBe(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("what changed since the last time is loaded as it is now", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cutover-start-"));
  try {
    const file = join(folder, "one.ts");
    const { href } = pathToFileURL(file);
    const read = `
      import { load } from "./start/typescript.mjs";
      const { percent } = await load(new URL("${href}"));
      console.log(JSON.stringify(percent));`;
    await writeFile(file, "export const percent: number = 10;");
    expect(await printed(read)).toBe(10);
    await writeFile(file, "export const percent: number = 50;");
    expect(await printed(read)).toBe(50);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("what is left out at first is there when it is used", async () => {
  const uses = `
    import * as pulumi from "@pulumi/pulumi";
    const { text } = await pulumi.runtime.serializeFunction((n) => n + 42);
    const workspace = await pulumi.automation.LocalWorkspace.name;
    console.log(JSON.stringify({ text: text.includes("n + 42"), workspace }));`;
  expect(await printed(uses)).toEqual({ text: true, workspace: "LocalWorkspace" });
});

test("tracing finds its exporters", async () => {
  const uses = `
    import { createRequire } from "node:module";
    const { start, newSpan, stop } = createRequire(import.meta.url)("@pulumi/pulumi/cmd/run/tracing.js");
    start("http://127.0.0.1:9/api/v2/spans");
    const recording = newSpan("one").isRecording();
    stop();
    console.log(JSON.stringify(recording));`;
  expect(await printed(uses)).toBe(true);
});

test("an error is printed without colours, on which Node 20 can spend a minute", async () => {
  const uses = `
    import { inspect } from "node:util";
    console.log(JSON.stringify(inspect(new Error("no such file"), { colors: true }).split("\\n")[0]));`;
  expect(await printed(uses)).toBe("Error: no such file");
});
