import { ensureProvider } from "./deployment-context.ts";
import type { Operation } from "./operation.ts";
import { deleteInOrder } from "./steps/delete-in-order.ts";
import { deleteOf } from "./steps/delete-steps.ts";
import { StepExecutor } from "./steps/step-executor.ts";
import { stopOnAbort } from "./update.ts";

/** Deletes everything, what depends on something before it. The program does not run, and neither do policies. */
export async function runDestroy(operation: Operation): Promise<void> {
  const { context, parallel } = operation;
  const { targets, base } = context;
  const condemned = base.resources.filter(({ urn }) => targets === undefined || targets.has(urn));
  const executor = new StepExecutor(
    context,
    new Set(condemned.map(({ urn }) => urn)),
    parallel,
    () => undefined,
  );
  const unsubscribe = stopOnAbort(operation, executor);
  await Promise.all(condemned.map(({ provider }) => ensureProvider(context, provider)));
  await deleteInOrder(executor, condemned.map(deleteOf), base.resources);
  unsubscribe();
  await context.journal.flush();
}
