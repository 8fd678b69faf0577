import { randomBytes } from "node:crypto";
import { Bail, providerOf, refuse, type DeploymentContext } from "../deployment-context.ts";
import { checkGoal } from "../plans/plan-check.ts";
import { judge } from "../policies/policy-verdict.ts";
import type { CheckRequest, Provider } from "../providers/provider.ts";
import { parsePropertyPath, resetToOld } from "../values/property-path.ts";
import { changedKeys } from "../values/property-diff.ts";
import type { PropertyMap } from "../values/property-values.ts";
import { stateOf, type Goal, type ResourceState } from "../values/resource-state.ts";
import { generateDeletes, type DeleteSteps } from "./delete-steps.ts";
import { holdToPlan, recordGoal } from "./plan-constraints.ts";
import { RegisteredUrns } from "./registered-urns.ts";
import { deleteBeforeReplace, recreate, replaceBeforeDelete } from "./replace-steps.ts";
import { diffResource } from "./resource-diff.ts";
import type { EngineStep, Registered, Registration } from "./step.ts";
import {
  isTargeted,
  refuseSkippedDependencies,
  skipCreate,
  unknownTargets,
  untouched,
} from "./targeted-steps.ts";

/** What the program wants to read of a resource that others manage. */
export interface ReadGoal {
  readonly goal: Goal;
  readonly id: string;
}

/**
 * Turns what the program registers into steps. It is asked one registration after the other, and what it decides
 * rests on what it decided before; nothing here changes anything outside.
 */
export class StepGenerator {
  readonly #context: DeploymentContext;
  readonly #seen: RegisteredUrns;

  constructor(context: DeploymentContext) {
    this.#context = context;
    this.#seen = new RegisteredUrns(context);
  }

  /** URNs that are deleted in this update: what is `deletedWith` one of them goes without a call. */
  get deleted(): ReadonlySet<string> {
    return this.#seen.deleted;
  }

