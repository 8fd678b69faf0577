import { Command, CommanderError } from "commander";
import { BadInput } from "../definition/bad-input.ts";
import { ExitStatus } from "./exit-status.ts";
import { faults } from "./faults.ts";
import { rehearse } from "./rehearse.ts";
import type { Console, Subcommand } from "./subcommand.ts";
import { systems } from "./systems.ts";

const subcommands: readonly Subcommand[] = [rehearse, systems, faults];

/** Runs one command line and answers with its exit status; only bad usage and bugs end here as text. */
const main = async (words: readonly string[]): Promise<ExitStatus> => {
  let status: ExitStatus = ExitStatus.done;
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      interrupted.abort();
    });
  }
  const console: Console = {
    out: (text) => void process.stdout.write(`${text}\n`),
    log: (text) => void process.stderr.write(`${text}\n`),
    interactive: process.stderr.isTTY,
    signal: interrupted.signal,
  };
  const program = new Command("cutover")
    .description("Rehearse and run production cutovers")
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const { name, summary, declare } of subcommands) {
    const command = program
      .command(name)
      .description(summary)
      .option("--json", "print one JSON document")
      .exitOverride()
      .configureOutput({ outputError: () => undefined });
    declare(command, async (work) => {
      status = await work(console);
    });
  }
  try {
    await program.parseAsync(words, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help that was asked for is no error.
      if (error.exitCode === 0) return ExitStatus.done;
      const what = error.message === "(outputHelp)" ? "a command is missing" : error.message;
      console.log(`cutover: ${what.replace(/^error: /, "")}. See: npm run -s cutover -- --help`);
      return ExitStatus.badInput;
    }
    if (error instanceof BadInput) {
      console.log(error.message);
      return ExitStatus.badInput;
    }
    throw error;
  }
};

process.exitCode = await main(process.argv.slice(2));
