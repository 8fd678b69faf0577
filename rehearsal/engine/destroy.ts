import { deletionOrder } from "./steps/dependency-graph.ts";
import { ensureProvider } from "./deployment-context.ts";
import type { Operation } from "./operation.ts";
import { deleteOf } from "./steps/delete-steps.ts";
import { StepExecutor } from "./steps/step-executor.ts";
import { stopOnAbort } from "./update.ts";

/** Deletes everything, what depends on something before it. The program does not run, and neither do policies. */
export async function runDestroy(operation: Operation): Promise<void> {
  const { context, parallel } = operation;
  const { targets, base, log } = context;
  const condemned = base.resources.filter(({ urn }) => targets === undefined || targets.has(urn));
  const executor = new StepExecutor(
    context,
    new Set(condemned.map(({ urn }) => urn)),
    parallel,
    () => undefined,
  );
  const unsubscribe = stopOnAbort(operation, executor);
  for (const group of deletionOrder(condemned)) {
    await Promise.all(group.map(({ provider }) => ensureProvider(context, provider)));
    await Promise.all(group.map((state) => executor.run([deleteOf(state)])));
    if (log.failed) {
      break;
    }
  }
  unsubscribe();
  await context.journal.flush();
}