  /** The steps of a registration. @throws Bail if the resource is refused, or whatever a provider or pack throws */
  async register(
    goal: Goal,
    settle: (registered: Registered) => void,
  ): Promise<readonly EngineStep[]> {
    const urn = this.#seen.claim(goal);
    const old = this.#seen.findOld(urn, goal);
    const next = stateOf(goal, urn, old, this.#seen.foundUnder.get(urn));
    this.#context.goals.set(urn, goal);
    const steps = await this.#steps({ goal, urn, old, next, settle });
    this.#seen.handled.add(urn);
    return this.#constrained(steps);
  }

  /** The steps of a read. */
  read({ goal, id }: ReadGoal, settle: (registered: Registered) => void): readonly EngineStep[] {
    const urn = this.#seen.claim(goal);
    const old = this.#seen.findOld(urn, goal);
    const next: ResourceState = {
      ...stateOf(goal, urn, undefined, this.#seen.foundUnder.get(urn)),
      external: true,
      id,
    };
    this.#seen.handled.add(urn);
    const step = { urn, old, next, changedKeys: [] };
    if (old !== undefined && !old.external && old.id !== id) {
      this.#seen.replaced.add(urn);
      return [
        { ...step, operation: "read-replacement", deleteOldLater: true, settle },
        { ...step, operation: "replace" },
      ];
    }
    return [{ ...step, operation: "read", settle }];
  }

  /** The steps for all that the program no longer registers. @throws Bail */
  async deletes(): Promise<DeleteSteps> {
    const { kept, deletes } = await generateDeletes(this.#context, this.#seen);
    return { kept, deletes: this.#constrained(deletes) };
  }

  /** Targets that are neither in the state nor in the program. */
  unknownTargets(): readonly string[] {
    return unknownTargets(this.#context, this.#seen);
  }

  async #steps(registration: Registration): Promise<readonly EngineStep[]> {
    const { goal, urn, old, next } = registration;
    const { plan } = this.#context;
    const provider = goal.custom ? await providerOf(this.#context, next) : undefined;
    const seed = plan?.get(urn)?.seed ?? randomBytes(32);
    const targeted = isTargeted(this.#context, next);
    const recreating = this.#seen.deleted.has(urn);
    const fresh = recreating || old === undefined || old.external;
    const olds = fresh ? {} : old.inputs;
    const ignoring = old === undefined ? goal.properties : ignoringChanges(goal, old.inputs);
    next.inputs = ignoring;
    let valid = true;
    if (provider !== undefined && targeted) {
      const news = fresh ? goal.properties : next.inputs;
      valid = await this.#check(provider, next, { urn, olds, news, randomSeed: seed });
    } else if (provider !== undefined) {
      // What is no target keeps its inputs, also where it went with what it depends on and is made anew.
      next.inputs = old?.inputs ?? {};
    }
    if (valid) {
      recordGoal(this.#context, registration, olds, seed);
      if (plan !== undefined) {
        checkGoal(plan, urn, goal, old, olds, next.inputs);
      }
    }
    if (!(await judge(this.#context, next, goal)) || !valid) {
      throw new Bail(`resource ${urn} is invalid`);
    }
    if (old === undefined) {
      return [targeted ? create(registration) : skipCreate(this.#seen, registration)];
    }
    if (recreating) {
      return recreate(this.#seen, registration);
    }
    if (old.external) {
      return replaceBeforeDelete(registration, []);
    }
    if (!targeted) {
      return untouched(this.#context, this.#seen, registration, old);
    }
    return this.#changeSteps({ ...registration, old, ignoring }, provider, seed);
  }

  /** Leaves alone, updates or replaces, as the provider says. */
  async #changeSteps(
    registration: Registration & { readonly old: ResourceState; readonly ignoring: PropertyMap },
    provider: Provider | undefined,
    seed: Uint8Array,
  ): Promise<readonly EngineStep[]> {
    const { goal, urn, old, next, settle } = registration;
    const { replaced } = this.#seen;
    const diff = await diffResource(this.#context, provider, goal, old, next, replaced);
    if (provider === undefined && next.inputs === registration.ignoring) {
      // What a component asks to ignore makes no difference, and is recorded nevertheless.
      next.inputs = goal.properties;
    }
    const keys = provider === undefined ? changedKeys(old.inputs, next.inputs) : diff.changedKeys;
    const step = { urn, old, next, settle, changedKeys: keys };
    if (diff.changes === "none" && !old.pendingReplacement) {
      // What did not become healthy last time is waited for once more.
      return [{ ...step, operation: old.initErrors.length > 0 ? "update" : "same" }];
    }
    if (diff.replaceKeys.length === 0 && !old.pendingReplacement) {
      return [{ ...step, operation: "update" }];
    }
    this.#refuseProtected(old, next);
    replaced.add(urn);
    if (provider !== undefined) {
      // What the provider carried over from the old resource does not hold for a new one.
      const request = { urn, olds: {}, news: goal.properties, randomSeed: seed };
      if (!(await this.#check(provider, next, request))) {
        throw new Bail(`resource ${urn} has check errors`);
      }
    }
    return (goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)
      ? deleteBeforeReplace(this.#context, this.#seen, registration, keys)
      : replaceBeforeDelete(registration, keys);
  }

  #refuseProtected(old: ResourceState, next: ResourceState): void {
    if (next.protect && old.protect) {
      const message =
        `unable to replace resource "${next.urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
        "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`";
      if (!this.#context.dryRun) {
        refuse(this.#context, next.urn, message);
      }
      this.#context.log.error(message, next.urn);
    }
  }

  /** Has the provider fill in the inputs; false if it does not take them. */
  async #check(provider: Provider, next: ResourceState, request: CheckRequest): Promise<boolean> {
    const { inputs, failures } = await provider.check(request);
    next.inputs = inputs;
    for (const { property, reason } of failures) {
      const message =
        property === "" ? reason : `resource has a problem: property ${property}: ${reason}`;
      this.#context.log.error(message, next.urn);
    }
    return failures.length === 0;
  }

  /** Holds steps against the plan and the targets. @throws Bail, PlanViolated */
  #constrained(steps: readonly EngineStep[]): readonly EngineStep[] {
    for (const step of steps) {
      holdToPlan(this.#context, this.#seen, step);
      refuseSkippedDependencies(this.#context, this.#seen, step);
    }
    return steps;
  }
}

function create({ urn, next, settle }: Registration): EngineStep {
  return { operation: "create", urn, old: undefined, next, changedKeys: [], settle };
}

/** The inputs that the program states, without the changes that it asks to ignore. */
function ignoringChanges(goal: Goal, oldInputs: PropertyMap): PropertyMap {
  return goal.ignoreChanges.reduce(
    (inputs, path) => resetToOld(inputs, oldInputs, parsePropertyPath(path)),
    goal.properties,
  );
}
