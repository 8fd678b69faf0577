import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { SystemDefinition } from "../definition/system.ts";
import type { Workspace } from "../engine/engine.ts";
import { stackFile } from "../operator/stack-file.ts";
import { makePeople, type RehearsalPeople } from "./people/rehearsal-people.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Name of every rehearsal's stack. */
export const rehearsalStack = "rehearsal";

/** Folder of the policy pack. */
export const policyPack = join(root, "policies");

/** A stack of the real program in a folder of its own; nothing of it stays when it is removed. */
export interface RehearsalWorkspace extends Workspace {
  /** Those who sign here, with keys of their own. */
  readonly people: RehearsalPeople;
  remove(): Promise<void>;
}

/**
 * Makes the project folder that an engine works in: the repository's own program, a stack and its state.
 * @param system the one whose people sign.
 * @param environment variables that bind the program, the pack and the providers to the world.
 */
export const makeRehearsalWorkspace = async (
  system: Pick<SystemDefinition, "name" | "roles">,
  environment: Readonly<Record<string, string>>,
): Promise<RehearsalWorkspace> => {
  const directory = await mkdtemp(join(tmpdir(), "cutover-rehearsal-"));
  const project = {
    name: "cutover",
    main: join(root, "start/program.mjs"),
    runtime: {
      name: "nodejs",
      options: { typescript: false, nodeargs: "--import=cutover/start" },
    },
  };
  await writeFile(join(directory, "Pulumi.yaml"), stringify(project));
  await writeFile(
    stackFile(directory, rehearsalStack),
    stringify({ config: { "cutover:environment": "rehearsal" } }),
  );
  const evidence = join(directory, "evidence");
  return {
    directory,
    people: await makePeople(evidence, system),
    stack: rehearsalStack,
    // The CLI replaces a state at once, but not the file of metadata that it keeps beside it: a program that reads
    // its own stack meanwhile would find half of that.
    backendUrl: `file://${directory}?metadata=skip`,
    environment: {
      ...environment,
      CUTOVER_EVIDENCE: evidence,
      PULUMI_CONFIG_PASSPHRASE: "rehearsal",
      // The real CLI leaves its traces here, and asks nobody for anything: the world serves all providers.
      PULUMI_HOME: join(directory, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};
