import { ExitStatus } from "./exit-status.ts";
import { runCommandLine } from "./run.ts";
import type { Console } from "./subcommand.ts";
import { unexpected } from "./unexpected.ts";

/** Wall milliseconds in which a rehearsal that met a bug may still tidy up. */
const tidying = 20_000;

const interrupted = new AbortController();

/** Whether lines can be drawn anew: not in a log, nor where nobody knows how large the screen is. */
const redraws = ({ isTTY, columns, rows }: NodeJS.WriteStream): boolean =>
  isTTY &&
  columns > 0 &&
  rows > 0 &&
  process.env["TERM"] !== "dumb" &&
  process.env["CI"] === undefined;

const console: Console = {
  out: (text) => void process.stdout.write(`${text}\n`),
  log: (text) => void process.stderr.write(`${text}\n`),
  terminal: redraws(process.stderr) ? process.stderr : undefined,
  signal: interrupted.signal,
  traces: (process.env["DEBUG"] ?? "").split(",").includes("cutover"),
};

/** Ends in failure, and gives what runs the time to leave nothing behind. */
const fail = (error: unknown): void => {
  process.exitCode = ExitStatus.refused;
  console.log(unexpected(error, console.traces));
  interrupted.abort();
  setTimeout(() => process.exit(ExitStatus.refused), tidying).unref();
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // The first one asks for a clean end; a second one ends at once.
  process.once(signal, () => {
    interrupted.abort();
  });
}
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever read along has seen enough (`cutover faults lms | head`), or the terminal is gone.
    if (error.code === "EPIPE" || error.code === "EIO") return;
    fail(error);
  });
}
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

const status = await runCommandLine(process.argv.slice(2), console);
// A failure beside the command has said so already.
process.exitCode ??= status;
