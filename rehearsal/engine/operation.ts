import * as grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import {
  defaultParallel,
  type OperationOptions,
  type OperationResult,
  type Workspace,
} from "../../engine/engine.ts";
import { Bail, type DeploymentContext } from "./deployment-context.ts";
import { channelOptions, listen } from "./grpc-calls.ts";
import { openStack, stackOutputs, type Accept, type OpenStack } from "./open-stack.ts";
import { OperationLog } from "../../engine/operation-log.ts";
import { readPlan, writePlan } from "./plans/plan-file.ts";
import type { Plan } from "./plans/plan.ts";
import { PolicyPack } from "./policies/policy-packs.ts";
import { engineServer } from "./program/engine-server.ts";
import { Hooks } from "./program/hooks.ts";
import type { StartProgram } from "./program/program-process.ts";
import { readPolicyPack } from "./program/project.ts";
import { BuiltinProvider } from "./providers/builtin-provider.ts";
import { DynamicProviderProcess } from "./providers/dynamic-provider.ts";
import { ProviderRegistry } from "./providers/provider-registry.ts";
import { Journal } from "./state/journal.ts";
import { SecretsProvider } from "./state/secrets-provider.ts";
import { markBackend } from "./state/stack-files.ts";
import { lockStack } from "./state/stack-lock.ts";
import { displayMap } from "./values/property-values.ts";
import type { ResourceState } from "./values/resource-state.ts";
import { stackType } from "./values/urn.ts";

/** What an engine may be given in place of its own. */
export interface EngineParts {
  readonly accept: Accept;
  readonly startProgram: StartProgram;
}

/** One operation on one stack: what it needs is made at its beginning and taken down at its end, however it ends. */
export class Operation {
  readonly stack: OpenStack;
  readonly options: OperationOptions;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly log: OperationLog;
  readonly engineAddress: string;
  readonly context: DeploymentContext;
  readonly startProgram: StartProgram;
  /** Gives the stack's lock back; a preview has none. */
  readonly #release: (() => Promise<void>) | undefined;
  readonly #server: grpc.Server;
  readonly #dynamic: DynamicProviderProcess;

  private constructor(parts: {
    readonly stack: OpenStack;
    readonly options: OperationOptions;
    readonly dryRun: boolean;
    readonly log: OperationLog;
    readonly engineAddress: string;
    readonly context: DeploymentContext;
    readonly startProgram: StartProgram;
    readonly release: (() => Promise<void>) | undefined;
    readonly server: grpc.Server;
    readonly dynamic: DynamicProviderProcess;
  }) {
    this.stack = parts.stack;
    this.options = parts.options;
    this.dryRun = parts.dryRun;
    this.parallel = parts.options.parallel ?? defaultParallel;
    this.log = parts.log;
    this.engineAddress = parts.engineAddress;
    this.context = parts.context;
    this.startProgram = parts.startProgram;
    this.#release = parts.release;
    this.#server = parts.server;
    this.#dynamic = parts.dynamic;
  }

