import { expect, test } from "vitest";
import { BadInput } from "../../definition/bad-input.ts";
import { planProblems } from "../../definition/plan-problems.ts";
import { anyOf, weight } from "../../definition/posture.ts";
import type { Plan } from "../../definition/plan.ts";
import { stage } from "../../definition/stage.ts";
import { defineSystem } from "../../definition/system.ts";
import { tbd } from "../../definition/tbd.ts";
import { errorRate } from "../../definition/thresholds.ts";
import { days, minutes, percent, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";

/** What a person reads who makes this change to a plan that is right. */
const linesAfter = (change: Readonly<Record<string, unknown>>): readonly string[] =>
  planProblems({ ...lms, ...change }).map(
    ({ key, found, expected }) => `${key ?? ""} is ${found}, expected ${expected}`,
  );
const [baseline, ...others] = lms.ladder;
const [firstWindow, secondWindow] = lms.calendar.windows;
const [firstCheckpoint] = lms.checkpoints;
const blackout = (entry: Readonly<Record<string, unknown>>) => ({
  calendar: { ...lms.calendar, blackouts: [entry] },
});
const steps = [
  { title: "one", lasts: seconds(40) },
  { title: "two", lasts: seconds(30) },
];

test("a plan that is right has none", () => expect(linesAfter({})).toEqual([]));

const comparing = (changes: Readonly<Record<string, unknown>>) => ({
  comparisons: [
    {
      name: "slower",
      title: "Slower",
      measure: "p95-latency",
      worse: "higher",
      tolerance: percent(10),
      leastValues: 10,
      source: "x",
      ...changes,
    },
  ],
});
const ready = (readiness: Readonly<Record<string, unknown>>) => ({
  readiness: { toLeave: "baseline", atLeast: percent(90), source: "x", ...readiness },
});
const part = (changes: Readonly<Record<string, unknown>>) =>
  ready({
    components: [
      { name: "one", title: "One", weight: 1, source: "x", from: { alarms: "quiet" }, ...changes },
    ],
  });

test.each([
  ["name", { name: "LMS v3" }, 'name is "LMS v3", expected lower-case words joined by hyphens'],
  [
    "pager that a handle would break off at",
    { warRoom: { ...lms.warRoom, pager: "on call" } },
    'warRoom.pager is "on call", expected a service\'s name in letters, digits, _ and -',
  ],
  [
    "contact whose key config takes for a system",
    { contacts: [{ role: "devOps", secret: "people:devOps" }] },
    'contacts.devOps.secret is "people:devOps", expected a config key lms-contacts:NAME',
  ],
  ["title", { title: " " }, 'title is " ", expected a text'],
  [
    "what a breach means, misspelt",
    { thresholds: [{ ...lms.thresholds[0], breach: "rollback" }] },
    'thresholds.error-rate.breach is "rollback", expected roll back or investigate',
  ],
  [
    "soak, misspelt",
    { ladder: [baseline, { ...others[0], leave: { soaks: minutes(15) } }, ...others.slice(1)] },
    "ladder.canary.leave.soaks is a key that nothing reads, expected one that `npm run typecheck` knows",
  ],
  [
    "rollback ordered by nobody of the plan",
    { rollback: { ...lms.rollback, authority: { by: ["boss"], alarmSuffices: true } } },
    /^rollback.authority.by is "boss", expected one of releaseManager, /,
  ],
  ["ladder, too short", { ladder: [baseline] }, /^ladder is .*, expected at least two stages$/],
  [
    "stage without values",
    { ladder: [{ ...baseline, set: undefined }, ...others] },
    "ladder.baseline.set is missing, expected an object with named values",
  ],
  [
    "soak without a unit",
    { ladder: [{ ...baseline, leave: { soak: 15 } }, ...others] },
    "ladder.baseline.leave.soak is 15, expected a duration with its unit, for example minutes(15)",
  ],
  [
    "rollback budget",
    { rollback: { ...lms.rollback, within: seconds(0) } },
    "rollback.within.milliseconds is 0, expected a duration longer than nothing",
  ],
  [
    "limit of nothing",
    { thresholds: [errorRate({ below: percent(0), breach: "roll back", source: "S1-71" })] },
    "thresholds.error-rate.limit.below.percent is 0, expected a percentage above 0",
  ],
  [
    "comparison with too little to compare",
    comparing({ leastValues: 5 }),
    "comparisons.slower.leastValues is 5, expected a whole number of at least 8",
  ],
  [
    "comparison of more than a soak holds",
    comparing({ leastValues: 15 }),
    "comparisons.slower.leastValues is 15, expected at most the 14 whole periods of 1 min in the soak of canary",
  ],
  [
    "comparison at no stage",
    comparing({ at: ["quarter"] }),
    'comparisons.slower.at is "quarter", expected one of baseline, canary, half, full',
  ],
  [
    "readiness of nothing",
    ready({ components: [] }),
    "readiness.components is [], expected at least one component",
  ],
  [
    "readiness that weighs nothing",
    part({ weight: 0 }),
    /^readiness\.components\.one\.weight is 0, /,
  ],
  [
    "readiness above a hundred percent",
    {
      readiness: {
        ...ready({ components: lms.readiness?.components }).readiness,
        atLeast: percent(101),
      },
    },
    "readiness.atLeast.percent is 101, expected a percentage of at most 100",
  ],
  [
    "readiness that no stage waits for",
    ready({ components: lms.readiness?.components, toLeave: "full" }),
    'readiness.toLeave is "full", expected a stage below the last: baseline, canary, half',
  ],
  [
    "readiness by a checklist that is none",
    part({ from: { checklist: "a-week-before" } }),
    'readiness.components.one.from.checklist is "a-week-before", expected one of a-day-before, an-hour-before, manual-verification, business-verification',
  ],
  [
    "readiness by a backup that is none",
    part({ from: { backup: "lms" } }),
    'readiness.components.one.from.backup is "lms", expected one of lms_production',
  ],
  [
    "readiness by two things at once",
    part({ from: { alarms: "quiet", backup: "lms_production" } }),
    /^readiness\.components\.one\.from is .*, expected a checklist, a backup, replicas, /,
  ],
  [
    "limit above a hundred percent",
    { thresholds: [errorRate({ below: percent(101), breach: "roll back", source: "S1-71" })] },
    "thresholds.error-rate.limit.below.percent is 101, expected a percentage of at most 100",
  ],
  [
    "limit without a unit",
    { thresholds: [{ ...lms.thresholds[0], limit: { below: 1 } }] },
    /^thresholds\.error-rate\.limit.* expected (below or atMost with a quantity|a quantity)/,
  ],
  [
    "alarm periods",
    { alarms: { ...lms.alarms, periods: 0 } },
    "alarms.periods is 0, expected a whole number of at least 1",
  ],
  [
    "T-0",
    { night: { ...lms.night, beginsAt: "10 pm" } },
    'night.beginsAt is "10 pm", expected a time as HH:MM',
  ],
  [
    "slot",
    { night: { beginsAt: "22:00", slots: [{ at: "T1", activity: "x", owner: "devOps" }] } },
    'night.slots.0.at is "T1", expected a time as HH:MM, T+H:MM or T-H:MM',
  ],
  [
    "time zone",
    { calendar: { ...lms.calendar, zone: "Mars/Olympus" } },
    'calendar.zone is "Mars/Olympus", expected an IANA time zone',
  ],
  [
    "weekdays",
    { calendar: { ...lms.calendar, windows: [{ ...firstWindow, weekdays: [] }] } },
    "calendar.windows.0.weekdays is [], expected at least one weekday",
  ],
  [
    "date",
    { calendar: { ...lms.calendar, windows: [{ ...firstWindow, date: "2026-02-30" }] } },
    'calendar.windows.0.date is "2026-02-30", expected a date as YYYY-MM-DD',
  ],
  [
    "date on another weekday",
    { calendar: { ...lms.calendar, windows: [{ ...firstWindow, date: "2026-01-09" }] } },
    'calendar.windows.0.date is "2026-01-09", a Friday, expected a Saturday',
  ],
  [
    "window after one that does not exist",
    { calendar: { ...lms.calendar, windows: [secondWindow] } },
    'calendar.windows.0.onlyAfter is "Primary window", expected a name that the plan declares',
  ],
  [
    "offset in place of a zone",
    { calendar: { ...lms.calendar, zone: "+01:00" } },
    'calendar.zone is "+01:00", expected an IANA time zone',
  ],
  [
    "no window",
    { calendar: { ...lms.calendar, windows: [] } },
    "calendar.windows is [], expected at least one window",
  ],
  [
    "window of no length",
    { calendar: { ...lms.calendar, windows: [{ ...firstWindow, lasts: minutes(0) }] } },
    "calendar.windows.0.lasts.milliseconds is 0, expected a duration longer than nothing",
  ],
  [
    "weekday that is none",
    { calendar: { ...lms.calendar, windows: [{ ...firstWindow, weekdays: ["Sat"] }] } },
    /^calendar\.windows\.0\.weekdays\.0 is "Sat", expected Monday or Tuesday or /,
  ],
  [
    "window twice",
    { calendar: { ...lms.calendar, windows: [firstWindow, firstWindow] } },
    'calendar.windows.1.title is given "Primary window" twice, expected each name once',
  ],
  [
    "contingency before what it stands in for",
    {
      calendar: {
        ...lms.calendar,
        windows: [firstWindow, { ...secondWindow, date: "2026-01-03" }],
      },
    },
    'calendar.windows.1.date is "2026-01-03", expected a date after that of Primary window, 2026-01-10',
  ],
  [
    "window that is over before any may open",
    {
      calendar: {
        ...lms.calendar,
        windows: [{ ...firstWindow, opens: "08:00" }],
        notBefore: "12:00",
      },
    },
    'calendar.windows.0.opens is "08:00", and closed again by then, expected a window that is open after notBefore, 12:00',
  ],
  [
    "date before any may be",
    { calendar: { ...lms.calendar, windows: [firstWindow], notBeforeDate: "2026-02-01" } },
    'calendar.windows.0.date is "2026-01-10", expected a date from notBeforeDate, 2026-02-01, on',
  ],
  [
    "blackout of no kind",
    blackout({ kind: "full moon", reason: "x" }),
    /^calendar\.blackouts\.0\.kind is "full moon", expected last business days, quarter end, /,
  ],
  [
    "no business days",
    blackout({ kind: "last business days", count: 0, reason: "x" }),
    "calendar.blackouts.0.count is 0, expected a whole number from 1 to 15",
  ],
  [
    "quarter end of no days",
    blackout({ kind: "quarter end", businessDaysBefore: 0, businessDaysAfter: 0, reason: "x" }),
    "calendar.blackouts.0.businessDaysBefore is 0 like businessDaysAfter, expected one of them above 0",
  ],
  [
    "S1-16: country that is none",
    blackout({ kind: "public holidays", country: "UK", reason: "x" }),
    'calendar.blackouts.0.country is "UK", expected the ISO 3166 code of a country whose holidays are known, for example US',
  ],
  [
    "S1-16: region that is none",
    blackout({ kind: "public holidays", country: "AT", region: "W", reason: "x" }),
    'calendar.blackouts.0.region is "W", expected a region of AT: 1, 2, 3, 4, 5, 6, 7, 8, 9',
  ],
  [
    "region of a country without any",
    blackout({ kind: "public holidays", country: "JP", region: "13", reason: "x" }),
    'calendar.blackouts.0.region is "13", expected no region: holidays are the same everywhere in JP',
  ],
  [
    "event without an offset",
    blackout({
      kind: "events",
      events: [{ title: "Fair", from: "2026-01-10T08:00:00", to: "2026-01-10T09:00:00Z" }],
      reason: "x",
    }),
    'calendar.blackouts.0.events.0.from is "2026-01-10T08:00:00", expected an instant with its offset, for example 2026-01-10T22:00:00Z',
  ],
  [
    "event that ends before it begins",
    blackout({
      kind: "events",
      events: [{ title: "Fair", from: "2026-01-10T08:00:00Z", to: "2026-01-10T08:30:00+01:00" }],
      reason: "x",
    }),
    'calendar.blackouts.0.events.0.to is "2026-01-10T08:30:00+01:00", expected an instant after 2026-01-10T08:00:00Z',
  ],
  [
    "S1-17: events that nobody listed",
    blackout({ kind: "events", reason: "x" }),
    "calendar.blackouts.0.events is missing, expected a list",
  ],
  [
    "hours of no length",
    blackout({ kind: "daily hours", from: "08:00", to: "08:00", reason: "x" }),
    'calendar.blackouts.0.to is "08:00" like from, expected another time',
  ],
  [
    "hours in no zone",
    blackout({ kind: "daily hours", from: "08:00", to: "09:00", zone: "Mars", reason: "x" }),
    'calendar.blackouts.0.zone is "Mars", expected an IANA time zone',
  ],
  [
    "open value without a word",
    { calendar: { ...lms.calendar, zone: tbd(" ", { inRehearsal: "UTC" }) } },
    "calendar.zone is left open without a word, expected tbd with what is wanted, as a text",
  ],
  [
    "stage twice",
    { ladder: [...lms.ladder, baseline] },
    'ladder is given "baseline" twice, expected each name once',
  ],
  [
    "checkpoint twice",
    { checkpoints: [...lms.checkpoints, firstCheckpoint] },
    'checkpoints is given "checkpoint-1" twice, expected each name once',
  ],
  [
    "promised message twice",
    {
      communications: [1, 2].map((day) => ({
        ...{ title: "Notice", sender: "projectManager", audience: "users", due: "before T-0" },
        ...{ atLeastBefore: days(day), source: "S1-25" },
      })),
    },
    'communications.title is given "Notice" twice, expected each name once',
  ],
  [
    "option that is a key of the ladder",
    { options: { trafficWeight: anyOf(["x"], "x") } },
    "options.trafficWeight is a key of the ladder too, expected a key of its own",
  ],
  [
    "option without a default",
    { options: { other: weight("x") } },
    "options.other is without a default, expected a default",
  ],
  [
    "value that is no key",
    { ladder: [...lms.ladder, stage("extra", { title: "x", set: { weight: 1 } })] },
    "ladder.extra.set.weight is no key of config, expected one of trafficWeight",
  ],
  [
    "value out of range",
    { ladder: [...lms.ladder, stage("extra", { title: "x", set: { trafficWeight: 101 } })] },
    "ladder.extra.set.trafficWeight is 101, expected a whole number from 0 to 100",
  ],
  [
    "first stage without a value",
    { ladder: [stage("empty", { title: "x", set: {} }), ...lms.ladder] },
    "ladder.empty is without trafficWeight, expected a value or a default",
  ],
  [
    "two stages with the same values",
    { ladder: [...lms.ladder, stage("extra", { title: "x", set: {} })] },
    "ladder.extra is given the same values as full, expected values of its own",
  ],
  [
    "way back to a later stage",
    {
      ladder: [{ ...baseline, rollback: { to: "canary", within: seconds(60) } }, ...others],
    },
    'ladder.baseline.rollback.to is "canary", expected a stage at or before it: baseline',
  ],
  [
    "steps longer than their budget",
    { rollback: { ...lms.rollback, steps } },
    "rollback.steps is 1 min 10 s in all, expected at most the budget of 1 min",
  ],
  [
    "checkpoint that does not exist",
    { ladder: [{ ...baseline, leave: { checkpoint: "checkpoint-0" } }, ...others] },
    'ladder.baseline.leave.checkpoint is "checkpoint-0", expected one of checkpoint-1, checkpoint-2, final-checkpoint',
  ],
  [
    "checklist that does not exist",
    { ladder: [{ ...baseline, leave: { checklists: ["x"] } }, ...others] },
    /^ladder\.baseline\.leave\.checklists is "x", expected one of a-day-before, /,
  ],
  [
    "signer that is no role",
    { ladder: [{ ...baseline, leave: { signedBy: ["boss"] } }, ...others] },
    /^ladder\.baseline\.leave\.signedBy is "boss", expected one of releaseManager, /,
  ],
  [
    "authority that is no role",
    {
      ladder: [{ ...baseline, authority: { by: ["boss"], alarmSuffices: true } }, ...others],
    },
    /^ladder\.baseline\.authority\.by is "boss", expected one of releaseManager, /,
  ],
  [
    "stages that begin out of order",
    {
      ladder: [{ ...baseline, begins: minutes(100) }, ...others],
    },
    "ladder.canary.begins is earlier than baseline, expected a time at or after that of the stage before",
  ],
])("%s", (_what, change, line) => {
  const [first = ""] = linesAfter(change);
  if (typeof line === "string") expect(first).toBe(line);
  else expect(first).toMatch(line);
});

test("whichever part is missing, the problem has its name and no words of zod's", () => {
  for (const part of Object.keys(lms)) {
    const { [part as keyof typeof lms]: _missing, ...rest } = lms;
    const lines = planProblems(rest as unknown as Plan).map(
      ({ key, found, expected }) => `${key ?? ""} is ${found}, expected ${expected}`,
    );
    expect(lines.join("\n")).not.toMatch(/Invalid|undefined|nonoptional/);
    if (lines.length > 0) expect(lines[0]).toMatch(new RegExp(`^${part} is missing, expected `));
  }
});

test("defineSystem's error is one line: the first problem, and how many more there are", () => {
  const wrong = { ...lms, title: "", alarms: { ...lms.alarms, periods: 0 } };
  expect(() => defineSystem(wrong as never)).toThrow(
    new BadInput({
      where: "stacks/lms.ts",
      key: "title",
      found: '""',
      expected: "a text",
      remedy: "1 more to mend there.",
    }),
  );
  expect(() => defineSystem({ ...lms, name: undefined } as never)).toThrow(
    "stacks/: name is missing, expected a text. Nothing changed.",
  );
});
