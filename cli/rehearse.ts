import { engineNameOf, engineNames } from "../rehearsal/engine-named.ts";
import type { RehearsalRecord, RehearsalResult } from "../rehearsal/rehearsal-record.ts";
import { plannedFaults } from "../rehearsal/scenarios/planned-faults.ts";
import { ExitStatus } from "./exit-status.ts";
import { knownSystem } from "./known-system.ts";
import { numberOption } from "./number-option.ts";
import { rehearsalSummary } from "./rehearsal-summary.ts";
import { rehearsalView } from "./rehearsal-view.ts";
import type { Rehearsals } from "./rehearsals.ts";
import { reportFile } from "./report-file.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";

interface RehearseOptions extends CommonOptions {
  readonly fault?: readonly string[];
  readonly engine: string;
  readonly speed: string;
  readonly seed: string;
  readonly report?: string;
}

const where = "cutover rehearse";

/** `cutover rehearse SYSTEM`: a whole cutover on this machine, with faults if asked for. */
export const rehearse = (rehearsals: Rehearsals): Subcommand => ({
  name: "rehearse",
  summary: "Rehearse a whole cutover on this machine",
  examples: [
    "rehearse lms",
    "rehearse lms --fault error-spike@canary --report r.html",
    "rehearse lms --seed 7 --speed 120 --json",
  ],
  declare: (command, run) => {
    command
      .argument("[system]", "name of a system, as `cutover systems` lists them", "lms")
      .option(
        "--fault <name@stage>",
        "inject a fault, as `cutover faults` lists them; may be given more than once",
        (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
      )
      .option("--engine <engine>", `engine to run on: ${engineNames.join(" or ")}`, engineNames[0])
      .option("--speed <n>", "cutover seconds per wall second while only time must pass", "60")
      .option("--seed <n>", "seed of everything random", "1")
      .option("--report <file>", "write one self-contained HTML report")
      .action(async (system: string, options: RehearseOptions) => {
        await run((console) => rehearseSystem(system, options, console, rehearsals));
      });
  },
});

const rehearseSystem = async (
  name: string,
  options: RehearseOptions,
  console: Console,
  { rehearse: runRehearsal, writeReport }: Rehearsals,
): Promise<ExitStatus> => {
  const definition = await knownSystem(name, where);
  const faults = options.fault ?? [];
  plannedFaults(definition, faults);
  const engine = engineNameOf(where, options.engine);
  const speed = numberOption(where, "--speed", options.speed, { from: 1, to: 600 });
  const range = { from: 0, to: 2 ** 31 - 1, whole: true } as const;
  const seed = numberOption(where, "--seed", options.seed, range);
  const report = options.report === undefined ? undefined : await reportFile(where, options.report);

  const view = rehearsalView(console, definition.ladder);
  const request = { system: name, faults, engine, speed, seed };
  const record = await runRehearsal({
    ...request,
    onProgress: view.show,
    signal: console.signal,
  }).finally(view.end);
  // An engine that was interrupted may answer with a refusal instead of failing.
  console.signal.throwIfAborted();

  const summary = rehearsalSummary(record, { report, faults });
  if (options.json === true) console.log(summary);
  printResult(console, options, resultOf(record), () => summary);
  // Only now: what the rehearsal found is worth more than its report.
  if (report !== undefined) await writeReport(report, record);
  return statusOf(record);
};

/** What is printed as JSON: the record without what only the report draws. */
const resultOf = (record: RehearsalRecord): RehearsalResult => {
  const { system, engine, seed, definition, ranAt } = record;
  const { outcome, stages, rollback, requests, data, freeze } = record;
  const { downtime, messages, violations, expectation } = record;
  const about = { system, engine, seed, definition, ranAt };
  const happened = { outcome, stages, rollback, requests, data, freeze, downtime };
  return { ...about, ...happened, messages, violations, expectation };
};

const statusOf = ({ outcome, expectation }: RehearsalRecord): ExitStatus => {
  if (outcome === "rolled-back") return ExitStatus.rolledBack;
  return outcome === "completed" && expectation.met ? ExitStatus.done : ExitStatus.refused;
};
