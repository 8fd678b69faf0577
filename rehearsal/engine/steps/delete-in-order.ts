import type { ResourceState } from "../values/resource-state.ts";
import { deletionOrder, dependenciesBelow } from "./dependency-graph.ts";
import { resourceOf, type EngineStep } from "./step.ts";
import type { StepExecutor } from "./step-executor.ts";

/**
 * Carries out deletions, what depends on something before it. What a protected resource depends on stays with it;
 * everything else goes, so that one run names all that is protected.
 * @param resources all resources of the state, in its order
 */
export async function deleteInOrder(
  executor: StepExecutor,
  deletes: readonly EngineStep[],
  resources: readonly ResourceState[],
): Promise<void> {
  const steps = new Map(deletes.map((step) => [resourceOf(step), step]));
  const kept = new Set<ResourceState>();
  for (const group of deletionOrder([...steps.keys()], resources)) {
    const ready = group
      .filter((state) => !kept.has(state))
      .flatMap((state) => steps.get(state) ?? []);
    await Promise.all(ready.map((step) => executor.run([step])));
    for (const state of executor.refused) {
      dependenciesBelow(state, resources).forEach((needed) => kept.add(needed));
    }
  }
}
