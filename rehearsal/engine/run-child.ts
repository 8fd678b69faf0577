import type { OperationOptions, Workspace } from "../../engine/engine.ts";
import { EmbeddedEngine } from "./embedded-engine.ts";

/** What a child process is asked to do: one operation, as JSON in its first argument. */
export interface ChildTask {
  readonly operation: "preview" | "up" | "refresh" | "destroy";
  readonly workspace: Workspace;
  readonly options: Pick<
    OperationOptions,
    "policyPacks" | "targets" | "parallel" | "plan" | "savePlan"
  >;
}

const task = JSON.parse(process.argv[2] ?? "") as ChildTask;
const result = await new EmbeddedEngine()[task.operation](task.workspace, task.options);
process.stdout.write(`${JSON.stringify(result)}\n`);
