import type { Engine, OperationOptions, Workspace } from "../engine/engine.ts";

/**
 * Wall time of one update, milliseconds.
 * @throws Error when it fails: what was measured then is something else.
 */
export const timedUpdate = async (
  engine: Engine,
  workspace: Workspace,
  options: OperationOptions,
): Promise<number> => {
  const began = performance.now();
  const { succeeded, violations, diagnostics } = await engine.up(workspace, options);
  const milliseconds = performance.now() - began;
  if (succeeded) return milliseconds;
  const messages = [...violations, ...diagnostics].map(({ message }) => message);
  throw new Error(`an update failed: ${messages.join(" ")}`);
};
