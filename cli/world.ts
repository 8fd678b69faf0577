import { ExitStatus } from "./exit-status.ts";
import { knownSystem } from "./known-system.ts";
import { numberOption } from "./number-option.ts";
import { untilOrphaned } from "./orphaned.ts";
import type { Rehearsals } from "./rehearsals.ts";
import type { CommonOptions, Console, Subcommand } from "./subcommand.ts";
import { worldStatus } from "./world-status.ts";
import { worldText } from "./world-text.ts";

interface WorldOptions extends CommonOptions {
  readonly speed: string;
}

const where = "cutover world";

/** Hours after which a world that nobody ended ends by itself. */
const longestHours = 4;

/** `cutover world SYSTEM`: a rehearsal's world that stays, for plain `pulumi` in another terminal. */
export const world = (rehearsals: Rehearsals): Subcommand => ({
  name: "world",
  summary: "Keep a rehearsal's world running, to use plain pulumi in another terminal",
  examples: ["world lms", "world lms --speed 60"],
  declare: (command, run) => {
    command
      .argument("<system>", "name of a system, as `cutover systems` lists them")
      .option("--speed <n>", "cutover seconds per wall second while a stage soaks", "1")
      .addHelpText(
        "after",
        `\nIt ends with Ctrl-C, with the shell that started it, or after ${longestHours} hours, and takes its\nfolder along. With --json it prints one line when it is ready.`,
      )
      .action(async (system: string, options: WorldOptions) => {
        await run((console) => standWorld(system, options, console, rehearsals));
      });
  },
});

const standWorld = async (
  name: string,
  options: WorldOptions,
  console: Console,
  { keepWorld }: Rehearsals,
): Promise<ExitStatus> => {
  const definition = await knownSystem(name, where);
  const speed = numberOption(where, "--speed", options.speed, { from: 1, to: 600 });
  const orphaned = untilOrphaned();
  const lasts = AbortSignal.timeout(longestHours * 3_600_000);
  const signal = AbortSignal.any([console.signal, orphaned.signal, lasts]);
  const status = worldStatus(console);
  const ready = new AbortController();
  console.log("Starting cluster, gateway, database and monitoring …");
  try {
    await keepWorld({
      system: definition.name,
      speed,
      seed: 1,
      signal,
      onReady: ({ commands, ...answer }) => {
        ready.abort();
        console.out(
          options.json === true
            ? JSON.stringify(answer)
            : worldText({ definition, speed, page: answer.page, commands }),
        );
      },
      onReading: status.show,
    });
  } catch (error) {
    // Ended by whoever started it: that is how a world ends.
    if (!ready.signal.aborted || !signal.aborted) throw error;
  } finally {
    status.end();
    orphaned.stop();
  }
  console.log(`${lasts.aborted ? `${longestHours} hours are over. ` : ""}The world is gone.`);
  return ExitStatus.done;
};
