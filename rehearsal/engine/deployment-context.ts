import type { Hooks } from "./program/hooks.ts";
import type { OperationLog } from "../../engine/operation-log.ts";
import type { Plan } from "./plans/plan.ts";
import type { PolicyPack } from "./policies/policy-packs.ts";
import type { Provider } from "./providers/provider.ts";
import type { ProviderRegistry } from "./providers/provider-registry.ts";
import type { Goal, ResourceState } from "./values/resource-state.ts";
import type { Snapshot } from "./state/snapshot.ts";
import type { Journal } from "./state/journal.ts";
import { isProviderType } from "./values/urn.ts";

/** What all parts of one operation share. */
export interface DeploymentContext {
  readonly project: string;
  readonly stack: string;
  readonly dryRun: boolean;
  readonly base: Snapshot;
  /** The resources of the last update that still stand, by URN. */
  readonly olds: ReadonlyMap<string, ResourceState>;
  /** Resources that this update went through, by URN. */
  readonly news: Map<string, ResourceState>;
  /** What was read of resources that others manage, by URN. */
  readonly reads: Map<string, ResourceState>;
  readonly goals: Map<string, Goal>;
  readonly targets: ReadonlySet<string> | undefined;
  /** The plan to follow, if any. */
  readonly plan: Plan | undefined;
  /** The plan in the making, in a preview. */
  readonly newPlan: Plan | undefined;
  readonly providers: ProviderRegistry;
  readonly packs: readonly PolicyPack[];
  readonly hooks: Hooks;
  readonly journal: Journal;
  readonly log: OperationLog;
}

/** The operation cannot go on; what is wrong is already in the log. */
export class Bail extends Error {
  override readonly name = "Bail";
}

/** Says what is wrong with a resource and ends the operation. @throws Bail always */
export function refuse({ log }: DeploymentContext, urn: string, message: string): never {
  log.error(message, urn);
  throw new Bail(message);
}

/**
 * The provider of a resource.
 * @throws if it is not registered
 */
export async function providerOf(
  context: DeploymentContext,
  state: ResourceState,
): Promise<Provider> {
  if (isProviderType(state.type)) {
    return context.providers;
  }
  await ensureProvider(context, state.provider);
  const provider = context.providers.get(state.provider);
  if (provider === undefined) {
    throw new Error(`unknown provider '${state.provider}' for resource ${state.urn}`);
  }
  return provider;
}

/** Configures a provider that only old resources use. */
export async function ensureProvider(context: DeploymentContext, reference: string): Promise<void> {
  if (reference === "" || context.providers.get(reference) !== undefined) {
    return;
  }
  const state = context.base.resources.find(({ urn, id }) => `${urn}::${id}` === reference);
  if (state !== undefined) {
    await context.providers.same(state);
  }
}
