import { providerOf } from "../deployment-context.ts";
import type { InitializationFailed } from "../providers/provider.ts";
import { resourceOf, type EngineStep } from "./step.ts";
import { keepHalf, publish, recorded, runAfterHooks, type StepWork } from "./step-work.ts";

/** Creates a resource. Where it replaces another, that one stays until nothing uses it any more. */
export async function applyCreate(work: StepWork, step: EngineStep): Promise<void> {
  const { journal, hooks, dryRun } = work.context;
  const next = resourceOf(step);
  await recorded(work, step, next, "creating", async () => {
    await hooks.run("BeforeCreate", next, { newInputs: next.inputs });
    let partly: InitializationFailed | undefined;
    if (next.custom) {
      const provider = await providerOf(work.context, next);
      try {
        const created = await provider.create({
          urn: next.urn,
          inputs: next.inputs,
          timeoutSeconds: next.customTimeouts.create,
          preview: dryRun,
        });
        next.id = created.id;
        next.outputs = created.outputs;
      } catch (error) {
        partly = keepHalf(error, next);
      }
    }
    next.created = next.modified = new Date().toISOString();
    if (step.old !== undefined && step.deleteOldLater === true) {
      step.old.delete = true;
    }
    publish(work, step, next);
    if (partly === undefined && next.custom) {
      await runAfterHooks(work, "AfterCreate", next, {
        newInputs: next.inputs,
        newOutputs: next.outputs,
      });
    }
    journal.add(next);
    if (step.old?.pendingReplacement === true) {
      journal.drop(step.old);
    }
    return partly;
  });
}

/** Updates a resource in its place. */
export async function applyUpdate(work: StepWork, step: EngineStep): Promise<void> {
  const { journal, hooks, dryRun } = work.context;
  const { old } = step;
  const next = resourceOf(step);
  if (old === undefined) {
    throw new Error(`an update of ${step.urn} has no old state`);
  }
  await recorded(work, step, next, "updating", async () => {
    next.id = old.id;
    const { inputs } = next;
    const before = { newInputs: inputs, oldInputs: old.inputs, oldOutputs: old.outputs };
    await hooks.run("BeforeUpdate", next, before);
    let partly: InitializationFailed | undefined;
    if (next.custom) {
      const provider = await providerOf(work.context, next);
      try {
        const updated = await provider.update({
          urn: next.urn,
          id: old.id,
          inputs,
          oldInputs: old.inputs,
          oldOutputs: old.outputs,
          ignoreChanges: next.ignoreChanges,
          timeoutSeconds: next.customTimeouts.update,
          preview: dryRun,
        });
        next.outputs = updated.outputs;
      } catch (error) {
        partly = keepHalf(error, next);
        next.inputs = old.inputs; // What stands there was not made of the new inputs.
      }
      next.modified = new Date().toISOString();
    }
    publish(work, step, next);
    if (partly === undefined && next.custom) {
      await runAfterHooks(work, "AfterUpdate", next, { ...before, newOutputs: next.outputs });
    }
    journal.drop(old);
    journal.add(next);
    return partly;
  });
}
