import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { NodeProject } from "./project.ts";

/** Modules that every process loads before anything else. */
const preloads = [
  preload("exit-with-parent"),
  // The project's own start has it too, for the real engine; other programs must end as quickly.
  fileURLToPath(new URL("../../../start/plain-errors.cjs", import.meta.url)),
  preload("lazy-typescript"),
];

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A node process that never outlives the engine. */
export class NodeProcess {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;

  /**
   * @param script module below `@pulumi/pulumi` that runs the project
   * @param onLine each line of its output
   * @throws if the project cannot find @pulumi/pulumi
   */
  constructor(
    project: NodeProject,
    script: string,
    scriptArguments: readonly string[],
    environment: Readonly<Record<string, string>>,
    onLine: (stream: "stdout" | "stderr", line: string) => void,
  ) {
    const resolve = createRequire(join(project.programDirectory, "package.json"));
    this.#child = spawn(
      process.execPath,
      [
        ...[...preloads, ...(project.typescript === false ? [preload("without-ts-node")] : [])].map(
          (file) => `--require=${file}`,
        ),
        ...project.nodeArguments,
        resolve.resolve(script),
        ...scriptArguments,
      ],
      {
        cwd: project.programDirectory,
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "pipe", "pipe"],
      },
    );
    const { stdout, stderr } = this.#child;
    for (const [name, stream] of [
      ["stdout", stdout],
      ["stderr", stderr],
    ] as const) {
      if (stream !== null) {
        createInterface({ input: stream }).on("line", (line) => onLine(name, line));
      }
    }
    this.exited = new Promise((settle, fail) => {
      this.#child.once("error", fail);
      this.#child.once("close", (code, signal) => settle({ code, signal }));
    });
    // Whoever cares awaits it; nobody caring must not end the engine.
    this.exited.catch(() => undefined);
  }

  /** Ends the process at once and resolves when it is gone. */
  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.exited.catch(() => undefined);
  }
}

function preload(name: string): string {
  return fileURLToPath(new URL(`./preloads/${name}.cjs`, import.meta.url));
}
