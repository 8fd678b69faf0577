import { settle } from "../../definition/tbd.ts";
import type { OperatedSystem, StackOutputs } from "../../operator/stack.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { lms } from "../../stacks/lms.ts";

/** The LMS on a stack whose last update left these outputs, and whose sources are nowhere. */
export const operatedLms = (
  changes: Partial<OperatedSystem> = {},
  outputs: StackOutputs = {},
): OperatedSystem => {
  const engine = new EmbeddedEngine();
  engine.outputs = async () => outputs;
  return {
    definition: lms,
    system: settle(lms, { rehearsal: true, file: "stacks/lms.ts" }),
    environment: "rehearsal",
    engine,
    workspace: { directory: "/nowhere", stack: "rehearsal", backendUrl: "", environment: {} },
    policyPack: "/nowhere",
    onNote: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
};