  /**
   * Opens the stack and locks it, unless nothing will be changed.
   * @throws StackLocked, BadInput
   */
  static async begin(
    workspace: Workspace,
    options: OperationOptions,
    dryRun: boolean,
    { accept, startProgram }: EngineParts,
  ): Promise<Operation> {
    const before = await openStack(workspace, accept);
    if (dryRun) {
      return Operation.#assemble(before, options, startProgram, undefined);
    }
    await markBackend(before.files);
    const release = await lockStack(before.files);
    try {
      // Read again: until the lock was ours another update may have been writing.
      return await Operation.#assemble(
        await openStack(workspace, accept),
        options,
        startProgram,
        release,
      );
    } catch (error) {
      await release();
      throw error;
    }
  }

  static async #assemble(
    stack: OpenStack,
    options: OperationOptions,
    startProgram: StartProgram,
    release: (() => Promise<void>) | undefined,
  ): Promise<Operation> {
    const dryRun = release === undefined;
    const { workspace, project, config, base, files, secrets } = stack;
    const log = new OperationLog(options.onEvent);
    const plan =
      options.plan === undefined
        ? undefined
        : await readPlan(options.plan, (salt, file) =>
            salt === undefined || salt === secrets.salt
              ? secrets
              : new SecretsProvider(stack.passphrase, salt, file),
          );
    const packProjects = await Promise.all((options.policyPacks ?? []).map(readPolicyPack));
    const server = new grpc.Server(channelOptions);
    server.addService(engineGrpc.EngineService, { ...engineServer(log) });
    const engineAddress = await listen(server);
    const onLine = (line: string): void => log.say("info", line);
    const environment = workspace.environment;
    const dynamic = new DynamicProviderProcess(project, environment, engineAddress, onLine);
    const news = new Map<string, ResourceState>();
    const reads = new Map<string, ResourceState>();
    const providers = new ProviderRegistry({
      builtin: new BuiltinProvider({
        stackOutputs: (name) => stackOutputs(stack, name),
        resource: (urn) => news.get(urn) ?? reads.get(urn),
      }),
      dynamic,
      attached:
        environment["PULUMI_DEBUG_PROVIDERS"] ?? process.env["PULUMI_DEBUG_PROVIDERS"] ?? "",
      engineAddress,
    });
    const packs = packProjects.map(
      (packProject) =>
        new PolicyPack(packProject, {
          project: project.name,
          stack: workspace.stack,
          dryRun,
          config: config.values,
          secretKeys: config.secretKeys,
          environment,
          engineAddress,
          onLine,
        }),
    );
    const target = {
      file: files.state,
      stack: `organization/${project.name}/${workspace.stack}`,
      secrets,
    };
    const context: DeploymentContext = {
      project: project.name,
      stack: workspace.stack,
      dryRun,
      base,
      olds: new Map(
        base.resources.filter((state) => !state.delete).map((state) => [state.urn, state]),
      ),
      news,
      reads,
      goals: new Map(),
      targets: options.targets === undefined ? undefined : new Set(options.targets),
      plan,
      newPlan: options.savePlan === undefined ? undefined : (new Map() satisfies Plan),
      providers,
      packs,
      hooks: new Hooks(log, dryRun),
      journal: new Journal(base, dryRun ? undefined : target),
      log,
    };
    return new Operation({
      stack,
      options,
      dryRun,
      log,
      engineAddress,
      context,
      startProgram,
      release,
      server,
      dynamic,
    });
  }

  /** Runs the operation and takes everything down; what goes wrong is part of the result. */
  async complete(run: (operation: Operation) => Promise<void>): Promise<OperationResult> {
    try {
      this.#warnOfPending();
      await run(this);
      if (
        this.context.newPlan !== undefined &&
        this.options.savePlan !== undefined &&
        !this.log.failed
      ) {
        await writePlan(
          this.options.savePlan,
          this.context.newPlan,
          this.stack.config.raw,
          this.stack.secrets,
        );
      }
    } catch (error) {
      if (error instanceof Bail) {
        this.log.fail();
      } else {
        this.log.error(error instanceof Error ? error.message : String(error));
      }
    } finally {
      await this.#takeDown();
    }
    const root = this.context.journal.snapshot().resources.find(({ type }) => type === stackType);
    return this.log.result(displayMap(root?.outputs ?? {}));
  }

  async #takeDown(): Promise<void> {
    await Promise.all([...this.context.packs.map((pack) => pack.end()), this.#dynamic.end()]);
    this.context.hooks.close();
    this.context.providers.close();
    this.#server.forceShutdown();
    await this.#release?.();
  }

  #warnOfPending(): void {
    const { pending } = this.stack.base;
    if (pending.length > 0 && !this.dryRun) {
      const operations = pending.map(
        ({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}`,
      );
      this.log.say(
        "warning",
        `Attempting to deploy or update resources with ${pending.length} pending operations from previous deployment.\n` +
          `${operations.join("\n")}\nThese resources are in an unknown state because the process was interrupted ` +
          "while waiting for changes to complete; creations may need to be looked for and removed by hand.",
      );
    }
  }
}
