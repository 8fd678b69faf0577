import type { OperationKind } from "../../engine/engine.ts";
import { deferred } from "./deferred.ts";
import { Bail, providerOf, type DeploymentContext } from "./deployment-context.ts";
import { HookFailed, type HookMoment } from "./hooks.ts";
import { mapsEqual } from "./property-diff.ts";
import { mapProperties, Secret, type PropertyMap } from "./property-values.ts";
import { unknownString } from "./property-wire.ts";
import { InitializationFailed } from "./provider.ts";
import { isDefaultProvider, type HookType, type ResourceState } from "./resource-state.ts";
import type { PendingType } from "./state/deployment-file.ts";
import { resourceOf, type EngineStep } from "./step.ts";
import { isProviderType } from "./urn.ts";

/** What a step did beyond its success: half of it, or all of it but for an after-hook. */
interface Applied {
  /** The resource exists but is not well: it is kept, and the step failed. */
  readonly partly?: Error;
}

/** Carries steps out, at most so many at once, and keeps the state true around each of them. */
export class StepExecutor {
  readonly #context: DeploymentContext;
  readonly #deleted: ReadonlySet<string>;
  readonly #slots: Slots;
  readonly #running = new Set<Promise<void>>();
  readonly #onFailure: () => void;
  /** The steps behind components, whose outputs are registered later. */
  readonly #registered = new Map<string, EngineStep>();
  #stopped = false;

  /**
   * @param deleted URNs that this update deletes
   * @param onFailure told when a step failed and no other must begin
   */
  constructor(
    context: DeploymentContext,
    deleted: ReadonlySet<string>,
    parallel: number,
    onFailure: () => void,
  ) {
    this.#context = context;
    this.#deleted = deleted;
    this.#slots = new Slots(parallel);
    this.#onFailure = onFailure;
  }

  /** The step that registered a resource in this update. */
  registration(urn: string): EngineStep | undefined {
    return this.#registered.get(urn);
  }

  /** Begins no further step; those that run come to their end. */
  stop(): void {
    this.#stopped = true;
  }

  /** Resolves when no step runs. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all(this.#running);
    }
  }

  /** Runs steps one after the other; false where one failed or did not begin. */
  async run(steps: readonly EngineStep[]): Promise<boolean> {
    const done = deferred<undefined>();
    this.#running.add(done.promise);
    const release = await this.#slots.take();
    try {
      for (const step of steps) {
        if (this.#stopped || !(await this.#execute(step))) {
          return false;
        }
      }
      return true;
    } finally {
      release();
      this.#running.delete(done.promise);
      done.resolve(undefined);
    }
  }

  async #execute(step: EngineStep): Promise<boolean> {
    const { log } = this.#context;
    const kind = kindOf(step);
    const shown = !isDefaultProvider(step.urn);
    if (shown && kind !== undefined && kind !== "same") {
      log.stepStarted(kind, step.urn);
    }
    try {
      const { partly } = await this.#apply(step);
      if (partly !== undefined) {
        throw partly;
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error(
        error instanceof HookFailed || error instanceof Bail
          ? message
          : `${gerund(step)} failed: ${message}`,
        step.urn,
      );
      log.step(
        this.#report(step, kind ?? (step.next === undefined ? "delete" : "replace"), "failed"),
      );
      // A refused deletion of a protected resource stops nothing else: nothing was done.
      if (!(error instanceof Protected)) {
        this.#stopped = true;
        this.#onFailure();
      }
      return false;
    }
    if (shown && kind !== undefined) {
      log.step(this.#report(step, kind, this.#context.dryRun ? "planned" : "done"));
    }
    return true;
  }

  #report(
    step: EngineStep,
    operation: OperationKind,
    outcome: "planned" | "done" | "failed",
  ): Parameters<DeploymentContext["log"]["step"]>[0] {
    return {
      operation,
      urn: step.urn,
      type: resourceOf(step).type,
      changedKeys: operation === "update" || operation === "replace" ? step.changedKeys : [],
      outcome,
    };
  }

