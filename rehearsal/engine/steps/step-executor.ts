import type { OperationKind, Step } from "../../../engine/engine.ts";
import { deferred } from "../deferred.ts";
import { Bail, type DeploymentContext } from "../deployment-context.ts";
import { HookFailed } from "../program/hooks.ts";
import { isDefaultProvider, type ResourceState } from "../values/resource-state.ts";
import { applyStep } from "./apply-step.ts";
import { Protected } from "./apply-delete.ts";
import { Slots } from "./slots.ts";
import { resourceOf, type EngineStep } from "./step.ts";
import { failedKindOf, gerund, kindOf } from "./step-words.ts";
import type { StepWork } from "./step-work.ts";

/** Carries steps out, at most so many at once, and tells what came of each. */
export class StepExecutor {
  readonly #context: DeploymentContext;
  readonly #slots: Slots;
  readonly #running = new Set<Promise<void>>();
  readonly #onFailure: () => void;
  readonly #work: StepWork;
  readonly #refused = new Set<ResourceState>();
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
    this.#slots = new Slots(parallel);
    this.#onFailure = onFailure;
    this.#work = { context, deleted, registered: new Map(), failLate: () => this.#fail() };
  }

  /** The step that registered a resource in this update. */
  registration(urn: string): EngineStep | undefined {
    return this.#work.registered.get(urn);
  }

  /** Protected resources that were to be deleted. */
  get refused(): ReadonlySet<ResourceState> {
    return this.#refused;
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
    const { log, dryRun } = this.#context;
    const kind = isDefaultProvider(step.urn) ? undefined : kindOf(step);
    if (kind !== undefined && kind !== "same") {
      log.stepStarted(kind, step.urn);
    }
    try {
      await applyStep(this.#work, step);
    } catch (error) {
      this.#reportFailure(step, error);
      return false;
    }
    if (kind !== undefined) {
      log.step(reportOf(step, kind, dryRun ? "planned" : "done"));
    }
    return true;
  }

  #reportFailure(step: EngineStep, error: unknown): void {
    const { log } = this.#context;
    const message = error instanceof Error ? error.message : String(error);
    const saysItAll = error instanceof HookFailed || error instanceof Bail;
    log.error(saysItAll ? message : `${gerund(step)} failed: ${message}`, step.urn);
    log.step(reportOf(step, failedKindOf(step), "failed"));
    // A refused deletion of a protected resource stops nothing that does not depend on it: nothing was done.
    if (error instanceof Protected) {
      this.#refused.add(resourceOf(step));
    } else {
      this.#fail();
    }
  }

  #fail(): void {
    this.#stopped = true;
    this.#onFailure();
  }
}

function reportOf(step: EngineStep, operation: OperationKind, outcome: Step["outcome"]): Step {
  return {
    operation,
    urn: step.urn,
    type: resourceOf(step).type,
    changedKeys: operation === "update" || operation === "replace" ? step.changedKeys : [],
    outcome,
  };
}
