import { Command, CommanderError } from "commander";
import { BadInput } from "../definition/bad-input.ts";
import { advanceCommand } from "./advance.ts";
import { announce } from "./announce.ts";
import { approve } from "./approve.ts";
import { calendar } from "./calendar.ts";
import { ExitStatus } from "./exit-status.ts";
import { faults } from "./faults.ts";
import { ledger } from "./ledger.ts";
import { misuse } from "./misuse.ts";
import { planHash } from "./plan-hash.ts";
import { prComment } from "./pr-comment.ts";
import { preview } from "./preview.ts";
import { readiness } from "./readiness.ts";
import { realRehearsals, type Rehearsals } from "./rehearsals.ts";
import { rehearse } from "./rehearse.ts";
import { report } from "./report.ts";
import { retention } from "./retention.ts";
import { rollback } from "./rollback.ts";
import { reconcile } from "./reconcile.ts";
import { runbook } from "./runbook.ts";
import { smoke } from "./smoke.ts";
import type { Console, Subcommand } from "./subcommand.ts";
import { status } from "./status.ts";
import { systems } from "./systems.ts";
import { unexpected } from "./unexpected.ts";
import { watch } from "./watch.ts";
import { world } from "./world.ts";
import { columns } from "./wrapped.ts";

/** Every command, as help lists them. */
export const subcommands = (rehearsals: Rehearsals): readonly Subcommand[] => [
  rehearse(rehearsals),
  world(rehearsals),
  status,
  readiness,
  advanceCommand,
  rollback,
  watch,
  smoke,
  reconcile,
  announce,
  approve,
  ledger,
  report,
  preview,
  retention,
  prComment,
  planHash,
  systems,
  runbook,
  calendar,
  faults,
];

/**
 * Runs one command line and answers with its exit status. Whatever goes wrong is one line of text by then.
 * @param words what stands after `cutover`.
 */
export const runCommandLine = async (
  words: readonly string[],
  console: Console,
  rehearsals: Rehearsals = realRehearsals,
): Promise<ExitStatus> => {
  let answered: ExitStatus = ExitStatus.done;
  const program = commandLine(console, subcommands(rehearsals), (answer) => {
    answered = answer;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return answered;
  } catch (error) {
    return statusAfter(error, console);
  }
};

const commandLine = (
  console: Console,
  known: readonly Subcommand[],
  answer: (status: ExitStatus) => void,
): Command => {
  const program = refusingMisuse(new Command("cutover"), console)
    .description("Rehearses and runs production cutovers.")
    .usage("COMMAND [options]")
    .helpCommand(false)
    .addHelpText("after", examplesText(known.flatMap(({ examples }) => examples.slice(0, 1))))
    .addHelpText("after", `\n${exitText}`);
  for (const { name, summary, examples, declare } of known) {
    const command = refusingMisuse(program.command(name), console)
      .description(summary)
      .option("--json", "print one JSON document, and everything else to stderr")
      .addHelpText("after", examplesText(examples));
    declare(command, async (work) => {
      answer(await work(console));
    });
  }
  return program;
};

/** The command as it speaks here: help to the console, and misuse as bad input. */
const refusingMisuse = (command: Command, { out, log }: Console): Command =>
  command
    .configureOutput({
      writeOut: (text) => {
        out(text.trimEnd());
      },
      writeErr: (text) => {
        log(text.trimEnd());
      },
      outputError: () => undefined,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
    })
    .exitOverride((error) => {
      const isHelp = error.code.startsWith("commander.help");
      throw isHelp ? error : misuse(error, command);
    });

const statusAfter = (error: unknown, console: Console): ExitStatus => {
  // Help that was asked for is no mistake; help instead of a missing command follows one.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitStatus.done : ExitStatus.badInput;
  }
  if (error instanceof BadInput) {
    console.log(error.message);
    return ExitStatus.badInput;
  }
  if (console.signal.aborted) {
    if (console.traces) console.log(unexpected(error, true));
    console.log("cutover: interrupted; nothing is left behind.");
    return ExitStatus.refused;
  }
  console.log(unexpected(error, console.traces));
  return ExitStatus.refused;
};

const examplesText = (examples: readonly string[]): string =>
  ["\nExamples:", ...examples.map((words) => `  npm run -s cutover -- ${words}`)].join("\n");

const exitText =
  "Exit status: 0 done, 1 refused by a gate or a failed check, 2 bad usage or bad\ninput, 3 rolled back.";