  async #apply(step: EngineStep): Promise<Applied> {
    switch (step.operation) {
      case "same":
        return this.#same(step);
      case "create":
      case "create-replacement":
        return this.#create(step);
      case "update":
        return this.#update(step);
      case "read":
      case "read-replacement":
        return this.#read(step);
      case "replace":
        this.#registered.set(step.urn, { ...step, operation: "replace" });
        return {};
      case "remove-pending-replace":
        this.#context.journal.drop(resourceOf(step));
        await this.#context.journal.flush();
        return {};
      case "delete":
      case "delete-replaced":
      case "discard":
      case "discard-replaced":
        return this.#delete(step, resourceOf(step));
    }
  }

  async #same(step: EngineStep): Promise<Applied> {
    const { journal, providers } = this.#context;
    const { old } = step;
    const next = resourceOf(step);
    if (old === undefined) {
      step.settle?.({ state: next, unknown: true }); // A create that was skipped leaves nothing behind.
      return {};
    }
    next.id = old.id;
    next.outputs = old.outputs;
    if (isProviderType(next.type) && step.untargeted !== true) {
      await providers.same({ ...next, inputs: old.inputs });
    }
    journal.drop(old);
    journal.add(next);
    this.#finish(step, next);
    if (!sameOnDisk(old, next)) {
      await journal.flush();
    }
    step.settle?.({ state: next, unknown: false });
    return {};
  }

  async #create(step: EngineStep): Promise<Applied> {
    const { journal, dryRun } = this.#context;
    const next = resourceOf(step);
    return this.#around(step, next, "creating", async () => {
      await this.#hooks("BeforeCreate", next, { newInputs: next.inputs });
      let partly: Error | undefined;
      if (next.custom) {
        const provider = await providerOf(this.#context, next);
        try {
          const created = await provider.create({
            urn: next.urn,
            inputs: next.inputs,
            timeoutSeconds: next.customTimeouts.create,
            preview: dryRun,
          });
          next.id = created.id;
          next.outputs = created.outputs;
        } catch (error) {
          partly = keepHalf(error, next);
        }
      }
      next.created = next.modified = new Date().toISOString();
      if (step.old !== undefined && step.deleteOldLater === true) {
        step.old.delete = true;
      }
      this.#finish(step, next);
      if (partly === undefined && next.custom) {
        await this.#afterHooks("AfterCreate", next, {
          newInputs: next.inputs,
          newOutputs: next.outputs,
        });
      }
      journal.add(next);
      if (step.old?.pendingReplacement === true) {
        journal.drop(step.old);
      }
      return partly;
    });
  }

  async #update(step: EngineStep): Promise<Applied> {
    const { journal, dryRun } = this.#context;
    const { old } = step;
    const next = resourceOf(step);
    if (old === undefined) {
      throw new Error(`an update of ${step.urn} has no old state`);
    }
    next.id = old.id;
    return this.#around(step, next, "updating", async () => {
      const { inputs } = next;
      await this.#hooks("BeforeUpdate", next, {
        newInputs: inputs,
        oldInputs: old.inputs,
        oldOutputs: old.outputs,
      });
      let partly: Error | undefined;
      if (next.custom) {
        const provider = await providerOf(this.#context, next);
        try {
          const updated = await provider.update({
            urn: next.urn,
            id: old.id,
            inputs,
            oldInputs: old.inputs,
            oldOutputs: old.outputs,
            ignoreChanges: next.ignoreChanges,
            timeoutSeconds: next.customTimeouts.update,
            preview: dryRun,
          });
          next.outputs = updated.outputs;
        } catch (error) {
          partly = keepHalf(error, next);
          next.inputs = old.inputs; // What stands there was not made of the new inputs.
        }
        next.modified = new Date().toISOString();
      }
      this.#finish(step, next);
      if (partly === undefined && next.custom) {
        await this.#afterHooks("AfterUpdate", next, {
          newInputs: inputs,
          oldInputs: old.inputs,
          newOutputs: next.outputs,
          oldOutputs: old.outputs,
        });
      }
      journal.drop(old);
      journal.add(next);
      return partly;
    });
  }

  async #read(step: EngineStep): Promise<Applied> {
    const { journal, reads } = this.#context;
    const next = resourceOf(step);
    return this.#around(step, next, "reading", async () => {
      if (next.id !== unknownString) {
        const provider = await providerOf(this.#context, next);
        const found = await provider.read({
          urn: next.urn,
          id: next.id,
          inputs: next.inputs,
          outputs: next.inputs,
          timeoutSeconds: next.customTimeouts.read,
        });
        if (found.id === "") {
          throw new Error(`resource '${next.id}' does not exist`);
        }
        next.id = found.id;
        next.outputs = found.outputs;
      }
      if (step.old !== undefined) {
        step.old.delete = step.operation === "read-replacement";
        next.created = step.old.created;
        next.modified = step.old.modified;
      }
      markSecrets(next);
      reads.set(next.urn, next);
      if (step.old !== undefined && step.operation === "read") {
        journal.drop(step.old);
      }
      journal.add(next);
      return undefined;
    });
  }

  async #delete(step: EngineStep, old: ResourceState): Promise<Applied> {
    const { journal, dryRun } = this.#context;
    const moment: HookMoment = { oldInputs: old.inputs, oldOutputs: old.outputs };
    const replacing = step.operation === "delete-replaced" || step.operation === "discard-replaced";
    return this.#around(step, old, "deleting", async () => {
      await this.#hooks("BeforeDelete", old, moment);
      if (old.protect && !replacing) {
        throw new Protected(
          `resource "${old.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove ` +
            "the `protect` flag from the resource in your Pulumi program and run `pulumi up`, or use the command:\n" +
            `\`pulumi state unprotect '${old.urn}'\``,
        );
      }
      const goesWithAnother = old.deletedWith !== "" && this.#deleted.has(old.deletedWith);
      if (!dryRun && old.custom && !old.external && !old.retainOnDelete && !goesWithAnother) {
        const provider = await providerOf(this.#context, old);
        await provider.delete({
          urn: old.urn,
          id: old.id,
          oldInputs: old.inputs,
          oldOutputs: old.outputs,
          timeoutSeconds: old.customTimeouts.delete,
        });
      }
      if (step.recreatedLater === true) {
        old.pendingReplacement = true;
      } else {
        journal.drop(old);
      }
      await this.#afterHooks("AfterDelete", old, moment);
      return undefined;
    });
  }

  /** Has the state say what is about to happen, then what happened, and only then tells the program. */
  async #around(
    step: EngineStep,
    state: ResourceState,
    pending: PendingType,
    act: () => Promise<Error | undefined>,
  ): Promise<Applied> {
    const { journal } = this.#context;
    const settlePending = await journal.begin(state, pending);
    let partly: Error | undefined;
    try {
      partly = await act();
    } finally {
      settlePending();
      await journal.flush();
    }
    if (partly !== undefined) {
      return { partly };
    }
    if (step.next !== undefined) {
      step.settle?.({ state: step.next, unknown: false });
    }
    return {};
  }

  #finish(step: EngineStep, next: ResourceState): void {
    markSecrets(next);
    this.#context.news.set(next.urn, next);
    if (step.operation !== "create-replacement") {
      this.#registered.set(step.urn, step);
    }
    const planned = this.#context.newPlan?.get(next.urn);
    if (planned !== undefined) {
      planned.outputs = next.outputs;
    }
  }

  #hooks(type: HookType, state: ResourceState, moment: HookMoment): Promise<void> {
    return this.#context.hooks.run(type, state, moment);
  }

  /** The resource is as it should be; a hook that throws afterwards fails the deployment, not the step. */
  async #afterHooks(type: HookType, state: ResourceState, moment: HookMoment): Promise<void> {
    try {
      await this.#context.hooks.run(type, state, moment);
    } catch (error) {
      this.#context.log.error(error instanceof Error ? error.message : String(error), state.urn);
      this.#stopped = true;
      this.#onFailure();
    }
  }
}

