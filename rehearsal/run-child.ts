import type { OperationOptions, Workspace } from "../engine/engine.ts";
import { engineNamed, type EngineName } from "./engine-named.ts";

/** What a child process is asked to do: one operation, as JSON in its first argument. */
export interface ChildTask {
  readonly engine: EngineName;
  readonly operation: "preview" | "up" | "refresh" | "destroy";
  readonly workspace: Workspace;
  readonly options: Pick<
    OperationOptions,
    "policyPacks" | "targets" | "parallel" | "plan" | "savePlan"
  >;
}

const task = JSON.parse(process.argv[2] ?? "") as ChildTask;
const engine = await engineNamed(task.engine);
const result = await engine[task.operation](task.workspace, task.options);
process.stdout.write(`${JSON.stringify(result)}\n`);
