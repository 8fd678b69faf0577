/**
 * `npm run examples` writes what `docs/pull-requests.md` shows: previews of a step that is refused and of one that may
 * go, as a rehearsal's stack gives them, and the comments made from them.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommandLine } from "../../cli/run.ts";
import { recordingConsole } from "../cli/recording-console.ts";
import { LiveCutover } from "./live-cutover.ts";

const folder = fileURLToPath(new URL("../../docs/examples/", import.meta.url));
const fiveMinutes = 5 * 60_000;

/** What a command prints. */
const printed = async (...words: readonly string[]): Promise<string> => {
  const console = recordingConsole();
  await runCommandLine(words, console);
  return console.outLines.map((line) => `${line}\n`).join("");
};

const writeExample = async (name: string, kept: string): Promise<void> => {
  const file = join(folder, `${name}.json`);
  await writeFile(file, await printed("preview", "--save-plan", join(kept, "plan.json"), "--json"));
  await writeFile(join(folder, `${name}.md`), await printed("pr-comment", file));
};

const cutover = await LiveCutover.atBaseline();
const kept = await mkdtemp(join(tmpdir(), "cutover-examples-"));
try {
  const { directory, stack, backendUrl, environment } = cutover.workspace;
  Object.assign(process.env, environment, {
    CUTOVER_DIRECTORY: directory,
    PULUMI_STACK: stack,
    PULUMI_BACKEND_URL: backendUrl,
  });
  await cutover.soakUntilOpen("canary");
  await cutover.operator.set("canary");
  await writeExample("preview-allowed", kept);
  await cutover.reach("canary");
  await cutover.carry(fiveMinutes);
  await cutover.operator.set("half");
  await writeExample("preview-refused", kept);
} finally {
  await cutover.stop();
  await rm(kept, { recursive: true });
}
