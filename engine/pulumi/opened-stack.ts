import { access, mkdir } from "node:fs/promises";
import {
  LocalWorkspace,
  Stack,
  type LocalWorkspaceOptions,
  type PulumiCommand,
} from "@pulumi/pulumi/automation/index.js";
import { BadInput } from "../../definition/bad-input.ts";
import { backendFiles, type BackendFiles } from "../backend-files.ts";
import type { Workspace } from "../engine.ts";
import { failureBeforeBeginning } from "./cli-failure.ts";

/** A stack as the Automation API holds it. */
export interface OpenedStack {
  readonly stack: Stack;
  readonly local: LocalWorkspace;
  /** Undefined where the backend is no folder of this machine. */
  readonly files: BackendFiles | undefined;
}

/** Opens a stack; the CLI is not asked for it. @throws BadInput if the folder holds no project */
export const openStack = async (
  { directory, stack, backendUrl, environment }: Workspace,
  pulumiCommand: PulumiCommand,
): Promise<OpenedStack> => {
  const { local, project } = await openFolder(directory, {
    pulumiCommand,
    envVars: {
      ...environment,
      PULUMI_BACKEND_URL: backendUrl,
      // Which gates an operation has is said with it: none comes in by a variable, and none stays where a way back
      // has to do without.
      PULUMI_OPTION_POLICY_PACK: "",
    },
  });
  // Each command names its stack. Selecting it as well would cost a process before a rollback's first write, and
  // would change what somebody selected in the same folder.
  local.selectStack = () => Promise.resolve();
  return {
    stack: await Stack.select(stack, local),
    local,
    files: backendFiles(backendUrl, project, stack),
  };
};

const openFolder = async (
  workDir: string,
  options: LocalWorkspaceOptions,
): Promise<{ readonly local: LocalWorkspace; readonly project: string }> => {
  try {
    const local = await LocalWorkspace.create({ ...options, workDir });
    return { local, project: (await local.projectSettings()).name };
  } catch (error) {
    throw new BadInput({
      where: workDir,
      found: `unusable (${error instanceof Error ? error.message : String(error)})`,
      expected: "a folder with a Pulumi.yaml",
    });
  }
};

/** Whether the stack has a state; true where only the backend can tell. */
export const isThere = async ({ files }: OpenedStack): Promise<boolean> =>
  files === undefined ||
  access(files.state).then(
    () => true,
    () => false,
  );

/**
 * Makes a stack whose backend is a folder, as rehearsals need it. Elsewhere a person chooses the secrets provider
 * when the stack is made.
 * @throws BadInput if the CLI refuses
 */
export const makeIfMissing = async (opened: OpenedStack, workspace: Workspace): Promise<void> => {
  const { files, local, stack } = opened;
  if (files === undefined || (await isThere(opened))) return;
  await mkdir(files.root, { recursive: true });
  try {
    await local.createStack(stack.name);
  } catch (error) {
    throw failureBeforeBeginning(workspace, error instanceof Error ? error.message : String(error));
  }
};
