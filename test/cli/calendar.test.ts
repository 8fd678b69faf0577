import { expect, test } from "vitest";
import { z } from "zod";
import { calendarInText } from "../../cli/calendar-text.ts";
import { runCommandLine } from "../../cli/run.ts";
import type { Calendar } from "../../definition/calendar.ts";
import type { Settled } from "../../definition/tbd.ts";
import { days, hours } from "../../definition/units.ts";
import { calendarView } from "../../policies/rules/calendar/calendar-view.ts";
import { recordingConsole } from "./recording-console.ts";
import { recordingRehearsals } from "./recording-rehearsals.ts";

const run = async (words: string) => {
  const console = recordingConsole();
  const status = await runCommandLine(words.split(" "), console, recordingRehearsals());
  return { status, out: console.outLines.join("\n"), log: console.logLines };
};

const answer = z.strictObject({
  windows: z.array(z.strictObject({ opens: z.iso.datetime(), closes: z.iso.datetime() })),
  closed: z.array(
    z.strictObject({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      reasons: z.array(z.string()).min(1),
    }),
  ),
});
const ask = async (from: string, to: string) => {
  const { status, out, log } = await run(`calendar lms --from ${from} --to ${to} --json`);
  expect(status).toBe(0);
  return { ...answer.parse(JSON.parse(out)), log };
};

test("S1-11: the one window of January, and every reason around it", async () => {
  const { windows, closed } = await ask("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  expect(windows).toEqual([{ opens: "2026-01-10T22:00:00Z", closes: "2026-01-11T02:00:00Z" }]);
  expect(closed[0]).toEqual({
    from: "2026-01-01T00:00:00Z",
    to: "2026-01-02T00:00:00Z",
    reasons: [
      "financial close (end of the quarter in December 2025)",
      "reduced support (New Year's Day, public holiday in US)",
      "outside every window",
    ],
  });
  expect(closed.find(({ from }) => from === "2026-01-17T22:00:00Z")).toMatchObject({
    to: "2026-01-18T02:00:00Z",
    reasons: ["Contingency window opens only once Primary window has failed"],
  });
  expect(closed.at(-1)).toMatchObject({ to: "2026-02-01T00:00:00Z" });
});

test("windows and closed stretches are cut to the span, whatever offset it is given in", async () => {
  const { windows, closed } = await ask("2026-01-11T00:30:00+01:00", "2026-01-11T02:00:00.500Z");
  expect(windows).toEqual([{ opens: "2026-01-10T23:30:00Z", closes: "2026-01-11T02:00:00Z" }]);
  expect(closed).toMatchObject([{ from: "2026-01-11T02:00:00Z", to: "2026-01-11T02:00:00.500Z" }]);
});

test("S1-12: dates that nobody has set yet are the rehearsal's, and it says so beside the answer", async () => {
  const { log } = await ask("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(
    /^lms: these are examples, as stacks\/lms\.ts still leaves open calendar\.windows\.0\.date \(the Saturday of the cutover as YYYY-MM-DD\), /,
  );
});

test("without an end it looks at 31 days", async () => {
  const { out } = await run("calendar lms --from 2026-01-01T00:00:00Z --json");
  expect(answer.parse(JSON.parse(out)).closed.at(-1)).toMatchObject({ to: "2026-02-01T00:00:00Z" });
});

test.for([
  ["--from 2026-01-10 --to 2026-02-01T00:00:00Z", '--from is "2026-01-10", expected an instant'],
  ["--from 2026-02-30T00:00:00Z --to 2026-04-01T00:00:00Z", '--from is "2026-02-30T00:00:00Z"'],
  ["--from 2026-01-10T00:00:00 --to 2026-02-01T00:00:00Z", "expected an instant from 1970 to 2099"],
  ["--from 2026-01-10T00:00:00Z --to soon", '--to is "soon", expected an instant'],
  ["--from 2026-01-10T00:00:00Z --to 2026-01-10T00:00:00Z", "--to is"],
  ["--from 2026-01-10T00:00:00Z --to 2026-01-10T00:00:00+01:00", "expected an instant, at most"],
  ["--from 2026-01-10T00:00:00Z --to 2056-01-10T00:00:00Z", "at most 1830 d, after --from"],
  ["--from 0001-01-01T00:00:00Z --to 9999-01-01T00:00:00Z", "--from is"],
  ["--to 2026-01-10T00:00:00Z", "required option '--from <instant>' not specified"],
] as const)("%s: exit status 2 and one line", async ([words, line]) => {
  const { status, out, log } = await run(`calendar lms ${words}`);
  expect({ status, out, lines: log.length }).toEqual({ status: 2, out: "", lines: 1 });
  expect(log[0]).toContain("cutover calendar: ");
  expect(log[0]).toContain(line);
});

test("for people it names weekdays, and fits the terminal", async () => {
  const { out } = await run("calendar lms --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z");
  expect(out).toContain("Open\n  Sat 2026-01-10 22:00 to Sun 2026-01-11 02:00 UTC\n    for 4 h\n");
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("in another zone it gives both clocks, and leaves out hours where no window is open anyway", () => {
  const calendar: Settled<Calendar> = {
    zone: "Europe/Berlin",
    windows: [{ title: "Night", weekdays: ["Saturday"], opens: "22:00", lasts: hours(6) }],
    blackouts: [{ kind: "daily hours", from: "00:00", to: "01:00", reason: "backups" }],
    notice: days(2),
  };
  const span = {
    from: Date.parse("2026-03-28T12:00:00Z"),
    to: Date.parse("2026-03-29T12:00:00Z"),
  };
  const holidays = { firstYear: 2026, lastYear: 2026, places: {} };
  const view = calendarView({ calendar, holidays, failed: [] }, span);
  expect(calendarInText({ title: "A system", calendar, span, view })).toBe(
    [
      "A system",
      "  Sat 2026-03-28 13:00 to Sun 2026-03-29 14:00 Europe/Berlin",
      "    Sat 2026-03-28 12:00 to Sun 2026-03-29 12:00 UTC",
      "",
      "Open",
      "  Sat 2026-03-28 22:00 to Sun 2026-03-29 00:00 Europe/Berlin",
      "    Sat 2026-03-28 21:00 to Sat 2026-03-28 23:00 UTC",
      "    for 2 h",
      "  Sun 2026-03-29 01:00 to Sun 2026-03-29 05:00 Europe/Berlin",
      "    Sun 2026-03-29 00:00 to Sun 2026-03-29 03:00 UTC",
      "    for 3 h",
      "",
      "Closed",
      "  Sat 2026-03-28 13:00 to Sat 2026-03-28 22:00 Europe/Berlin",
      "    Sat 2026-03-28 12:00 to Sat 2026-03-28 21:00 UTC",
      "    outside every window",
      "  Sun 2026-03-29 00:00 to Sun 2026-03-29 01:00 Europe/Berlin",
      "    Sat 2026-03-28 23:00 to Sun 2026-03-29 00:00 UTC",
      "    backups (00:00–01:00 Europe/Berlin)",
      "  Sun 2026-03-29 05:00 to Sun 2026-03-29 14:00 Europe/Berlin",
      "    Sun 2026-03-29 03:00 to Sun 2026-03-29 12:00 UTC",
      "    outside every window",
      "",
      "Announced at least 2 d before the first move.",
    ].join("\n"),
  );
});
