import { BadInput } from "../../definition/bad-input.ts";
import { withoutSecrets } from "../../definition/named-systems.ts";
import type { BackendFiles } from "../../engine/backend-files.ts";
import type { Workspace } from "../../engine/engine.ts";
import { readProgram, type NodeProject } from "./program/project.ts";
import { readStackConfig, type StackConfig } from "./program/stack-config.ts";
import { checkpointSalt, readCheckpoint } from "./state/read-checkpoint.ts";
import { SecretsProvider } from "./state/secrets-provider.ts";
import { emptySnapshot, type Snapshot } from "./state/snapshot.ts";
import { readIfThere, stackFiles } from "./state/stack-files.ts";
import type { PropertyMap } from "./values/property-values.ts";
import { stackType } from "./values/urn.ts";

/** Takes a stack's config and says why the engine refuses it, or undefined if it does not. */
export type Accept = (config: Readonly<Record<string, string>>) => string | undefined;

/** A stack as its files have it. */
export interface OpenStack {
  readonly workspace: Workspace;
  readonly project: NodeProject;
  readonly config: StackConfig;
  readonly files: BackendFiles;
  readonly passphrase: string | undefined;
  readonly secrets: SecretsProvider;
  readonly base: Snapshot;
}

/**
 * Reads a stack's project, config and state.
 * @throws BadInput if one of them is missing or wrong, or if the stack is refused
 */
export async function openStack(workspace: Workspace, accept: Accept): Promise<OpenStack> {
  const project = await readProgram(workspace.directory);
  const passphrase =
    workspace.environment["PULUMI_CONFIG_PASSPHRASE"] ?? process.env["PULUMI_CONFIG_PASSPHRASE"];
  const config = await readStackConfig(project.root, project.name, workspace.stack, passphrase);
  const refusal = accept(withoutSecrets(config.values, config.secretKeys));
  if (refusal !== undefined) {
    throw new BadInput({
      where: config.file,
      key: "the stack",
      found: `refused by the embedded engine (${refusal})`,
      expected: "a rehearsal",
    });
  }
  const files = stackFiles(workspace.backendUrl, project.name, workspace.stack);
  const text = await readIfThere(files.state);
  const secretsOf = (salt: string | undefined): SecretsProvider =>
    new SecretsProvider(passphrase, salt, files.state);
  const base =
    text === undefined ? emptySnapshot : await readCheckpoint(text, files.state, secretsOf);
  const salt = (text === undefined ? undefined : checkpointSalt(text)) ?? config.salt;
  return { workspace, project, config, files, base, passphrase, secrets: secretsOf(salt) };
}

/** The outputs of a stack of the same backend: of this one as it was last written, or of another. */
export async function stackOutputs(
  { workspace, project, secrets, passphrase }: OpenStack,
  name: string,
): Promise<PropertyMap> {
  const parts = name.split("/");
  const stack = parts.at(-1) ?? "";
  const projectName = parts.at(-2) ?? project.name;
  if (parts.length > 3 || (parts.length === 3 && parts[0] !== "organization")) {
    throw new Error(`the stack "${name}" is not of the form organization/PROJECT/STACK`);
  }
  const { state } = stackFiles(workspace.backendUrl, projectName, stack);
  const text = await readIfThere(state);
  if (text === undefined) {
    if (projectName === project.name && stack === workspace.stack) {
      return {}; // Before its first update a stack has no file and no outputs.
    }
    throw new Error(`unknown stack "${name}"`);
  }
  const secretsOf = (salt: string | undefined): SecretsProvider =>
    salt === secrets.salt ? secrets : new SecretsProvider(passphrase, salt, state);
  const { resources } = await readCheckpoint(text, state, secretsOf);
  return resources.find(({ type }) => type === stackType)?.outputs ?? {};
}
