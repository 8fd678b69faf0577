import { mapsEqual } from "../values/property-diff.ts";
import type { ResourceState } from "../values/resource-state.ts";
import { isProviderType } from "../values/urn.ts";
import { applyCreate, applyUpdate } from "./apply-change.ts";
import { applyDelete } from "./apply-delete.ts";
import { applyRead } from "./apply-read.ts";
import { resourceOf, type EngineStep } from "./step.ts";
import { publish, type StepWork } from "./step-work.ts";

/** Carries out one step and records it. @throws whatever stands in its way; the state is true all the same */
export async function applyStep(work: StepWork, step: EngineStep): Promise<void> {
  switch (step.operation) {
    case "same":
      return applySame(work, step);
    case "create":
    case "create-replacement":
      return applyCreate(work, step);
    case "update":
      return applyUpdate(work, step);
    case "read":
    case "read-replacement":
      return applyRead(work, step);
    case "replace":
      work.registered.set(step.urn, step);
      return;
    case "remove-pending-replace":
      work.context.journal.drop(resourceOf(step));
      return work.context.journal.flush();
    case "delete":
    case "delete-replaced":
    case "discard":
    case "discard-replaced":
      return applyDelete(work, step);
  }
}

async function applySame(work: StepWork, step: EngineStep): Promise<void> {
  const { journal, providers } = work.context;
  const { old } = step;
  const next = resourceOf(step);
  if (old === undefined) {
    publish(work, step, next); // A create that was skipped leaves nothing behind in the state.
    step.settle?.({ state: next, unknown: true });
    return;
  }
  next.id = old.id;
  next.outputs = old.outputs;
  if (isProviderType(next.type) && step.untargeted !== true) {
    await providers.same({ ...next, inputs: old.inputs });
  }
  journal.drop(old);
  journal.add(next);
  publish(work, step, next);
  if (!sameOnDisk(old, next)) {
    await journal.flush();
  }
  step.settle?.({ state: next, unknown: false });
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
