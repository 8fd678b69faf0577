import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { loadSystem, systemNames } from "../../definition/catalogue.ts";

const folder = mkdtempSync(join(tmpdir(), "cutover-stacks-"));
const stacks = pathToFileURL(`${folder}/`);
writeFileSync(join(folder, "small.ts"), 'export const small = { name: "small", ladder: [] };\n');
writeFileSync(join(folder, "empty.ts"), "export const other = 1;\n");
writeFileSync(
  join(folder, "renamed.ts"),
  'export const renamed = { name: "something-else", ladder: [] };\n',
);
writeFileSync(join(folder, "broken.ts"), 'throw new Error("another system");\n');
writeFileSync(join(folder, "notes.md"), "no system\n");
afterAll(() => rmSync(folder, { recursive: true }));

test("each file is a system, in alphabetical order", () => {
  expect(systemNames(stacks)).toEqual(["broken", "empty", "renamed", "small"]);
  expect(systemNames()).toContain("lms");
});

test("a system is loaded from its own file; a mistake in another does not matter", async () => {
  expect((await loadSystem("small", "cutover advance", stacks)).name).toBe("small");
  expect((await loadSystem("lms", "cutover advance")).name).toBe("lms");
});

test.for(["missing", "../small", "small.ts", "", "notes"])("%j is no system", async (name) => {
  await expect(loadSystem(name, "cutover advance", stacks)).rejects.toThrow(
    `cutover advance: ${JSON.stringify(name)}, which is no system, expected one of broken, empty, renamed, small. Nothing changed.`,
  );
});

test.for(["empty", "renamed"])("%s.ts has no definition of its name", async (name) => {
  await expect(loadSystem(name, "cutover advance", stacks)).rejects.toThrow(
    `stacks/${name}.ts: without a definition of that name, expected an export made by defineSystem({ name: "${name}", … }). Nothing changed.`,
  );
});
