import type { Command } from "commander";
import type { ExitStatus } from "./exit-status.ts";

/** Where a command speaks. Results go to `out`, everything else to `log`; each ends its line. */
export interface Console {
  readonly out: (text: string) => void;
  readonly log: (text: string) => void;
  /** The terminal that `log` writes to; undefined when its lines cannot be drawn anew. */
  readonly terminal: NodeJS.WriteStream | undefined;
  /** Aborted when the person at the keyboard wants it to end. */
  readonly signal: AbortSignal;
  /** Whether the trace of a bug is wanted. */
  readonly traces: boolean;
}

/** What every command understands. */
export interface CommonOptions {
  readonly json?: true;
}

/** One command: how it is called, and what it does with what it was given. */
export interface Subcommand {
  readonly name: string;
  readonly summary: string;
  /** Words after `cutover` that show how it is used; each of them works. */
  readonly examples: readonly string[];
  /** Declares arguments and options on the command, and what runs. */
  readonly declare: (
    command: Command,
    run: (work: (console: Console) => Promise<ExitStatus>) => Promise<void>,
  ) => void;
}

/** Prints the result: one JSON document, or the text for people. */
export const printResult = (
  { out }: Console,
  { json }: CommonOptions,
  result: unknown,
  text: () => string,
): void => {
  out(json === true ? JSON.stringify(result, undefined, 2) : text());
};
