import { randomBytes } from "node:crypto";
import { aliasUrns } from "./aliases.ts";
import { dependentsOf } from "./dependency-graph.ts";
import { Bail, ensureProvider, providerOf, type DeploymentContext } from "./deployment-context.ts";
import { checkGoal, constrain, emptyResourcePlan, goalPlan } from "./plan.ts";
import { judge } from "./policy-verdict.ts";
import { parsePropertyPath, resetToOld } from "./property-path.ts";
import { propertyMapOf, unknown, type PropertyMap } from "./property-values.ts";
import type { Provider } from "./provider.ts";
import {
  askProvider,
  diffResource,
  withReplaceOnChanges,
  type ResourceDiff,
} from "./resource-diff.ts";
import { dependenciesOf, stateOf, type Goal, type ResourceState } from "./resource-state.ts";
import { deleteStep, type EngineStep, type Registered } from "./step.ts";
import { createUrn, isProviderType, parseProviderReference, stackType } from "./urn.ts";

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
  readonly #urns = new Set<string>();
  /** Resources that have steps; the rest of the state is deleted in the end. */
  readonly #handled = new Set<string>();
  readonly #replaced = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #skippedCreates = new Set<string>();
  readonly #recreated = new Set<ResourceState>();
  /** URN to the alias under which its old state was found. */
  readonly #foundUnder = new Map<string, string>();
  readonly #aliased = new Map<string, string>();

  constructor(context: DeploymentContext) {
    this.#context = context;
  }

  /** URNs that are deleted in this update: what is `deletedWith` one of them goes without a call. */
  get deleted(): ReadonlySet<string> {
    return this.#deleted;
  }

  /** The steps of a registration. @throws Bail if the resource is refused, or whatever a provider or pack throws */
  async register(
    goal: Goal,
    settle: (registered: Registered) => void,
  ): Promise<readonly EngineStep[]> {
    const urn = this.#claim(goal);
    const old = this.#findOld(urn, goal);
    const next = stateOf(goal, urn, old, this.#foundUnder.get(urn));
    this.#context.goals.set(urn, goal);
    const steps = await this.#steps({ goal, urn, old, next, settle });
    this.#handled.add(urn);
    return this.#constrained(steps);
  }

  /** The steps of a read. */
  read({ goal, id }: ReadGoal, settle: (registered: Registered) => void): readonly EngineStep[] {
    const urn = this.#claim(goal);
    const old = this.#findOld(urn, goal);
    const next: ResourceState = {
      ...stateOf(goal, urn, undefined, this.#foundUnder.get(urn)),
      external: true,
      id,
    };
    this.#handled.add(urn);
    const step = { urn, old, next, changedKeys: [], settle };
    if (old !== undefined && !old.external && old.id !== id) {
      this.#replaced.add(urn);
      return [
        { ...step, operation: "read-replacement", deleteOldLater: true },
        { urn, old, next, changedKeys: [], operation: "replace" },
      ];
    }
    return [{ ...step, operation: "read" }];
  }

  /** The steps for all that the program no longer registers, in no particular order. @throws Bail */
  async deletes(): Promise<{
    readonly kept: readonly EngineStep[];
    readonly deletes: readonly EngineStep[];
  }> {
    const allowed = this.#allowedDeletes();
    const kept: EngineStep[] = [];
    const deletes: EngineStep[] = [];
    for (const state of this.#context.base.resources) {
      if (allowed !== undefined && !allowed.has(state.urn)) {
        if (!this.#operatedOn(state.urn)) {
          kept.push(untargetedSame(state));
        }
      } else if (state.delete) {
        if (!this.#recreated.has(state)) {
          this.#deleted.add(state.urn);
          deletes.push(deleteStep(state, true));
        }
      } else if (!this.#operatedOn(state.urn)) {
        this.#deleted.add(state.urn);
        deletes.push(
          state.pendingReplacement
            ? {
                operation: "remove-pending-replace",
                urn: state.urn,
                old: state,
                next: undefined,
                changedKeys: [],
              }
            : deleteStep(state, false),
        );
      }
    }
    await Promise.all(deletes.map(({ old }) => ensureProvider(this.#context, old?.provider ?? "")));
    this.#refuseUntargetedDeletes(deletes);
    return { kept, deletes: this.#constrained(deletes) };
  }

  /** Targets that are neither in the state nor in the program. */
  unknownTargets(): readonly string[] {
    const { targets, olds } = this.#context;
    return [...(targets ?? [])].filter((urn) => !olds.has(urn) && !this.#urns.has(urn));
  }

  #operatedOn(urn: string): boolean {
    return this.#handled.has(urn) || this.#aliased.has(urn);
  }

  #claim(goal: Goal): string {
    if (goal.parent !== "" && !this.#urns.has(goal.parent)) {
      throw new Error(`could not find parent resource ${goal.parent}`);
    }
    const { stack, project } = this.#context;
    const urn = createUrn({
      stack,
      project,
      parent: goal.parent,
      type: goal.type,
      name: goal.name,
    });
    if (this.#urns.has(urn)) {
      this.#refuse(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.#urns.add(urn);
    return urn;
  }

  #refuse(urn: string, message: string): never {
    this.#context.log.error(message, urn);
    throw new Bail(message);
  }

  #findOld(urn: string, goal: Goal): ResourceState | undefined {
    const { stack, project, olds, providers } = this.#context;
    const taken = this.#aliased.get(urn);
    if (taken !== undefined) {
      this.#refuse(
        urn,
        `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${taken}'`,
      );
    }
    const own = olds.get(urn);
    if (own !== undefined) {
      return own;
    }
    const alias = aliasUrns(goal, { stack, project, foundUnder: this.#foundUnder }).find(
      (candidate) => olds.has(candidate),
    );
    if (alias === undefined || alias === urn) {
      return undefined;
    }
    if (this.#urns.has(alias) || this.#aliased.has(alias)) {
      this.#refuse(
        urn,
        `Duplicate resource alias '${alias}' applied to resource with URN '${urn}'`,
      );
    }
    this.#aliased.set(alias, urn);
    this.#foundUnder.set(urn, alias);
    providers.alias(urn, alias);
    return olds.get(alias);
  }

  #isTargeted(state: ResourceState): boolean {
    const { targets } = this.#context;
    return (
      targets === undefined ||
      targets.has(state.urn) ||
      isProviderType(state.type) ||
      state.type === stackType
    );
  }

  async #steps(registration: Registration): Promise<readonly EngineStep[]> {
    const { goal, urn, old, next, settle } = registration;
    const { plan } = this.#context;
    const provider = goal.custom ? await providerOf(this.#context, next) : undefined;
    const seed = plan?.get(urn)?.seed ?? randomBytes(32);
    const targeted = this.#isTargeted(next);
    const recreating = this.#deleted.has(urn);
    const fresh = recreating || old === undefined || old.external;
    const oldInputs = fresh ? {} : old.inputs;
    const asked = old === undefined ? goal.properties : this.#ignoring(goal, old.inputs);
    next.inputs = asked;
    let valid = true;
    if (provider !== undefined) {
      const checked = targeted
        ? await provider.check({
            urn,
            olds: oldInputs,
            news: fresh ? goal.properties : asked,
            randomSeed: seed,
          })
        : { inputs: oldInputs, failures: [] };
      next.inputs = checked.inputs;
      valid = this.#reportFailures(urn, checked.failures);
    }
    if (valid) {
      this.#recordPlan(registration, oldInputs, seed);
      if (plan !== undefined) {
        checkGoal(plan, urn, goal, old, oldInputs, next.inputs);
      }
    }
    if (!(await judge(this.#context, next, goal)) || !valid) {
      throw new Bail(`resource ${urn} is invalid`);
    }
    if (old === undefined) {
      return [targeted ? this.#create(registration) : this.#skipCreate(registration)];
    }
    if (recreating) {
      this.#deleted.delete(urn);
      this.#replaced.add(urn);
      return [
        { operation: "replace", urn, old, next, changedKeys: [] },
        { operation: "create-replacement", urn, old, next, changedKeys: [], settle },
      ];
    }
    if (old.external) {
      return this.#replacement(registration, [], true);
    }
    if (!targeted) {
      return this.#untouched(registration, old);
    }
    const diff = await diffResource(this.#context, provider, goal, old, next, this.#replaced);
    return this.#stepsOfDiff({ ...registration, old }, provider, diff, seed);
  }

  async #stepsOfDiff(
    registration: Registration & { readonly old: ResourceState },
    provider: Provider | undefined,
    diff: ResourceDiff,
    seed: Uint8Array,
  ): Promise<readonly EngineStep[]> {
    const { goal, urn, old, next, settle } = registration;
    const step = { urn, old, next, settle, changedKeys: diff.changedKeys };
    if (diff.changes === "none" && !old.pendingReplacement) {
      return [{ ...step, operation: old.initErrors.length > 0 ? "update" : "same" }];
    }
    if (diff.replaceKeys.length === 0 && !old.pendingReplacement) {
      return [{ ...step, operation: "update" }];
    }
    if (next.protect && old.protect) {
      const message =
        `unable to replace resource "${urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
        "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`";
      this.#context.log.error(message, urn);
      if (!this.#context.dryRun) {
        throw new Bail(message);
      }
    }
    this.#replaced.add(urn);
    if (provider !== undefined) {
      // What the provider carried over from the old resource does not hold for a new one.
      const checked = await provider.check({
        urn,
        olds: {},
        news: goal.properties,
        randomSeed: seed,
      });
      if (!this.#reportFailures(urn, checked.failures)) {
        throw new Bail(`resource ${urn} has check errors`);
      }
      next.inputs = checked.inputs;
    }
    return (goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)
      ? this.#replaceAfterDelete(registration, diff.changedKeys)
      : this.#replacement(registration, diff.changedKeys, true);
  }

  #create({ urn, next, settle }: Registration): EngineStep {
    return { operation: "create", urn, old: undefined, next, changedKeys: [], settle };
  }

  #skipCreate({ urn, next, settle }: Registration): EngineStep {
    this.#skippedCreates.add(urn);
    return {
      operation: "same",
      urn,
      old: undefined,
      next,
      changedKeys: [],
      settle,
      skippedCreate: true,
    };
  }

  /** A resource that is no target stays as it is, together with what it depends on. */
  #untouched({ urn, settle }: Registration, old: ResourceState): readonly EngineStep[] {
    const steps: EngineStep[] = [];
    const carry = (state: ResourceState): void => {
      if (state.delete) {
        return;
      }
      this.#handled.add(state.urn);
      for (const dependency of dependenciesOf(state)) {
        const dependencyState = this.#context.olds.get(dependency);
        if (dependencyState !== undefined && !this.#operatedOn(dependency)) {
          this.#urns.add(dependency);
          carry(dependencyState);
        }
      }
      steps.push(untargetedSame(state, state === old ? settle : undefined));
    };
    carry(old);
    this.#handled.add(urn);
    return steps;
  }

  /** The new resource first; the old one goes when nothing uses it any more. */
  #replacement(
    { urn, old, next, settle }: Registration,
    changedKeys: readonly string[],
    deleteOldLater: boolean,
  ): readonly EngineStep[] {
    return [
      { operation: "create-replacement", urn, old, next, changedKeys, settle, deleteOldLater },
      { operation: "replace", urn, old, next, changedKeys },
    ];
  }

  /** The old resource goes first, and with it what cannot stand without it. */
  async #replaceAfterDelete(
    { urn, old, next, settle }: Registration & { readonly old: ResourceState },
    changedKeys: readonly string[],
  ): Promise<readonly EngineStep[]> {
    const steps: EngineStep[] = [];
    for (const dependent of (await this.#dependentReplacements(old)).reverse()) {
      if (this.#recreated.has(dependent)) {
        continue;
      }
      if (dependent.protect) {
        this.#refuse(
          urn,
          `unable to replace resource "${dependent.urn}" as part of replacing "${urn}" as it is currently marked for protection`,
        );
      }
      const { newPlan } = this.#context;
      if (newPlan !== undefined && !newPlan.has(dependent.urn)) {
        newPlan.set(dependent.urn, emptyResourcePlan());
      }
      steps.push(deleteStep(dependent, true, true));
      this.#deleted.add(dependent.urn);
      this.#recreated.add(dependent);
    }
    await ensureProvider(this.#context, old.provider);
    if (!old.pendingReplacement) {
      this.#deleted.add(old.urn);
      steps.push(deleteStep(old, true, true));
    }
    return [
      ...steps,
      { operation: "replace", urn, old, next, changedKeys },
      { operation: "create-replacement", urn, old, next, changedKeys, settle },
    ];
  }

  /** The old resources that a change of `root` would replace in turn. */
  async #dependentReplacements(root: ResourceState): Promise<ResourceState[]> {
    const { base } = this.#context;
    const replaced = new Set([root.urn]);
    const found: ResourceState[] = [];
    for (const state of dependentsOf(root, base.resources)) {
      if (!this.#operatedOn(state.urn) && (await this.#isReplacedWith(state, replaced))) {
        replaced.add(state.urn);
        found.push(state);
      }
    }
    return found;
  }

  async #isReplacedWith(state: ResourceState, replaced: ReadonlySet<string>): Promise<boolean> {
    if (!state.custom || state.external) {
      return false;
    }
    if (state.provider !== "" && replaced.has(parseProviderReference(state.provider).urn)) {
      return true;
    }
    if (replaced.has(state.deletedWith)) {
      return true;
    }
    const touched = (key: string): boolean =>
      (state.propertyDependencies[key] ?? []).some((urn) => replaced.has(urn));
    const keys = Object.keys(state.inputs);
    if (!keys.some(touched)) {
      return false;
    }
    const inputs = propertyMapOf(
      keys.map((key) => [key, touched(key) ? unknown : (state.inputs[key] ?? null)] as const),
    );
    const provider = await providerOf(this.#context, state);
    const diff = await askProvider(provider, state, inputs, state.ignoreChanges);
    return withReplaceOnChanges(diff, state.replaceOnChanges).replaceKeys.length > 0;
  }

  #ignoring(goal: Goal, oldInputs: PropertyMap): PropertyMap {
    return goal.ignoreChanges.reduce(
      (inputs, path) => resetToOld(inputs, oldInputs, parsePropertyPath(path)),
      goal.properties,
    );
  }

  #reportFailures(
    urn: string,
    failures: readonly { readonly property: string; readonly reason: string }[],
  ): boolean {
    for (const { property, reason } of failures) {
      this.#context.log.error(
        property === "" ? reason : `resource has a problem: property ${property}: ${reason}`,
        urn,
      );
    }
    return failures.length === 0;
  }

  #recordPlan({ goal, urn, next }: Registration, oldInputs: PropertyMap, seed: Uint8Array): void {
    const { newPlan } = this.#context;
    if (newPlan !== undefined) {
      const known = newPlan.get(urn) ?? emptyResourcePlan();
      newPlan.set(urn, { ...known, seed, goal: goalPlan(goal, oldInputs, next.inputs) });
    }
  }

  /** Holds steps against the plan and the targets, and notes them in the plan in the making. */
  #constrained(steps: readonly EngineStep[]): readonly EngineStep[] {
    const { plan, newPlan } = this.#context;
    for (const step of steps) {
      if (plan !== undefined) {
        constrain(plan, step.urn, step.operation);
      }
      if (newPlan !== undefined) {
        const urn = this.#aliased.get(step.urn) ?? step.urn;
        const known = newPlan.get(urn) ?? emptyResourcePlan();
        known.operations.push(step.operation);
        newPlan.set(urn, known);
      }
      if (
        this.#context.targets !== undefined &&
        step.next !== undefined &&
        step.skippedCreate !== true
      ) {
        this.#refuseSkippedDependencies(step.next);
      }
    }
    return steps;
  }

  #refuseSkippedDependencies(state: ResourceState): void {
    for (const dependency of dependenciesOf(state)) {
      if (this.#skippedCreates.has(dependency)) {
        const message = `Resource '${state.urn}' depends on '${dependency}' which was was not specified in --target list.`;
        this.#context.log.error(message, state.urn);
        if (!this.#context.dryRun) {
          throw new Bail(message);
        }
      }
    }
  }

  /** With targets, only these and what depends on them may go. */
  #allowedDeletes(): ReadonlySet<string> | undefined {
    const { targets, base } = this.#context;
    if (targets === undefined) {
      return undefined;
    }
    const doomed = base.resources.filter(({ urn }) => targets.has(urn) && !this.#operatedOn(urn));
    return new Set([
      ...targets,
      ...doomed.flatMap((state) => dependentsOf(state, base.resources).map(({ urn }) => urn)),
    ]);
  }

  #refuseUntargetedDeletes(deletes: readonly EngineStep[]): void {
    const { targets, log, dryRun } = this.#context;
    const untargeted = targets === undefined ? [] : deletes.filter(({ urn }) => !targets.has(urn));
    for (const { urn } of untargeted) {
      log.error(`Resource '${urn}' will be destroyed but was not specified in --target list.`, urn);
    }
    if (untargeted.length > 0 && !dryRun) {
      throw new Bail("delete untargeted resource");
    }
  }
}

interface Registration {
  readonly goal: Goal;
  readonly urn: string;
  readonly old: ResourceState | undefined;
  readonly next: ResourceState;
  readonly settle: (registered: Registered) => void;
}

function untargetedSame(old: ResourceState, settle?: (registered: Registered) => void): EngineStep {
  const step: EngineStep = {
    operation: "same",
    urn: old.urn,
    old,
    next: { ...old, id: "" },
    changedKeys: [],
    untargeted: true,
  };
  return settle === undefined ? step : { ...step, settle };
}
