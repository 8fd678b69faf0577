import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { Workspace } from "../engine/engine.ts";

/** A stack of one of the programs here, in a folder of its own. */
export interface BenchWorkspace extends Workspace {
  remove(): Promise<void>;
}

/** Folder of the pack without a policy. */
export const emptyPack = fileURLToPath(new URL("packs/empty", import.meta.url));

/** @param program folder below `programs/`. */
export const makeBenchWorkspace = async (
  program: "empty" | "many",
  environment: Readonly<Record<string, string>> = {},
): Promise<BenchWorkspace> => {
  const directory = await mkdtemp(join(tmpdir(), "cutover-bench-"));
  const main = fileURLToPath(new URL(`programs/${program}/index.ts`, import.meta.url));
  const runtime = { name: "nodejs", options: { typescript: false, nodeargs: "--import=tsx" } };
  await writeFile(join(directory, "Pulumi.yaml"), stringify({ name: "bench", main, runtime }));
  await writeFile(
    join(directory, "Pulumi.bench.yaml"),
    stringify({ config: { "cutover:environment": "rehearsal" } }),
  );
  return {
    directory,
    stack: "bench",
    backendUrl: `file://${directory}`,
    environment: { ...environment, PULUMI_CONFIG_PASSPHRASE: "bench" },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};
