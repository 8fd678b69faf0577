import { NodeProcess } from "../program/node-process.ts";
import type { NodeProject } from "../program/project.ts";

/** The process behind `pulumi.dynamic` resources, started when the first one is met. */
export class DynamicProviderProcess {
  readonly #project: NodeProject;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #engineAddress: string;
  readonly #onLine: (line: string) => void;
  #process: NodeProcess | undefined;
  #port: Promise<number> | undefined;

  constructor(
    project: NodeProject,
    environment: Readonly<Record<string, string>>,
    engineAddress: string,
    onLine: (line: string) => void,
  ) {
    this.#project = project;
    this.#environment = environment;
    this.#engineAddress = engineAddress;
    this.#onLine = onLine;
  }

  /** The port on which the provider listens. @throws if it ends before it listens */
  port(): Promise<number> {
    this.#port ??= this.#start();
    return this.#port;
  }

  async end(): Promise<void> {
    await this.#process?.end();
  }

  #start(): Promise<number> {
    return new Promise((resolve, reject) => {
      let listening = false;
      this.#process = new NodeProcess(
        // The real engine starts it without the program's own node options.
        { ...this.#project, nodeArguments: [] },
        "@pulumi/pulumi/cmd/dynamic-provider",
        [this.#engineAddress],
        this.#environment,
        (stream, line) => {
          if (!listening && stream === "stdout" && /^\d+$/.test(line)) {
            listening = true;
            resolve(Number(line));
          } else {
            this.#onLine(line);
          }
        },
      );
      void this.#process.exited.then(
        ({ code }) =>
          reject(new Error(`the dynamic provider ended with exit code ${String(code)}`)),
        reject,
      );
    });
  }
}
