import { deferred } from "./deferred.ts";
import { Bail, type DeploymentContext } from "./deployment-context.ts";
import { HookFailed } from "./program/hooks.ts";
import { checkOutputs } from "./plans/plan-check.ts";
import { judgeStack } from "./policies/policy-verdict.ts";
import { diffMaps } from "./values/property-diff.ts";
import type { PropertyMap } from "./values/property-values.ts";
import type { Goal } from "./values/resource-state.ts";
import { noPlanDiff } from "./plans/plan.ts";
import { deleteInOrder } from "./steps/delete-in-order.ts";
import { resourceOf, type EngineStep, type Registered } from "./steps/step.ts";
import { StepExecutor } from "./steps/step-executor.ts";
import { StepGenerator, type ReadGoal } from "./steps/step-generator.ts";
import { stackType, typeOf } from "./values/urn.ts";

/**
 * One update, from the first registration to the last deletion. Registrations are decided one after the other, in the
 * order in which they come, and carried out side by side. From the first failure on nothing begins any more, and
 * nothing that the program waits for is answered: the program is ended, not told.
 */
export class Deployment {
  readonly #context: DeploymentContext;
  readonly #generator: StepGenerator;
  readonly #executor: StepExecutor;
  readonly #stopped = deferred<undefined>();
  #queue: Promise<unknown> = Promise.resolve();
  #hasStopped = false;
  #stackOutputs: { readonly urn: string; readonly outputs: PropertyMap } | undefined;

  constructor(context: DeploymentContext, parallel: number) {
    this.#context = context;
    this.#generator = new StepGenerator(context);
    this.#executor = new StepExecutor(context, this.#generator.deleted, parallel, () =>
      this.stop(),
    );
  }

  /** Settles when the update stops before its end. */
  get stopped(): Promise<undefined> {
    return this.#stopped.promise;
  }

  /** Begins nothing more. */
  stop(): void {
    this.#hasStopped = true;
    this.#executor.stop();
    this.#stopped.resolve(undefined);
  }

  /** Registers a resource; resolves when it stands, and never once the update has stopped. */
  register(goal: Goal): Promise<Registered> {
    return this.#stepping((settle) => this.#generator.register(goal, settle));
  }

  /** Reads a resource that others manage. */
  read(goal: ReadGoal): Promise<Registered> {
    return this.#stepping((settle) => Promise.resolve(this.#generator.read(goal, settle)));
  }

  /** Takes the outputs of a component, or those of the stack, which count when all else is done. */
  async registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const taken = deferred<undefined>();
    this.#enqueue(async () => {
      if (typeOf(urn) === stackType) {
        this.#stackOutputs = { urn, outputs };
      } else {
        await this.#setOutputs(urn, outputs);
      }
      taken.resolve(undefined);
    });
    await taken.promise;
  }

  /** Deletes what the program no longer registers. Call it when the program is done. */
  async deleteRest(): Promise<void> {
    await this.#queue;
    await this.#executor.idle();
    if (this.#hasStopped) {
      return;
    }
    await this.#guarded(async () => {
      const { kept, deletes } = await this.#generator.deletes();
      await this.#executor.run(kept);
      await deleteInOrder(this.#executor, deletes, this.#context.base.resources);
      const missing = this.#generator.unknownTargets();
      missing.forEach((urn) =>
        this.#context.log.error(`Target '${urn}' could not be found in the stack.`),
      );
    });
  }

  /** Waits for what runs, records the stack's outputs, and has the packs judge the result. */
  async finish(): Promise<void> {
    const { log, plan, journal, base } = this.#context;
    await this.#executor.idle();
    await this.#guarded(async () => {
      if (this.#stackOutputs !== undefined) {
        const { urn, outputs } = this.#stackOutputs;
        // After a failure, an output that is missing may only have had no chance to be made.
        const before = log.failed ? (this.#context.olds.get(urn)?.outputs ?? {}) : {};
        await this.#setOutputs(urn, { ...before, ...outputs });
      }
    });
    if (!log.failed && plan !== undefined) {
      for (const [urn, { operations }] of plan) {
        const isDone =
          operations.length === 0 ||
          (operations[0] === "delete" && !base.resources.some((state) => state.urn === urn));
        if (!isDone) {
          log.error(`expected resource operations for ${urn} but none were seen`, urn);
        }
      }
    }
    if (!log.failed) {
      await this.#guarded(() => judgeStack(this.#context));
    }
    await journal.flush();
  }

  /** Decides in turn, then carries out; only a step that succeeds settles the promise. */
  #stepping(
    generate: (settle: (registered: Registered) => void) => Promise<readonly EngineStep[]>,
  ): Promise<Registered> {
    const registered = deferred<Registered>();
    this.#enqueue(async () => {
      const steps = await generate(registered.resolve);
      void this.#executor.run(steps);
    });
    return registered.promise;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(() => (this.#hasStopped ? undefined : this.#guarded(work)));
  }

  /** What is thrown ends the update; a {@link Bail} has said why already. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Bail) {
        this.#context.log.fail();
      } else {
        this.#context.log.error(error instanceof Error ? error.message : String(error));
      }
      this.stop();
    }
  }

  async #setOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const { olds, plan, newPlan, journal, hooks, log } = this.#context;
    const step = this.#executor.registration(urn);
    if (step === undefined) {
      throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
    }
    if (step.skippedCreate === true) {
      return;
    }
    const oldOutputs = olds.get(urn)?.outputs ?? {};
    if (plan !== undefined) {
      checkOutputs(plan, urn, oldOutputs, outputs);
    }
    const next = resourceOf(step);
    next.outputs = outputs;
    const planned = newPlan?.get(urn);
    if (planned !== undefined) {
      planned.outputs = outputs;
      if (planned.goal !== undefined) {
        planned.goal.outputDiff = diffMaps(oldOutputs, outputs) ?? noPlanDiff;
      }
    }
    const type =
      step.operation === "create"
        ? "AfterCreate"
        : step.operation === "update"
          ? "AfterUpdate"
          : undefined;
    if (type !== undefined && !next.custom) {
      try {
        const old =
          step.old === undefined
            ? {}
            : { oldInputs: step.old.inputs, oldOutputs: step.old.outputs };
        await hooks.run(type, next, { newInputs: next.inputs, newOutputs: outputs, ...old });
      } catch (error) {
        if (!(error instanceof HookFailed)) {
          throw error;
        }
        log.error(error.message, urn);
        this.stop();
      }
    }
    if (diffMaps(oldOutputs, outputs) !== undefined) {
      await journal.flush();
    }
  }
}
