import { afterEach, beforeEach, vi } from "vitest";
import type { Workspace } from "../../engine/engine.ts";

/** Has each test of a file run as in a terminal that works on one stack. */
export const asInTerminal = (workspace: () => Workspace): void => {
  beforeEach(() => {
    const { directory, stack, backendUrl, environment } = workspace();
    const variables = {
      ...environment,
      CUTOVER_DIRECTORY: directory,
      PULUMI_STACK: stack,
      PULUMI_BACKEND_URL: backendUrl,
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
};
