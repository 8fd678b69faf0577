import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { BadInput } from "../definition/bad-input.ts";
import {
  defaultParallel,
  type Engine,
  type LockHolder,
  type OperationOptions,
  type OperationResult,
  type StateResource,
  type Workspace,
} from "./engine.ts";
import { firstLock } from "./lock-files.ts";
import { OperationLog } from "./operation-log.ts";
import { failureBeforeBeginning } from "./pulumi/cli-failure.ts";
import { shownValues } from "./pulumi/engine-values.ts";
import { EventRecord } from "./pulumi/event-record.ts";
import { installedCli } from "./pulumi/installed-cli.ts";
import { Interrupt } from "./pulumi/interrupt.ts";
import { isThere, makeIfMissing, openStack, type OpenedStack } from "./pulumi/opened-stack.ts";

type Verb = "preview" | "up" | "refresh" | "destroy";

/** The real engine: the `pulumi` on the PATH, through the Automation API. It takes any stack. */
export class PulumiEngine implements Engine {
  readonly name = "pulumi";
  readonly #cli: PulumiCommand;

  private constructor(cli: PulumiCommand) {
    this.#cli = cli;
  }

  /** @throws BadInput without a CLI that will do */
  static async create(): Promise<PulumiEngine> {
    return new PulumiEngine(await installedCli());
  }

  preview(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run("preview", workspace, options);
  }

  up(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run("up", workspace, options);
  }

  refresh(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run("refresh", workspace, options);
  }

  destroy(workspace: Workspace, options: OperationOptions = {}): Promise<OperationResult> {
    return this.#run("destroy", workspace, options);
  }

  async outputs(workspace: Workspace): Promise<Readonly<Record<string, unknown>>> {
    return outputsOf(await this.#open(workspace));
  }

  async resources(workspace: Workspace): Promise<readonly StateResource[]> {
    const opened = await this.#open(workspace);
    return (await stateOf(opened)).map(
      ({ urn, type, parent = "", protect = false, retainOnDelete = false }) => ({
        urn,
        type,
        parent,
        protect,
        retainOnDelete,
      }),
    );
  }

  async lockHolder(workspace: Workspace): Promise<LockHolder | undefined> {
    const { files } = await this.#open(workspace);
    return files === undefined ? undefined : firstLock(files.locks);
  }

  async cancel(workspace: Workspace): Promise<void> {
    const opened = await this.#open(workspace);
    if (await isThere(opened)) await opened.stack.cancel();
  }

  #open(workspace: Workspace): Promise<OpenedStack> {
    return openStack(workspace, this.#cli);
  }

  async #run(
    verb: Verb,
    workspace: Workspace,
    options: OperationOptions,
  ): Promise<OperationResult> {
    refusePlanOf(verb, options);
    const opened = await this.#open(workspace);
    const log = new OperationLog(options.onEvent);
    const record = new EventRecord(log);
    await makeIfMissing(opened, workspace);
    if (options.signal?.aborted === true) {
      log.error(cancelled);
      return log.result(await outputsOf(opened));
    }
    const interrupt = new Interrupt(options.signal);
    let complaint = "";
    try {
      await opened.stack[verb]({
        ...optionsOf(verb, options),
        signal: interrupt.signal,
        onError: (text) => (complaint += text),
        onEvent: (event) => {
          if (event.stdoutEvent !== undefined) interrupt.hear(event.stdoutEvent.message);
          record.take(event);
        },
      });
    } catch (error) {
      if (!record.began && !aborted(options)) {
        throw failureBeforeBeginning(
          workspace,
          complaint === "" && error instanceof Error ? error.message : complaint,
        );
      }
      log.fail();
    } finally {
      interrupt.close();
    }
    record.close();
    if (aborted(options)) log.error(cancelled);
    return log.result(record.outputs ?? (await outputsOf(opened)));
  }
}

const cancelled = "the operation was cancelled";

const aborted = ({ signal }: OperationOptions): boolean => signal?.aborted === true;

const optionsOf = (
  verb: Verb,
  { parallel = defaultParallel, targets, policyPacks, plan, savePlan }: OperationOptions,
) => ({
  parallel,
  color: "never" as const,
  ...(targets !== undefined && { target: [...targets] }),
  ...((verb === "preview" || verb === "up") &&
    policyPacks !== undefined && { policyPacks: [...policyPacks] }),
  ...(verb === "preview" && savePlan !== undefined && { plan: savePlan }),
  ...(verb === "up" && plan !== undefined && { plan }),
});

/** A plan is saved by a preview and followed by an update. */
const refusePlanOf = (verb: Verb, { plan, savePlan }: OperationOptions): void => {
  const wrong =
    verb !== "preview" && savePlan !== undefined
      ? { key: "savePlan", found: savePlan, expected: "it with preview only" }
      : verb !== "up" && plan !== undefined
        ? { key: "plan", found: plan, expected: "it with up only" }
        : undefined;
  if (wrong !== undefined) throw new BadInput({ where: "options", ...wrong });
};

/** As the state has them: without secrets in plain text, and so without opening them. */
const outputsOf = async (opened: OpenedStack): Promise<Readonly<Record<string, unknown>>> => {
  const stack = (await stateOf(opened)).find(({ type }) => type === "pulumi:pulumi:Stack");
  return shownValues(stack?.outputs ?? {});
};

interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly outputs?: Record<string, unknown>;
}

const stateOf = async (opened: OpenedStack): Promise<readonly ExportedResource[]> => {
  if (!(await isThere(opened))) return [];
  const { deployment } = (await opened.stack.exportStack()) as {
    deployment?: { resources?: readonly ExportedResource[] };
  };
  return deployment?.resources ?? [];
};