/** A protected resource was to be deleted. */
class Protected extends Bail {}

/** What a half-finished call left behind is kept, with its reasons; any other error is thrown on. */
function keepHalf(error: unknown, next: ResourceState): Error {
  if (!(error instanceof InitializationFailed)) {
    throw error;
  }
  next.id = error.id === "" ? next.id : error.id;
  next.outputs = error.outputs;
  next.initErrors = error.reasons;
  return error;
}

/** Marks the outputs that the program named secret, and those that echo a secret input. */
function markSecrets(next: ResourceState): void {
  const isSecret = (key: string): boolean =>
    next.additionalSecretOutputs.includes(key) || next.inputs[key] instanceof Secret;
  const mark = (outputs: PropertyMap): PropertyMap =>
    mapProperties(outputs, (value, key) =>
      isSecret(key) && !(value instanceof Secret) ? new Secret(value) : value,
    );
  if (Object.keys(next.outputs).some(isSecret)) {
    next.outputs = mark(next.outputs);
  }
}

/** What people are told of a step; the parts of a replacement count as one. */
function kindOf(step: EngineStep): OperationKind | undefined {
  switch (step.operation) {
    case "same":
      return step.skippedCreate === true ? undefined : "same";
    case "create":
    case "update":
    case "delete":
      return step.operation;
    case "create-replacement":
    case "read-replacement":
      return "replace";
    case "read":
      return "read";
    case "discard":
      return "discard";
    case "replace":
    case "delete-replaced":
    case "discard-replaced":
    case "remove-pending-replace":
      return undefined;
  }
}

function gerund({ operation }: EngineStep): string {
  const verb = operation.split("-")[0] ?? operation;
  return verb === "same" ? "registering" : `${verb.replace(/e$/, "")}ing`;
}

/** True if a resource that did not change also looks the same in the state file. */
function sameOnDisk(old: ResourceState, next: ResourceState): boolean {
  const rest = (state: ResourceState): string =>
    JSON.stringify({
      ...state,
      inputs: undefined,
      outputs: undefined,
      created: undefined,
      modified: undefined,
      dependencies: [...state.dependencies].sort(),
    });
  return (
    mapsEqual(old.inputs, next.inputs) &&
    mapsEqual(old.outputs, next.outputs) &&
    rest(old) === rest(next)
  );
}

/** So many at once, the rest in turn. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(): Promise<() => void> {
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#free += 1;
      } else {
        next();
      }
    };
  }
}
