import { writeFile } from "node:fs/promises";
import { Option, type Command } from "commander";
import { z } from "zod";
import { BadInput, shown } from "../definition/bad-input.ts";
import { EmbeddedEngine } from "../rehearsal/engine/embedded-engine.ts";
import type { RehearsalRecord, RehearsalResult } from "../rehearsal/rehearsal-record.ts";
import { rehearse as runRehearsal } from "../rehearsal/rehearse.ts";
import { htmlReport } from "../rehearsal/report/html-report.ts";
import { ExitStatus } from "./exit-status.ts";
import { rehearsalView } from "./rehearsal-view.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";
import { rehearsalSummary } from "./rehearsal-summary.ts";

interface RehearseOptions extends CommonOptions {
  readonly fault: readonly string[];
  readonly engine: string;
  readonly speed: string;
  readonly seed: string;
  readonly report?: string;
}

/** `cutover rehearse SYSTEM`: a whole cutover on this machine, with faults if asked for. */
export const rehearse: Subcommand = {
  name: "rehearse",
  summary: "Rehearse a whole cutover on this machine",
  declare: (command: Command, run) => {
    command
      .argument("[system]", "name of a system, as `cutover systems` lists them", "lms")
      .option("--fault <name@stage>", "inject a fault; may be given more than once", collect, [])
      .addOption(new Option("--engine <engine>", "engine to run on").default("embedded"))
      .option("--speed <n>", "cutover seconds per wall second while only time must pass", "60")
      .option("--seed <n>", "seed of everything random", "1")
      .option("--report <file>", "write one self-contained HTML report")
      .action(async (system: string, options: RehearseOptions) => {
        await run((console) => rehearseSystem(system, options, console));
      });
  },
};

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const rehearseSystem = async (
  system: string,
  options: RehearseOptions,
  console: Console,
): Promise<ExitStatus> => {
  const speed = number("--speed", options.speed, z.coerce.number().min(1).max(600), "a number from 1 to 600");
  const seed = number("--seed", options.seed, z.coerce.number().int().min(0).max(2 ** 31 - 1), "a whole number from 0 to 2147483647");
  if (options.engine !== "embedded") {
    throw new BadInput({
      where: "cutover rehearse",
      key: "--engine",
      found: shown(options.engine),
      expected: "embedded",
    });
  }
  const view = rehearsalView(console);
  const record = await runRehearsal({
    system,
    faults: options.fault,
    engine: new EmbeddedEngine(),
    speed,
    seed,
    onProgress: view.show,
    signal: console.signal,
  }).finally(view.end);
  if (options.report !== undefined) await writeFile(options.report, htmlReport(record));
  printResult(console, options, resultOf(record), () => rehearsalSummary(record, options.report));
  return statusOf(record);
};

const number = (key: string, text: string, schema: z.ZodType<number>, expected: string): number => {
  const parsed = schema.safeParse(text.trim() === "" ? undefined : text);
  if (parsed.success) return parsed.data;
  throw new BadInput({ where: "cutover rehearse", key, found: shown(text), expected });
};

/** What is printed as JSON: the record without what only the report draws. */
const resultOf = (record: RehearsalRecord): RehearsalResult => {
  const { system, engine, seed, outcome, stages, rollback, requests, violations, expectation } =
    record;
  return { system, engine, seed, outcome, stages, rollback, requests, violations, expectation };
};

const statusOf = ({ outcome, expectation }: RehearsalRecord): ExitStatus => {
  if (outcome === "rolled-back") return ExitStatus.rolledBack;
  return outcome === "completed" && expectation.met ? ExitStatus.done : ExitStatus.refused;
};
