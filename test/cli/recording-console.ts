import type { Console } from "../../cli/subcommand.ts";

/** A console that keeps what a command says, and the controller that interrupts it. */
export interface RecordingConsole extends Console {
  readonly outLines: readonly string[];
  readonly logLines: readonly string[];
  readonly interrupt: () => void;
}

/** A console that is no terminal. */
export const recordingConsole = (changes: Partial<Console> = {}): RecordingConsole => {
  const outLines: string[] = [];
  const logLines: string[] = [];
  const interrupted = new AbortController();
  return {
    outLines,
    logLines,
    interrupt: () => {
      interrupted.abort();
    },
    out: (text) => void outLines.push(text),
    log: (text) => void logLines.push(text),
    terminal: undefined,
    signal: interrupted.signal,
    traces: false,
    ...changes,
  };
};
