import { ensureProvider, providerOf, type DeploymentContext } from "./deployment-context.ts";
import type { Operation } from "./operation.ts";
import { changedKeys } from "./values/property-diff.ts";
import { InitializationFailed } from "./providers/provider.ts";
import type { ResourceState } from "./values/resource-state.ts";
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
    if (fixed && !skipped && !isProviderType(state.type)) {
      log.step({
        operation: "same",
        urn: state.urn,
        type: state.type,
        changedKeys: [],
        outcome: "done",
      });
    }
  }
  const gone = new Set(
    [...found].filter(([, state]) => state === undefined).map(([{ urn }]) => urn),
  );
  for (const [old, state] of found) {
    journal.drop(old);
    if (state !== undefined) {
      journal.add({ ...state, dependencies: state.dependencies.filter((urn) => !gone.has(urn)) });
    }
  }
  await journal.flush();
}

/** The resource as its provider finds it; undefined where it is gone. */
async function refresh(
  context: DeploymentContext,
  state: ResourceState,
): Promise<ResourceState | undefined> {
  const { log } = context;
  log.stepStarted("refresh", state.urn);
  const step = { urn: state.urn, type: state.type, outcome: "done" as const };
  try {
    await ensureProvider(context, state.provider);
    const provider = await providerOf(context, state);
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
    const keys = changedKeys(state.outputs, outputs);
    log.step({ ...step, operation: keys.length === 0 ? "same" : "update", changedKeys: keys });
    const modified = keys.length === 0 ? state.modified : new Date().toISOString();
    return { ...state, id, outputs, inputs: inputs ?? state.inputs, initErrors: [], modified };
  } catch (error) {
    if (error instanceof InitializationFailed) {
      log.say(
        "warning",
        `Refreshed resource is in an unhealthy state:\n* ${error.reasons.join("\n* ")}`,
        state.urn,
      );
      log.step({
        ...step,
        operation: "update",
        changedKeys: changedKeys(state.outputs, error.outputs),
      });
      return {
        ...state,
        outputs: error.outputs,
        inputs: error.inputs ?? state.inputs,
        initErrors: error.reasons,
      };
    }
    log.error(
      `refreshing failed: ${error instanceof Error ? error.message : String(error)}`,
      state.urn,
    );
    log.step({ ...step, operation: "refresh", changedKeys: [], outcome: "failed" });
    return state;
  }
}
