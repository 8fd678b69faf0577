import { Bail, ensureProvider, type DeploymentContext } from "../deployment-context.ts";
import type { ResourceState } from "../values/resource-state.ts";
import { dependentsOf } from "./dependency-graph.ts";
import type { RegisteredUrns } from "./registered-urns.ts";
import { deleteStep, type EngineStep } from "./step.ts";
import { untargetedSame } from "./targeted-steps.ts";

/** What becomes of the resources that the program no longer registers. */
export interface DeleteSteps {
  /** Not targeted: they stay. */
  readonly kept: readonly EngineStep[];
  /** In no particular order. */
  readonly deletes: readonly EngineStep[];
}

/** The steps for all that is left of the last update. @throws Bail if something goes that is no target */
export async function generateDeletes(
  context: DeploymentContext,
  seen: RegisteredUrns,
): Promise<DeleteSteps> {
  const allowed = allowedDeletes(context);
  const kept: EngineStep[] = [];
  const deletes: EngineStep[] = [];
  for (const state of context.base.resources) {
    if (allowed !== undefined && !allowed.has(state.urn)) {
      if (!seen.isOperatedOn(state.urn)) {
        kept.push(untargetedSame(state));
      }
    } else if (state.delete ? !seen.pendingDeletes.has(state) : !seen.isOperatedOn(state.urn)) {
      seen.deleted.add(state.urn);
      deletes.push(deleteOf(state));
    }
  }
  await Promise.all(deletes.map(({ old }) => ensureProvider(context, old?.provider ?? "")));
  refuseUntargetedDeletes(context, deletes);
  return { kept, deletes };
}

/** The step that ends an old resource: one whose deletion was begun is only forgotten. */
export function deleteOf(state: ResourceState): EngineStep {
  return !state.delete && state.pendingReplacement
    ? {
        operation: "remove-pending-replace",
        urn: state.urn,
        old: state,
        next: undefined,
        changedKeys: [],
      }
    : deleteStep(state, state.delete);
}

/** With targets, only these and what depends on them may go. */
function allowedDeletes({ targets, base }: DeploymentContext): ReadonlySet<string> | undefined {
  if (targets === undefined) {
    return undefined;
  }
  const named = base.resources.filter(({ urn }) => targets.has(urn));
  return new Set([
    ...targets,
    ...named.flatMap((state) => dependentsOf(state, base.resources).map(({ urn }) => urn)),
  ]);
}

function refuseUntargetedDeletes(
  { targets, log, dryRun }: DeploymentContext,
  deletes: readonly EngineStep[],
): void {
  const untargeted = targets === undefined ? [] : deletes.filter(({ urn }) => !targets.has(urn));
  for (const { urn } of untargeted) {
    log.error(`Resource '${urn}' will be destroyed but was not specified in --target list.`, urn);
  }
  if (untargeted.length > 0 && !dryRun) {
    throw new Bail("delete untargeted resource");
  }
}
