import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommandLine } from "../../cli/run.ts";
import { recordingConsole } from "./recording-console.ts";

const examples = fileURLToPath(new URL("../../docs/examples", import.meta.url));
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-comment-"));
});
afterAll(() => rm(folder, { recursive: true }));

const run = async (...words: string[]) => {
  const console = recordingConsole();
  const status = await runCommandLine(["pr-comment", ...words], console);
  return { status, out: console.outLines.join("\n"), log: console.logLines };
};

test.each(["allowed", "refused"])(
  "the example of a step that is %s is what it prints",
  async (name) => {
    const { status, out } = await run(join(examples, `preview-${name}.json`));
    expect(status).toBe(0);
    expect(`${out}\n`).toBe(await readFile(join(examples, `preview-${name}.md`), "utf8"));
  },
);

test("a refused step: verdict, reason and next possible time of each gate, and where rolling back lands", async () => {
  const { out } = await run(join(examples, "preview-refused.json"));
  expect(out).toContain("## rehearsal: lms canary → half: refused");
  expect(out).toMatch(/❌ refused \| `soak` \| refused: .* \| \d{4}-\d\d-\d\dT[\d:.]+Z \|/);
  expect(out).toContain("| green | 10 % | 50 % |");
  expect(out).toContain("Way back: to **baseline** within 1 min");
});

test("as JSON: the comment, and the mark by which the last one is found", async () => {
  const { out } = await run(join(examples, "preview-allowed.json"), "--json");
  const { mark, body } = JSON.parse(out) as { mark: string; body: string };
  expect(mark).toBe("<!-- cutover preview rehearsal -->");
  expect(body.startsWith(mark)).toBe(true);
});

test.each([
  ["{", "no JSON"],
  ["[]", "something else"],
  ['{"stack": 1}', "something else"],
])("a file with %s is refused in one line", async (content, found) => {
  const file = join(folder, "preview.json");
  await writeFile(file, content);
  const { status, out, log } = await run(file);
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(log).toHaveLength(1);
  expect(log[0]).toContain(found);
  expect(log[0]).toContain("expected what `cutover preview --json` printed");
});
