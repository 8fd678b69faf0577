import { NodeProcess, type Exit } from "./node-process.ts";
import type { OperationLog } from "../../../engine/operation-log.ts";
import type { NodeProject } from "./project.ts";
import type { StackConfig } from "./stack-config.ts";

/** The program's own way to say that it has told people already what is wrong. */
const exitAfterMessage = 32;
const script = "@pulumi/pulumi/cmd/run";

/** How a program is run. */
export interface ProgramRun {
  readonly project: NodeProject;
  readonly stack: string;
  readonly config: StackConfig;
  readonly monitorAddress: string;
  readonly engineAddress: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** A program on its way. */
export interface RunningProgram {
  /** Settles when the program has ended, by itself or not. */
  readonly exited: Promise<Exit>;
  /** Ends the program at once. */
  end(): Promise<void>;
}

export type StartProgram = (run: ProgramRun, log: OperationLog) => RunningProgram;

/** Starts the program as Pulumi's own language host does. */
export const startProgram: StartProgram = (run, log) => {
  const { project, config } = run;
  const legacyKey = (key: string): string => key.replace(":", ":config:");
  const values = Object.fromEntries(
    Object.entries(config.values).map(([key, value]) => [legacyKey(key), value]),
  );
  const flags = [
    ...["--monitor", run.monitorAddress],
    ...["--engine", run.engineAddress],
    ...["--organization", "organization"],
    ...["--project", project.name],
    ...["--root-directory", project.root],
    ...["--stack", run.stack],
    ...["--pwd", project.programDirectory],
    ...(run.dryRun ? ["--dry-run"] : []),
    ...["--parallel", String(run.parallel)],
    project.entryPoint,
  ];
  return new NodeProcess(
    project,
    script,
    flags,
    {
      ...run.environment,
      PULUMI_CONFIG: JSON.stringify(values),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
    },
    (_stream, line) => log.say("info", line),
  );
};

/** Why a program that ended by itself failed, or undefined if it did not; empty if it has said so itself. */
export function programFailure({ code, signal }: Exit): string | undefined {
  if (code === 0) {
    return undefined;
  }
  if (code === exitAfterMessage) {
    return "";
  }
  return signal === null
    ? `Program exited with non-zero exit code: ${String(code)}`
    : `Program was ended by ${signal}`;
}
