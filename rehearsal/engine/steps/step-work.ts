import type { DeploymentContext } from "../deployment-context.ts";
import type { HookMoment } from "../program/hooks.ts";
import { InitializationFailed } from "../providers/provider.ts";
import type { PendingType } from "../state/snapshot.ts";
import { mapProperties, Secret } from "../values/property-values.ts";
import type { HookType, ResourceState } from "../values/resource-state.ts";
import type { EngineStep } from "./step.ts";

/** What carrying out a step needs. */
export interface StepWork {
  readonly context: DeploymentContext;
  /** URNs that this update deletes. */
  readonly deleted: ReadonlySet<string>;
  /** The steps behind components, whose outputs are registered later. */
  readonly registered: Map<string, EngineStep>;
  /** Lets the step count as done and begins nothing after it: what follows it went wrong. */
  readonly failLate: () => void;
}

/**
 * Has the state say what is about to happen, then what happened, and only then tells the program.
 * @param act resolves to what went wrong, where the resource exists all the same
 * @throws whatever `act` throws or resolves to
 */
export async function recorded(
  { context: { journal } }: StepWork,
  step: EngineStep,
  state: ResourceState,
  pending: PendingType,
  act: () => Promise<InitializationFailed | undefined>,
): Promise<void> {
  const settlePending = await journal.begin(state, pending);
  let partly: InitializationFailed | undefined;
  try {
    partly = await act();
  } finally {
    settlePending();
    await journal.flush();
  }
  if (partly !== undefined) {
    throw partly;
  }
  if (step.next !== undefined) {
    step.settle?.({ state: step.next, unknown: false });
  }
}

/** Makes a resource known as it now stands: to later registrations, to its own outputs, to the plan. */
export function publish(
  { context, registered }: StepWork,
  step: EngineStep,
  next: ResourceState,
): void {
  markSecrets(next);
  context.news.set(next.urn, next);
  if (step.operation !== "create-replacement") {
    registered.set(step.urn, step);
  }
  const planned = context.newPlan?.get(next.urn);
  if (planned !== undefined) {
    planned.outputs = next.outputs;
  }
}

/** Marks the outputs that the program named secret, and those that echo a secret input. */
export function markSecrets(next: ResourceState): void {
  const isSecret = (key: string): boolean =>
    next.additionalSecretOutputs.includes(key) || next.inputs[key] instanceof Secret;
  if (Object.keys(next.outputs).some(isSecret)) {
    next.outputs = mapProperties(next.outputs, (value, key) =>
      isSecret(key) && !(value instanceof Secret) ? new Secret(value) : value,
    );
  }
}

/** Keeps what a half-finished call left behind, with its reasons. @throws any other error */
export function keepHalf(error: unknown, next: ResourceState): InitializationFailed {
  if (!(error instanceof InitializationFailed)) {
    throw error;
  }
  next.id = error.id === "" ? next.id : error.id;
  next.outputs = error.outputs;
  next.initErrors = error.reasons;
  return error;
}

/** The resource is as it should be; a hook that throws afterwards fails the deployment, not the step. */
export async function runAfterHooks(
  { context, failLate }: StepWork,
  type: HookType,
  state: ResourceState,
  moment: HookMoment,
): Promise<void> {
  try {
    await context.hooks.run(type, state, moment);
  } catch (error) {
    context.log.error(error instanceof Error ? error.message : String(error), state.urn);
    failLate();
  }
}
