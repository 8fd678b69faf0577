import { providerOf } from "../deployment-context.ts";
import { unknownString } from "../values/property-wire.ts";
import { resourceOf, type EngineStep } from "./step.ts";
import { markSecrets, recorded, type StepWork } from "./step-work.ts";

/** Reads a resource that others manage. */
export async function applyRead(work: StepWork, step: EngineStep): Promise<void> {
  const { journal, reads } = work.context;
  const { old } = step;
  const next = resourceOf(step);
  await recorded(work, step, next, "reading", async () => {
    if (next.id !== unknownString) {
      const provider = await providerOf(work.context, next);
      const found = await provider.read({
        urn: next.urn,
        id: next.id,
        inputs: next.inputs,
        outputs: next.inputs,
        timeoutSeconds: next.customTimeouts.read,
      });
      if (found.id === "") {
        throw new Error(`resource '${next.id}' does not exist`);
      }
      next.id = found.id;
      next.outputs = found.outputs;
    }
    if (old !== undefined) {
      old.delete = step.operation === "read-replacement";
      next.created = old.created;
      next.modified = old.modified;
    }
    markSecrets(next);
    reads.set(next.urn, next);
    if (old !== undefined && step.operation === "read") {
      journal.drop(old);
    }
    journal.add(next);
    return undefined;
  });
}
