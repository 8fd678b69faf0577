import { StackLocked, type OperationOptions, type OperationResult } from "../engine/engine.ts";
import type { OperatedSystem } from "./stack.ts";

/**
 * `pulumi up` of the system's stack. A lock that a dead process of this machine left is cleared first; one
 * whose process lives, or whose holder is elsewhere, stays.
 * @throws StackLocked when somebody else is updating the stack.
 */
export const update = async (
  { engine, workspace, onNote, signal }: OperatedSystem,
  options: Omit<OperationOptions, "signal">,
  variables: Readonly<Record<string, string>> = {},
): Promise<OperationResult> => {
  const bound = { ...workspace, environment: { ...workspace.environment, ...variables } };
  try {
    return await engine.up(bound, { ...options, signal });
  } catch (error) {
    if (!(error instanceof StackLocked) || !error.holder.dead) throw error;
    onNote(`Process ${error.holder.pid} died with the stack's lock; the lock is cleared.`);
    await engine.cancel(workspace);
    return engine.up(bound, { ...options, signal });
  }
};
