import { BadInput } from "../../definition/bad-input.ts";
import type {
  Engine,
  LockHolder,
  OperationOptions,
  OperationResult,
  StateResource,
  Workspace,
} from "../../engine/engine.ts";
import { runDestroy } from "./destroy.ts";
import { openStack, type Accept } from "./open-stack.ts";
import { Operation, type EngineParts } from "./operation.ts";
import { startProgram } from "./program/program-process.ts";
import { displayMap } from "./values/property-values.ts";
import { runRefresh } from "./refresh.ts";
import { lockHolder, removeLocks } from "./state/stack-lock.ts";
import { runUpdate } from "./update.ts";
import { stackType } from "./values/urn.ts";

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
  readonly #parts: EngineParts;

  constructor(parts: Partial<EngineParts> = {}) {
    this.#parts = { accept: rehearsalsOnly, startProgram, ...parts };
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
    const { base } = await openStack(workspace, this.#parts.accept);
    return displayMap(base.resources.find(({ type }) => type === stackType)?.outputs ?? {});
  }

  async resources(workspace: Workspace): Promise<readonly StateResource[]> {
    const { base } = await openStack(workspace, this.#parts.accept);
    return base.resources.map(({ urn, type, parent, protect, retainOnDelete }) => ({
      urn,
      type,
      parent,
      protect,
      retainOnDelete,
    }));
  }

  async lockHolder(workspace: Workspace): Promise<LockHolder | undefined> {
    const { files } = await openStack(workspace, this.#parts.accept);
    return lockHolder(files);
  }

  async cancel(workspace: Workspace): Promise<void> {
    const { files } = await openStack(workspace, this.#parts.accept);
    await removeLocks(files);
  }

  async #run(
    workspace: Workspace,
    options: OperationOptions,
    dryRun: boolean,
    run: (operation: Operation) => Promise<void>,
  ): Promise<OperationResult> {
    if (options.savePlan !== undefined && !dryRun) {
      throw new BadInput({
        where: "options",
        key: "savePlan",
        found: options.savePlan,
        expected: "it with preview only",
      });
    }
    const operation = await Operation.begin(workspace, options, dryRun, this.#parts);
    return operation.complete(run);
  }
}
