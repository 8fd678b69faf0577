import { ensureProvider, providerOf, type DeploymentContext } from "./deployment-context.ts";
import type { Operation } from "./operation.ts";
import { changedKeys } from "./values/property-diff.ts";
import { InitializationFailed, type Provider } from "./providers/provider.ts";
import { askProvider } from "./steps/resource-diff.ts";
import { isDefaultProvider, type ResourceState } from "./values/resource-state.ts";
import { isProviderType } from "./values/urn.ts";

/** Reads every resource anew and brings the state to what is found. The program does not run. */
export async function runRefresh(operation: Operation): Promise<void> {
  const { context, options } = operation;
  const { base, journal, log, targets } = context;
  // Each takes its old place, so that the file keeps its order.
  const found = new Map<ResourceState, ResourceState | undefined>();
  for (const state of base.resources) {
    if (options.signal?.aborted === true) {
      log.error("the operation was cancelled");
      found.set(state, state);
      continue;
    }
    const skipped = targets !== undefined && !targets.has(state.urn);
    const fixed = !state.custom || isProviderType(state.type) || state.pendingReplacement;
    found.set(state, skipped || fixed ? state : await refresh(context, state));
    if (fixed && !skipped && !isDefaultProvider(state.urn)) {
      log.step({
        operation: "same",
        urn: state.urn,
        type: state.type,
        changedKeys: [],
        outcome: "done",
      });
    }
  }
  const standing = new Set<string>();
  const nearestParent = new Map<string, string>();
  for (const [old, state] of found) {
    journal.drop(old);
    if (state === undefined) {
      nearestParent.set(old.urn, nearestParent.get(old.parent) ?? old.parent);
    } else {
      standing.add(state.urn);
      journal.add(repaired(state, standing, nearestParent));
    }
  }
  await journal.flush();
}

/** A resource without what it needed of those that are gone; their parents take over their children. */
function repaired(
  state: ResourceState,
  standing: ReadonlySet<string>,
  nearestParent: ReadonlyMap<string, string>,
): ResourceState {
  const stands = (urn: string): boolean => standing.has(urn);
  const properties = Object.entries(state.propertyDependencies)
    .map(([key, urns]) => [key, urns.filter(stands)] as const)
    .filter(([, urns]) => urns.length > 0);
  return {
    ...state,
    parent: nearestParent.get(state.parent) ?? state.parent,
    deletedWith: stands(state.deletedWith) ? state.deletedWith : "",
    dependencies: state.dependencies.filter(stands),
    propertyDependencies: Object.fromEntries(properties),
  };
}

/** The resource as its provider finds it; undefined where it is gone. */
async function refresh(
  context: DeploymentContext,
  state: ResourceState,
): Promise<ResourceState | undefined> {
  const { log } = context;
  log.stepStarted("refresh", state.urn);
  const step = { urn: state.urn, type: state.type, outcome: "done" as const };
  await ensureProvider(context, state.provider);
  const provider = await providerOf(context, state);
  try {
    const { id, inputs, outputs } = await provider.read({
      urn: state.urn,
      id: state.id,
      inputs: state.inputs,
      outputs: state.outputs,
      timeoutSeconds: state.customTimeouts.read,
    });
    if (id === "") {
      log.step({ ...step, operation: "delete", changedKeys: [] });
      return undefined;
    }
    const next = { ...state, id, outputs, inputs: inputs ?? state.inputs, initErrors: [] };
    await tell(context, provider, state, next);
    const keys = [
      ...changedKeys(state.outputs, outputs),
      ...changedKeys(state.inputs, next.inputs),
    ];
    return keys.length === 0 ? next : { ...next, modified: new Date().toISOString() };
  } catch (error) {
    if (error instanceof InitializationFailed) {
      log.say(
        "warning",
        `Refreshed resource is in an unhealthy state:\n* ${error.reasons.join("\n* ")}`,
        state.urn,
      );
      const next = {
        ...state,
        outputs: error.outputs,
        inputs: error.inputs ?? state.inputs,
        initErrors: error.reasons,
      };
      await tell(context, provider, state, next);
      return next;
    }
    log.error(
      `refreshing failed: ${error instanceof Error ? error.message : String(error)}`,
      state.urn,
    );
    log.step({ ...step, operation: "refresh", changedKeys: [], outcome: "failed" });
    return state;
  }
}

/** Tells what the refresh of a resource came to: an update only where the next update of the same program would act. */
async function tell(
  { log }: DeploymentContext,
  provider: Provider,
  state: ResourceState,
  next: ResourceState,
): Promise<void> {
  const diff = await askProvider(provider, next, state.inputs, state.ignoreChanges);
  log.step({
    operation: diff.changes === "none" ? "same" : "update",
    urn: state.urn,
    type: state.type,
    changedKeys: diff.changes === "none" ? [] : diff.changedKeys,
    outcome: "done",
  });
}
