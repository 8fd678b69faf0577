import { BadInput, shown } from "../definition/bad-input.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { openKeys, settle } from "../definition/tbd.ts";
import { days, inWords } from "../definition/units.ts";
import { readPublicHolidays } from "../policies/facts/public-holidays-reader.ts";
import { calendarView, type CalendarView } from "../policies/rules/calendar/calendar-view.ts";
import { calendarInText } from "./calendar-text.ts";
import { ExitStatus } from "./exit-status.ts";
import { instantOption } from "./instant-option.ts";
import { knownSystem } from "./known-system.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";

interface CalendarOptions extends CommonOptions {
  readonly from: string;
  readonly to?: string;
}

/** What `cutover calendar` answers: half-open spans in order that together are the span that was asked for. */
export interface CalendarAnswer {
  readonly windows: readonly { readonly opens: string; readonly closes: string }[];
  readonly closed: readonly {
    readonly from: string;
    readonly to: string;
    readonly reasons: readonly string[];
  }[];
}

const where = "cutover calendar";

/** Years of a nightly window are some thousand lines: nobody reads more. */
const longest = days(5 * 366);

/** As much as is looked at unless somebody says otherwise: a month. */
const usual = days(31);

/** `cutover calendar SYSTEM`: when traffic may move forward, and why not at any other time. */
export const calendar: Subcommand = {
  name: "calendar",
  summary: "Show when a system may move forward, and why not otherwise",
  examples: ["calendar lms --from 2026-01-01T00:00:00Z"],
  declare: (command, run) => {
    command
      .argument("<system>", "name of a system, as `cutover systems` lists them")
      .requiredOption("--from <instant>", "first instant, ISO 8601 with its offset")
      .option("--to <instant>", `end of the span; ${inWords(usual)} later unless given`)
      .action(async (system: string, options: CalendarOptions) => {
        await run((console) => showCalendar(system, options, console));
      });
  },
};

const showCalendar = async (
  written: string,
  options: CalendarOptions,
  console: Console,
): Promise<ExitStatus> => {
  const definition = await knownSystem(written, where);
  const span = spanOf(options);
  noteExamples(definition, console);
  // Where nobody has set the dates yet, those of the rehearsal show what the rest of the calendar means.
  const settled = settle(definition.calendar, { rehearsal: true, file: "" });
  const holidays = readPublicHolidays(settled, {
    firstYear: new Date(span.from).getUTCFullYear() - 1,
    lastYear: new Date(span.to).getUTCFullYear() + 1,
  });
  const known = { calendar: settled, holidays, failed: [] };
  const view = calendarView(known, span);
  printResult(console, options, answerOf(view), () =>
    calendarInText({ title: definition.title, calendar: settled, span, view }),
  );
  return ExitStatus.done;
};

const spanOf = (options: CalendarOptions): { readonly from: number; readonly to: number } => {
  const from = instantOption(where, "--from", options.from);
  if (options.to === undefined) return { from, to: from + usual.milliseconds };
  const to = instantOption(where, "--to", options.to);
  if (from < to && to - from <= longest.milliseconds) return { from, to };
  throw new BadInput({
    where,
    key: "--to",
    found: shown(options.to),
    expected: `an instant, at most ${inWords(longest)}, after --from, ${options.from}`,
  });
};

const noteExamples = ({ name, calendar: written }: SystemDefinition, { log }: Console): void => {
  const open = openKeys(written, "calendar");
  if (open.length === 0) return;
  log(
    `${name}: these are examples, as stacks/${name}.ts still leaves open ${open
      .map(({ path, wanted }) => `${path} (${wanted})`)
      .join(", ")}.`,
  );
};

const answerOf = ({ windows, closed }: CalendarView): CalendarAnswer => ({
  windows: windows.map(({ from, to }) => ({ opens: iso(from), closes: iso(to) })),
  closed: closed.map(({ from, to, reasons }) => ({ from: iso(from), to: iso(to), reasons })),
});

/** Without a fraction of a second where there is none. */
const iso = (instant: number): string => new Date(instant).toISOString().replace(".000Z", "Z");
