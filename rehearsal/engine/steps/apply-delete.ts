import { Bail, providerOf } from "../deployment-context.ts";
import type { HookMoment } from "../program/hooks.ts";
import { resourceOf, type EngineStep } from "./step.ts";
import { recorded, runAfterHooks, type StepWork } from "./step-work.ts";

/** A protected resource was to be deleted. */
export class Protected extends Bail {}

/** Deletes a resource, or forgets it where it is not for us to delete. @throws Protected */
export async function applyDelete(work: StepWork, step: EngineStep): Promise<void> {
  const { journal, hooks, dryRun } = work.context;
  const old = resourceOf(step);
  const moment: HookMoment = { oldInputs: old.inputs, oldOutputs: old.outputs };
  const replacing = step.operation === "delete-replaced" || step.operation === "discard-replaced";
  await recorded(work, step, old, "deleting", async () => {
    await hooks.run("BeforeDelete", old, moment);
    if (old.protect && !replacing) {
      throw new Protected(
        `resource "${old.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove ` +
          "the `protect` flag from the resource in your Pulumi program and run `pulumi up`, or use the command:\n" +
          `\`pulumi state unprotect '${old.urn}'\``,
      );
    }
    const goesWithAnother = old.deletedWith !== "" && work.deleted.has(old.deletedWith);
    if (!dryRun && old.custom && !old.external && !old.retainOnDelete && !goesWithAnother) {
      const provider = await providerOf(work.context, old);
      await provider.delete({
        urn: old.urn,
        id: old.id,
        oldInputs: old.inputs,
        oldOutputs: old.outputs,
        timeoutSeconds: old.customTimeouts.delete,
      });
    }
    if (step.recreatedLater === true) {
      old.pendingReplacement = true;
    } else {
      journal.drop(old);
    }
    await runAfterHooks(work, "AfterDelete", old, moment);
    return undefined;
  });
}
