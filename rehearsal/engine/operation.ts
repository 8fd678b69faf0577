import * as grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { OperationOptions, OperationResult, Workspace } from "../../engine/engine.ts";
import { BuiltinProvider } from "./builtin-provider.ts";
import { Bail, type DeploymentContext } from "./deployment-context.ts";
import { DynamicProviderProcess } from "./dynamic-provider.ts";
import { engineServer } from "./engine-server.ts";
import { channelOptions, listen } from "./grpc-calls.ts";
import { Hooks } from "./hooks.ts";
import { OperationLog } from "./operation-log.ts";
import type { Plan } from "./plan.ts";
import { readPlan, writePlan } from "./plan-file.ts";
import { PolicyPack } from "./policy-packs.ts";
import { BadWorkspace, readPolicyPack, readProgram, type NodeProject } from "./project.ts";
import { displayMap, type PropertyMap } from "./property-values.ts";
import { ProviderRegistry } from "./provider-registry.ts";
import type { ResourceState } from "./resource-state.ts";
import { readStackConfig, type StackConfig } from "./stack-config.ts";
import {
  checkpointSalt,
  emptySnapshot,
  readCheckpoint,
  type Snapshot,
} from "./state/deployment-file.ts";
import { Journal } from "./state/journal.ts";
import { SecretsProvider } from "./state/secrets-provider.ts";
import { markBackend, readIfThere, stackFiles, type StackFiles } from "./state/stack-files.ts";
import { lockStack } from "./state/stack-lock.ts";
import { stackType } from "./urn.ts";

/** How many resources may be in work at once unless said otherwise: as the real engine has it. */
const defaultParallel = 16;

/** Takes a stack's config and says why the engine refuses it, or undefined if it does not. */
export type Accept = (config: Readonly<Record<string, string>>) => string | undefined;

/** A stack as its files have it. */
export interface OpenStack {
  readonly workspace: Workspace;
  readonly project: NodeProject;
  readonly config: StackConfig;
  readonly files: StackFiles;
  readonly passphrase: string | undefined;
  readonly secrets: SecretsProvider;
  readonly base: Snapshot;
}

/**
 * Reads a stack's project, config and state.
 * @throws BadWorkspace if one of them is missing or wrong, or if the stack is refused
 */
export async function openStack(workspace: Workspace, accept: Accept): Promise<OpenStack> {
  const project = await readProgram(workspace.directory);
  const passphrase =
    workspace.environment["PULUMI_CONFIG_PASSPHRASE"] ?? process.env["PULUMI_CONFIG_PASSPHRASE"];
  const config = await readStackConfig(project.root, project.name, workspace.stack, passphrase);
  const refusal = accept(config.values);
  if (refusal !== undefined) {
    throw new BadWorkspace(
      config.file,
      "the stack",
      `refused by the embedded engine (${refusal})`,
      "a rehearsal",
    );
  }
  const files = stackFiles(workspace.backendUrl, project.name, workspace.stack);
  const text = await readIfThere(files.state);
  const secretsOf = (salt: string | undefined): SecretsProvider =>
    new SecretsProvider(passphrase, salt);
  const base =
    text === undefined ? emptySnapshot : await readCheckpoint(text, files.state, secretsOf);
  const salt = (text === undefined ? undefined : checkpointSalt(text)) ?? config.salt;
  return { workspace, project, config, files, base, passphrase, secrets: secretsOf(salt) };
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
  readonly #release: () => Promise<void>;
  readonly #server: grpc.Server;
  readonly #dynamic: DynamicProviderProcess;

  private constructor(parts: {
    readonly stack: OpenStack;
    readonly options: OperationOptions;
    readonly dryRun: boolean;
    readonly log: OperationLog;
    readonly engineAddress: string;
    readonly context: DeploymentContext;
    readonly release: () => Promise<void>;
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
    this.#release = parts.release;
    this.#server = parts.server;
    this.#dynamic = parts.dynamic;
  }

  /**
   * Opens the stack and locks it, unless nothing will be changed.
   * @throws StackLocked, BadWorkspace
   */
  static async begin(
    workspace: Workspace,
    options: OperationOptions,
    dryRun: boolean,
    accept: Accept,
  ): Promise<Operation> {
    const before = await openStack(workspace, accept);
    if (dryRun) {
      return Operation.#assemble(before, options, dryRun, () => Promise.resolve());
    }
    await markBackend(before.files);
    const release = await lockStack(before.files);
    try {
      // Read again: until the lock was ours another update may have been writing.
      return await Operation.#assemble(
        await openStack(workspace, accept),
        options,
        dryRun,
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
    dryRun: boolean,
    release: () => Promise<void>,
  ): Promise<Operation> {
    const { workspace, project, config, base, files, secrets } = stack;
    const log = new OperationLog(options.onEvent);
    const planSecrets = (salt: string | undefined): SecretsProvider =>
      salt === undefined || salt === secrets.salt
        ? secrets
        : new SecretsProvider(stack.passphrase, salt);
    const plan = options.plan === undefined ? undefined : await readPlan(options.plan, planSecrets);
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
    await this.#release();
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

/** The outputs of a stack of the same backend: of this one as it was last written, or of another. */
async function stackOutputs(
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
    salt === secrets.salt ? secrets : new SecretsProvider(passphrase, salt);
  const { resources } = await readCheckpoint(text, state, secretsOf);
  return resources.find(({ type }) => type === stackType)?.outputs ?? {};
}
