import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { LiveReading } from "../../rehearsal/standing-world/live-reading.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `cutover world --json` prints: this and nothing else. */
const answer = z.strictObject({
  env: z.record(z.string(), z.string()),
  directory: z.string(),
  stack: z.string(),
  policyPack: z.string(),
  page: z.url(),
});

/** What a command came to. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly log: string;
}

/** Runs a command to its end. */
export const run = (
  command: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const [file = "", ...words] = command;
    const env = { ...process.env, ...environment };
    const child = spawn(file, words, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let [out, log] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.once("error", reject);
    child.once("close", (status) => {
      resolve({ status, out, log });
    });
  });

/** A world that was started as a person starts it: by the command, in a process of its own. */
export class OwnWorld {
  /** Text that every process of this world has in its environment. */
  readonly mark: string;
  readonly #ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #out: string[];
  #answer: z.infer<typeof answer> | undefined;

  private constructor(child: ChildProcess, mark: string) {
    this.#child = child;
    this.mark = mark;
    this.#out = [];
    let log = "";
    child.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
    this.#ended = new Promise((resolve) => {
      child.once("close", (status) => {
        resolve({ status, out: this.#out.join("\n"), log });
      });
    });
  }

  /** @param wrap what is put before the command's own words, a shell for example. */
  static async start(
    words: readonly string[],
    wrap: (command: readonly string[]) => readonly string[] = (command) => command,
  ): Promise<OwnWorld> {
    const mark = randomUUID();
    const [file = "", ...rest] = wrap([
      process.execPath,
      ...["--import", "tsx", "cli/main.ts", "world", "lms", "--json", ...words],
    ]);
    const child = spawn(file, rest, {
      cwd: root,
      env: { ...process.env, CUTOVER_WORLD_MARK: mark },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const world = new OwnWorld(child, mark);
    await world.#untilReady();
    return world;
  }

  get answer(): z.infer<typeof answer> {
    if (this.#answer === undefined) throw new Error("the world is not ready");
    return this.#answer;
  }

  /** Runs `cutover` as in another terminal that has this world's environment. */
  cutover(...words: readonly string[]): Promise<Ended> {
    const command = [process.execPath, "--import", "tsx", "cli/main.ts", ...words];
    return run(command, root, this.answer.env);
  }

  /** Runs `pulumi` as in another terminal that stands in this world's folder. */
  pulumi(...words: readonly string[]): Promise<Ended> {
    return run(["pulumi", ...words], this.answer.directory, this.answer.env);
  }

  /**
   * Follows the page's events.
   * @returns the first reading for which `is` holds.
   * @throws Error when the world ends before.
   */
  async reading(is: (reading: LiveReading) => boolean): Promise<LiveReading> {
    const leave = new AbortController();
    const { body } = await fetch(`${this.answer.page}events`, { signal: leave.signal });
    if (body === null) throw new Error("no events");
    let text = "";
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const events = text.split("\n\n");
        text = events.pop() ?? "";
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1] ?? "[]";
          const found = (JSON.parse(data) as LiveReading[]).find(is);
          if (found !== undefined) return found;
        }
      }
    } finally {
      leave.abort();
    }
    throw new Error("the world ended");
  }

  /** Its first process. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends it with a signal, and waits until it is gone. */
  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.#ended;
  }

  async #untilReady(): Promise<void> {
    const { stdout } = this.#child;
    if (stdout === null) throw new Error("nothing to read from");
    const lines = createInterface({ input: stdout });
    const first = new Promise<string>((resolve) => {
      lines.on("line", (line) => {
        this.#out.push(line);
        resolve(line);
      });
    });
    const ended = this.#ended.then(({ log }) => {
      throw new Error(`the world did not start: ${log}`);
    });
    this.#answer = answer.parse(JSON.parse(await Promise.race([first, ended])));
  }
}
