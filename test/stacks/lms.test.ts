/** The figures of the Leave Management System's definition against those of its plan. */
import { describe, expect, test } from "vitest";
import { greenWeightAt, postureAt, wayBackFrom } from "../../definition/ladder.ts";
import { planProblems } from "../../definition/plan-problems.ts";
import { openKeys } from "../../definition/tbd.ts";
import { limitOf } from "../../definition/thresholds.ts";
import { offsetOf } from "../../definition/timeline.ts";
import { days, hours, inWords, minutes, percent, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";

const stageOf = (name: string) => lms.ladder.find((stage) => stage.name === name);
const checklistOf = (name: string) =>
  lms.checklists.find((checklist) => checklist.name === name)?.items ?? [];
const itemFrom = (source: string) =>
  lms.checklists.flatMap(({ items }) => items).filter((item) => item.source === source);
const slotAt = (at: string) => lms.night.slots.find((slot) => slot.at === at);
const isOpen = (path: string): boolean => openKeys(lms).some((key) => key.path === path);

/** What the plan's minutes have at the end, and what the window need not wait for. */
const afterTheDecision = ["Go-live confirmed", "Post-deployment communications"];

test("the plan has no problem", () => expect(planProblems(lms)).toEqual([]));

describe("ladder", () => {
  test("S1-2: Green's weight goes 0, 10, 50, 100", () =>
    expect(lms.ladder.map(({ name }) => greenWeightAt(lms, name))).toEqual([0, 10, 50, 100]));
  test("every way back lands on the baseline within 60 seconds", () =>
    expect(lms.ladder.map(({ name }) => wayBackFrom(lms, name))).toEqual(
      lms.ladder.map(() => ({ to: "baseline", within: seconds(60) })),
    ));
  test("each move may take five minutes and begins at its row of the night", () => {
    for (const { name, begins, shift } of lms.ladder.filter((stage) => stage.begins)) {
      const slot = lms.night.slots.find(({ movesTo }) => movesTo === name);
      expect(shift).toEqual(minutes(5));
      expect(slot && offsetOf("22:00", slot)).toEqual(begins);
    }
  });
  test("S1-19: each move leaves time for the rest of the night", () => {
    const inside = (slot: (typeof lms.night.slots)[number]): boolean =>
      slot.movesTo === undefined &&
      slot.optional !== true &&
      !afterTheDecision.includes(slot.activity);
    for (const { name, timeLeft } of lms.ladder.slice(1)) {
      const at = lms.night.slots.findIndex(({ movesTo }) => movesTo === name);
      const rest = lms.night.slots.slice(at + 1).filter(inside);
      const milliseconds = rest.reduce((sum, { lasts }) => sum + (lasts?.milliseconds ?? 0), 0);
      expect([name, timeLeft]).toEqual([name, { milliseconds }]);
    }
    expect(lms.ladder.map(({ timeLeft }) => timeLeft && inWords(timeLeft))).toEqual([
      undefined,
      "1 h 45 min",
      "1 h 25 min",
      "1 h",
    ]);
  });
  test("S1-70: 15 minutes at 10 %", () =>
    expect(stageOf("canary")?.leave?.soak).toEqual(minutes(15)));
  test("S1-79: 20 minutes at 50 %", () =>
    expect(stageOf("half")?.leave?.soak).toEqual(minutes(20)));
  test("S1-83: 30 minutes at 100 %", () =>
    expect(stageOf("full")?.leave?.soak).toEqual(minutes(30)));
  test("C13: 600 requests on Green before a stage with traffic is left", () =>
    expect(lms.ladder.map(({ leave }) => leave?.greenRequests)).toEqual([
      undefined,
      600,
      600,
      600,
    ]));
  test("a stage's posture is its weight alone: nothing else moves", () =>
    expect(postureAt(lms, "half")).toEqual({ trafficWeight: 50 }));
});

describe("calendar", () => {
  const [primary, contingency] = lms.calendar.windows;
  const blackout = (kind: string) => lms.calendar.blackouts.find((entry) => entry.kind === kind);
  test("S1-11: Saturday 22:00 UTC for four hours", () => {
    expect(lms.calendar.zone).toBe("UTC");
    expect(primary).toMatchObject({ weekdays: ["Saturday"], opens: "22:00", lasts: hours(4) });
  });
  test("the dates are open until somebody sets them", () => {
    expect(isOpen("calendar.windows.0.date")).toBe(true);
    expect(isOpen("calendar.windows.1.date")).toBe(true);
  });
  test("the contingency window has the same hours and needs a failed primary one", () =>
    expect(contingency).toMatchObject({
      weekdays: primary?.weekdays,
      opens: primary?.opens,
      lasts: primary?.lasts,
      onlyAfter: primary?.title,
    }));
  test("S1-14: the last three business days of a month", () =>
    expect(blackout("last business days")).toMatchObject({ count: 3 }));
  test("S1-15: around the end of a quarter, three business days before and five after", () =>
    expect(blackout("quarter end")).toMatchObject({ businessDaysBefore: 3, businessDaysAfter: 5 }));
  test("S1-16: public holidays of a country that must be named", () => {
    expect(blackout("public holidays")).toBeDefined();
    expect(isOpen("calendar.blackouts.2.country")).toBe(true);
  });
  test("S1-17: business events, a list that must be written even when it is empty", () => {
    expect(blackout("events")).toBeDefined();
    expect(isOpen("calendar.blackouts.3.events")).toBe(true);
  });
});

describe("preparation", () => {
  test.each([
    ["S1-21", 7, "devLead", undefined],
    ["S1-22", 3, "devOps", 2],
    ["S1-23", 2, "qa", 4],
    ["S1-24", 1, "releaseManager", 1],
    ["S1-25", 1, "projectManager", 1],
  ] as const)("%s: %i days before, by %s", (source, before, owner, length) => {
    const row = lms.preparation.find((entry) => entry.source === source);
    expect(row).toMatchObject({ before: days(before), owner });
    expect(row?.lasts).toEqual(length === undefined ? undefined : hours(length));
  });
  test("S1-26: T-0 is 22:00, led by the Release Manager", () => {
    expect(lms.night.beginsAt).toBe("22:00");
    expect(lms.night.slots[0]).toMatchObject({ at: "22:00", owner: "releaseManager" });
  });
  test.each([
    ["S1-27", "releaseManager"],
    ["S1-28", "releaseManager"],
    ["S1-29", "projectManager"],
    ["S1-30", "devOps"],
    ["S1-31", "projectManager"],
    ["S1-32", "devOps"],
    ["S1-33", "devOps"],
  ])("%s: on the list of the day before, by %s", (source, owner) => {
    expect(itemFrom(source)).toMatchObject([{ owner }]);
    expect(checklistOf("a-day-before")).toContain(itemFrom(source)[0]);
  });
  test("S1-34: roll call within the hour before, by the Release Manager", () => {
    expect(checklistOf("an-hour-before")).toContain(itemFrom("S1-34")[0]);
    expect(itemFrom("S1-34")).toMatchObject([{ owner: "releaseManager", expected: "all present" }]);
    expect(lms.checklists.find(({ name }) => name === "an-hour-before")?.notOlderThan).toEqual(
      hours(1),
    );
  });
  test("seven checks the day before, ten the hour before, all needed to leave the baseline", () => {
    expect(checklistOf("a-day-before")).toHaveLength(7);
    expect(checklistOf("an-hour-before")).toHaveLength(10);
    expect(stageOf("baseline")?.leave?.checklists).toEqual(["a-day-before", "an-hour-before"]);
  });
});

describe("backup", () => {
  const [backup] = lms.backups;
  test("S1-47: at most four hours old", () => expect(backup?.notOlderThan).toEqual(hours(4)));
  test("S1-49, S1-50, S1-51: file, size within 80 to 150 % of the one before, whole archive listed", () => {
    expect(backup).toMatchObject({
      of: "lms_production",
      owner: "dba",
      size: { atLeast: percent(80), atMost: percent(150) },
    });
    expect(backup?.verifiedBy).toHaveLength(3);
  });
});

describe("thresholds", () => {
  test.each([
    ["S1-71", "error-rate", 1, "%", "roll back"],
    ["S1-72", "failed-requests", 0.5, "%", "roll back"],
    ["S1-73", "p95-latency", 500, "ms", "investigate"],
    ["S1-74", "cpu", 70, "%", "investigate"],
    ["S1-75", "memory", 80, "%", "investigate"],
  ])(
    "%s: %s below %f %s, else %s; reaching it is a breach",
    (source, name, value, unit, breach) => {
      const threshold = lms.thresholds.find((candidate) => candidate.source === source);
      expect(threshold).toMatchObject({ name, breach });
      expect(threshold && limitOf(threshold)).toEqual({ value, unit, reachedIsBreach: true });
    },
  );
  test("S1-76: the same five at every stage with traffic on Green", () => {
    expect(lms.thresholds).toHaveLength(5);
    expect(lms.thresholds.every(({ at }) => at === undefined)).toBe(true);
  });
});

describe("checkpoints", () => {
  test.each([
    ["S1-77", "canary", ["yes", "yes", "no", "yes"], "Proceed to 50 %"],
    ["S1-80", "half", ["yes", "yes", "no", "yes"], "Proceed to 100 %"],
    ["S1-97", "full", ["yes", "yes", "yes", "yes"], "Go-live confirmed"],
  ])("%s: after %s the Release Manager decides on four questions", (source, after, good, go) => {
    const checkpoint = lms.checkpoints.find((candidate) => candidate.source === source);
    expect(checkpoint).toMatchObject({ after, decidedBy: ["releaseManager"] });
    expect(checkpoint?.questions.map((question) => question.good)).toEqual(good);
    expect(checkpoint?.decisions[0]).toBe(go);
    expect(stageOf(after)?.leave?.checkpoint).toBe(checkpoint?.name);
  });
});

test("S1-107: at both checkpoints before all traffic moves consensus is that of the whole war room", () => {
  const voices = lms.checkpoints.map(({ consensusOf = [] }) => consensusOf);
  const team = ["devOps", "dba", "qa", "devLead", "security", "businessRep", "projectManager"];
  expect(voices).toEqual([team, team, []]);
});

describe("validation", () => {
  test("S1-84: ten smoke tests, 20 minutes from 01:10, by QA", () => {
    expect(lms.smokeTests).toHaveLength(10);
    expect(slotAt("01:10")).toMatchObject({ owner: "qa", lasts: minutes(20) });
  });
  test.each([
    ["S1-85", "SMOKE-001", "User login"],
    ["S1-86", "SMOKE-002", "View leave balance"],
    ["S1-87", "SMOKE-003", "Submit leave request"],
    ["S1-88", "SMOKE-004", "Approve leave request"],
    ["S1-89", "SMOKE-005", "Reject leave request"],
    ["S1-90", "SMOKE-006", "View leave history"],
    ["S1-91", "SMOKE-007", "Generate report"],
    ["S1-92", "SMOKE-008", "Open admin dashboard"],
    ["S1-93", "SMOKE-009", "Notification delivered"],
    ["S1-94", "SMOKE-010", "API health"],
  ])("%s: %s is %s", (source, id, title) =>
    expect(lms.smokeTests.find((smoke) => smoke.id === id)).toMatchObject({ source, title }),
  );
  test("S1-95: eight checks by hand, each with its owner", () =>
    expect(itemFrom("S1-95").map(({ owner }) => owner)).toEqual([
      "qa",
      "devOps",
      "qa",
      "security",
      "devOps",
      "devOps",
      "qa",
      "devOps",
    ]));
  test("S1-96: four business checks, by Business and HR Representative", () =>
    expect(itemFrom("S1-96").map(({ owner }) => owner)).toEqual([
      "businessRep",
      "businessRep",
      "hrRep",
      "businessRep",
    ]));
});

describe("people", () => {
  test("S1-99: the eight seats of the war room and the two further owners", () => {
    const titles = Object.values(lms.roles).flatMap(({ title, alsoCalled = [] }) => [
      title,
      ...alsoCalled,
    ]);
    for (const name of [
      "Release Commander",
      "Release Manager",
      "DevOps Lead",
      "DBA",
      "QA Lead",
      "Dev Lead",
      "Security",
      "Business Representative",
      "Communications",
      "PM",
      "Platform",
      "HR Representative",
    ]) {
      expect(titles).toContain(name);
    }
  });
  test("the five contacts are secrets, never plain text", () => {
    expect(lms.contacts.map(({ role }) => role)).toEqual([
      "releaseManager",
      "devOps",
      "dba",
      "security",
      "businessSponsor",
    ]);
    expect(lms.contacts.every(({ role, secret }) => secret === `lms-contacts:${role}`)).toBe(true);
  });
  test("S1-101: two channels; bridge and status dashboard must be filled in", () => {
    expect(lms.warRoom).toMatchObject({ chat: "lms-golive-war-room", incidents: "lms-incidents" });
    expect(isOpen("warRoom.bridge") && isOpen("warRoom.statusPage")).toBe(true);
  });
  test("S1-103: a status update every 15 minutes", () =>
    expect(lms.communications.find(({ source }) => source === "S1-103")?.every).toEqual(
      minutes(15),
    ));
  test("the Release Manager orders rollbacks; a firing alarm that orders one is enough", () =>
    expect(lms.rollback.authority).toEqual({ by: ["releaseManager"], alarmSuffices: true }));
});

describe("afterwards", () => {
  test.each(["S1-109", "S1-110", "S1-111", "S1-112", "S1-113"])("%s: within an hour", (source) =>
    expect(lms.followUps.filter((item) => item.source === source)).toMatchObject([
      { due: { within: hours(1) } },
    ]),
  );
  test("S1-114: five items on the next business day", () =>
    expect(lms.followUps.filter(({ source }) => source === "S1-114").map(({ due }) => due)).toEqual(
      Array.from({ length: 5 }, () => "next business day"),
    ));
  test("S1-115: Blue is kept 30 days, with an immediate way back", () =>
    expect(lms.retention).toMatchObject({
      oldSideFor: days(30),
      immediateRollbackFor: days(30),
    }));
  test("S1-116: five criteria of success", () => expect(lms.success).toHaveLength(5));
  test("S1-117: seven criteria of being done", () => expect(lms.done).toHaveLength(7));
  test("S1-118: five dated rows, and 21 rows that fill the four hours without a gap", () => {
    expect(lms.preparation).toHaveLength(5);
    expect(lms.night.slots).toHaveLength(21);
    const ends = lms.night.slots.reduce((end, slot) => {
      expect(offsetOf("22:00", slot).milliseconds).toBe(end);
      return end + (slot.lasts?.milliseconds ?? 0);
    }, 0);
    expect(inWords({ milliseconds: ends })).toBe("4 h");
  });
  test("S1-119: four companion documents", () =>
    expect(lms.document.companions.map(({ location }) => location)).toEqual([
      "PHASE_29_GOLIVE_READINESS_CHECKLIST.md",
      "PHASE_29_ROLLBACK_PLAN.md",
      "PHASE_29_COMMUNICATION_PLAN.md",
      "PHASE_29_DAY1_SUPPORT_PLAN.md",
    ]));
  test("S1-66: green's health names what it depends on; nobody has listed that yet", () => {
    expect(lms.workload.health.expects).toEqual({ status: "healthy", database: "connected" });
    expect(isOpen("workload.health.dependencies")).toBe(true);
  });
  test("the document's id, version and classification", () =>
    expect(lms.document).toMatchObject({
      id: "LMS-PHASE29-CUTOVER-001",
      version: "1.0",
      date: "2025-12-20",
      classification: "Internal – Restricted",
    }));
});
