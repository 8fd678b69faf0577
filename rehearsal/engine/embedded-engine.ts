import type {
  Engine,
  LockHolder,
  OperationOptions,
  OperationResult,
  Workspace,
} from "../../engine/engine.ts";
import { runDestroy } from "./destroy.ts";
import { Operation, openStack, type Accept } from "./operation.ts";
import { BadWorkspace } from "./project.ts";
import { displayMap } from "./property-values.ts";
import { runRefresh } from "./refresh.ts";
import { lockHolder, removeLocks } from "./state/stack-lock.ts";
import { runUpdate } from "./update.ts";
import { stackType } from "./urn.ts";

/** Takes a stack's config and says why the engine refuses it, or undefined if it does not. */
const rehearsalsOnly: Accept = (config) => {
  const environment = config["cutover:environment"];
  return environment === "rehearsal"
    ? undefined
    : `cutover:environment is ${environment ?? "not set"}, expected rehearsal`;
};

/**
 * Runs the same programs and policy packs as Pulumi, on any machine, with Pulumi's own protocols and state files.
 * For rehearsals and tests: it refuses any other stack.
 */
export class EmbeddedEngine implements Engine {
  readonly name = "embedded";
  readonly #accept: Accept;

  constructor({ accept = rehearsalsOnly }: { readonly accept?: Accept } = {}) {
    this.#accept = accept;
  }

  preview(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run(workspace, options, true, runUpdate);
  }

  up(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run(workspace, options, false, runUpdate);
  }

  refresh(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run(workspace, { ...options, policyPacks: [] }, false, runRefresh);
  }

  destroy(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run(workspace, { ...options, policyPacks: [] }, false, runDestroy);
  }

  async outputs(workspace: Workspace): Promise<Readonly<Record<string, unknown>>> {
    const { base } = await openStack(workspace, this.#accept);
    return displayMap(base.resources.find(({ type }) => type === stackType)?.outputs ?? {});
  }

  async lockHolder(workspace: Workspace): Promise<LockHolder | undefined> {
    const { files } = await openStack(workspace, this.#accept);
    return lockHolder(files);
  }

  async cancel(workspace: Workspace): Promise<void> {
    const { files } = await openStack(workspace, this.#accept);
    await removeLocks(files);
  }

  async #run(
    workspace: Workspace,
    options: OperationOptions,
    dryRun: boolean,
    run: (operation: Operation) => Promise<void>,
  ): Promise<OperationResult> {
    if (options.savePlan !== undefined && !dryRun) {
      throw new BadWorkspace("options", "savePlan", options.savePlan, "it with preview only");
    }
    const operation = await Operation.begin(workspace, options, dryRun, this.#accept);
    return operation.complete(run);
  }
}
