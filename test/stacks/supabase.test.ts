/** The figures of the Firestore → Supabase definition against those of its plan. */
import { describe, expect, test } from "vitest";
import { messageFields } from "../../definition/message.ts";
import { greenWeightAt, postureAt, wayBackFrom } from "../../definition/ladder.ts";
import { planProblems } from "../../definition/plan-problems.ts";
import { openKeys } from "../../definition/tbd.ts";
import { edgeOf, limitOf } from "../../definition/thresholds.ts";
import { offsetOf } from "../../definition/timeline.ts";
import { days, hours, inWords, minutes, percent, seconds } from "../../definition/units.ts";
import { supabase } from "../../stacks/supabase.ts";

const { ladder, stores } = supabase;
const names = ladder.map(({ name }) => name);
const shifts = names.filter((name) => name.startsWith("shift-"));
const stageOf = (name: string) => ladder.find((stage) => stage.name === name);
const thresholdOf = (name: string) => supabase.thresholds.find((each) => each.name === name);
const itemsOf = (name: string) =>
  supabase.checklists.find((checklist) => checklist.name === name)?.items ?? [];
const messageFrom = (source: string) =>
  supabase.communications.find((communication) => communication.source === source);
const isOpen = (path: string): boolean => openKeys(supabase).some((key) => key.path === path);

test("the plan has no problem", () => expect(planProblems(supabase)).toEqual([]));

describe("ladder", () => {
  test("S3-4: 10, 25, 50, 75, 100", () =>
    expect(names.map((name) => greenWeightAt(supabase, name))).toEqual([
      ...[0, 0],
      ...[10, 25, 50, 75, 100],
      ...[100, 100, 100],
    ]));
  test("S3-20, S3-63: 48 minutes and 600 requests at each of five steps, with the release owner's word", () => {
    for (const name of shifts) {
      expect(stageOf(name)?.leave).toMatchObject({
        soak: minutes(48),
        greenRequests: 600,
        signedBy: ["releaseOwner"],
      });
    }
    expect(shifts).toHaveLength(5);
  });
  test("S3-21, S3-24: a step is left with clean data, little lag, and its smoke tests passed", () => {
    for (const name of shifts) {
      expect(stageOf(name)?.leave).toMatchObject({
        data: ["mismatches", "replication-lag"],
        facts: ["smoke tests pass"],
      });
    }
  });
  test("S3-25: no traffic before four hours of copying, a clean comparison and a signed list", () =>
    expect(stageOf("migrate")?.leave).toMatchObject({
      soak: hours(4),
      checklists: ["migrated"],
      data: ["mismatches", "replication-lag"],
    }));
  test("C2: what is not verified six hours after T-0 is too late; soaks are not shortened", () => {
    expect(ladder.map(({ timeLeft }) => timeLeft && inWords(timeLeft))).toEqual([
      ...[undefined, undefined],
      ...["6 h", "3 h 12 min", "2 h 24 min", "1 h 36 min", "48 min"],
      ...[undefined, undefined, undefined],
    ]);
  });
  test("S3-27: four hours of verification, left with three signatures", () =>
    expect(stageOf("verify")?.leave).toMatchObject({
      soak: hours(4),
      checklists: ["accepted"],
      signedBy: ["technicalReviewer", "stakeholder", "teamLead"],
    }));
  test("S3-30: 48 hours of watching before Firestore is given up", () =>
    expect(stageOf("watch")?.leave).toMatchObject({ soak: hours(48), checklists: ["first-week"] }));
  test("S3-59: every stage with traffic goes straight back to 0 % in 60 s", () => {
    for (const name of [...shifts, "verify", "watch"]) {
      expect(wayBackFrom(supabase, name)).toEqual({ to: "migrate", within: seconds(60) });
    }
    expect(greenWeightAt(supabase, "migrate")).toBe(0);
  });
  test("S3-32: there is no way back from giving Firestore up", () =>
    expect(wayBackFrom(supabase, "retire")).toHaveProperty("refused"));
  test("S3-2: changes are copied both ways from the first stage until Firestore is given up", () =>
    expect(names.map((name) => postureAt(supabase, name)["sync"])).toEqual([
      ...Array.from({ length: 9 }, () => "both-ways"),
      "off",
    ]));
  test("S3-5: an alarm that orders it takes traffic back without a person", () =>
    expect(supabase.rollback.authority).toEqual({ by: ["releaseOwner"], alarmSuffices: true }));
});

describe("data", () => {
  test("S3-1: the application on Firestore stays as it stands, somebody else's", () => {
    expect(supabase.environments.blue.owner).toBe("elsewhere");
    expect(supabase.environments.green.owner).toBeUndefined();
    expect(stores).toMatchObject({ kind: "two stores", blue: { name: "Firestore" } });
  });
  test("S3-15: the schema has a revision that must be in force before the first traffic", () => {
    expect(stores.migration).toMatchObject({ within: minutes(20) });
    expect(isOpen("stores.migration.head")).toBe(true);
    expect(isOpen("stores.migration.revision")).toBe(true);
  });
  test("S3-3, S3-18: less than five minutes down; a freeze ends by itself after four", () => {
    expect(supabase.budgets?.map(({ limit, passed }) => [inWords(edgeOf(limit)), passed])).toEqual([
      ["5 min", "roll back"],
      ["5 min", "roll back"],
    ]);
    expect(stageOf("shift-10")?.passages).toMatchObject([
      { name: "write-freeze", follows: { maintenance: "on" }, within: minutes(5) },
    ]);
    expect(stores).toMatchObject({
      sync: { finalSync: { passage: "write-freeze", freezeEndsAfter: minutes(4) } },
    });
  });
  test("S3-9, S3-62: an export of Firestore at most 48 hours old, restored once", () => {
    expect(supabase.backups).toMatchObject([{ of: "Firestore", notOlderThan: hours(48) }]);
    expect(supabase.backups[0]?.verifiedBy.at(-1)).toContain("restored once");
  });
  test("C1: changes wait for at most five seconds", () =>
    expect(supabase.dataChecks?.find(({ name }) => name === "replication-lag")).toMatchObject({
      limit: { atMost: seconds(5) },
    }));
});

describe("limits", () => {
  test.each([
    ["S3-22", "error-rate", 5, "%", "roll back"],
    ["S3-23", "p95-latency", 5_000, "ms", "roll back"],
    ["S3-21", "error-rate-hold", 0.1, "%", "investigate"],
    ["S3-21", "replication-lag", 5_000, "ms", "investigate"],
    ["S3-65", "login-failures", 5, "%", "roll back"],
    ["S3-50", "function-errors", 5, "%", "roll back"],
  ])(
    "%s: %s over %f %s calls for: %s; reaching it does not",
    (source, name, value, unit, breach) => {
      const threshold = thresholdOf(name);
      expect(threshold).toMatchObject({ source, breach });
      expect(threshold && limitOf(threshold)).toEqual({ value, unit, reachedIsBreach: false });
    },
  );
  test.each([
    ["S3-52", "mismatches", 1, "roll back"],
    ["S3-49", "database-connections", 80, "investigate"],
  ])("%s: %s at %i calls for: %s", (source, name, value, breach) => {
    const threshold = thresholdOf(name);
    expect(threshold).toMatchObject({ source, breach });
    expect(threshold && limitOf(threshold)).toMatchObject({ value, reachedIsBreach: true });
  });
  test("S3-46, S3-47: every figure that the plan watches has a limit, a comparison or a budget", () => {
    const watched = [
      ...supabase.thresholds,
      ...(supabase.comparisons ?? []),
      ...(supabase.budgets ?? []),
    ];
    expect(watched.map(({ name }) => name)).toEqual([
      ...["error-rate", "p95-latency", "error-rate-hold", "replication-lag", "mismatches"],
      ...["login-failures", "function-errors", "database-connections"],
      ...["slower-than-blue", "downtime", "freeze"],
    ]);
  });
  test("C4: two one-minute periods with at least 20 requests", () =>
    expect(supabase.alarms).toEqual({ period: minutes(1), periods: 2, minimumRequests: 20 }));
  test("S3-29, S3-64: no slower than what it replaces, by ten percent at the most", () =>
    expect(supabase.comparisons).toMatchObject([
      { measure: "p95-latency", worse: "higher", tolerance: percent(10) },
    ]));
  test.each([
    ["S3-65", "login-failures", "/api/v1/session"],
    ["S3-50", "function-errors", "/api/v1/functions/summary"],
  ])("%s: %s counts the calls of %s alone", (_id, name, path) => {
    expect(thresholdOf(name)).toMatchObject({
      measure: { failuresOf: { method: "POST", path } },
      evaluation: { period: minutes(5), minimumRequests: 5 },
    });
  });
});

describe("when and who", () => {
  test("S3-12: date, hour and zone of T-0 are open until somebody sets them", () => {
    for (const key of ["zone", "windows.0.date", "windows.0.opens"]) {
      expect(isOpen(`calendar.${key}`), key).toBe(true);
    }
    expect(supabase.calendar.windows).toMatchObject([{ lasts: hours(12) }]);
  });
  test.each([
    ["S3-8", 48],
    ["S3-57", 48],
    ["S3-9", 48],
    ["S3-54", 48],
    ["S3-83", 24],
    ["S3-11", 2],
    ["S3-84", 2],
  ])("%s: %i hours before T-0", (source, before) =>
    expect(
      supabase.preparation.find((row) => row.source.split(", ").includes(source))?.before,
    ).toEqual(hours(before)),
  );
  test("S3-85: phases at T+0, T+4, T+8 and T+12, steps each 48 minutes, without a gap", () => {
    const moving = supabase.night.slots.filter(({ movesTo }) => movesTo !== undefined);
    const ends = moving.reduce((end, slot) => {
      expect(offsetOf("08:00", slot).milliseconds, slot.activity).toBe(end);
      return end + (slot.lasts?.milliseconds ?? 0);
    }, 0);
    expect(ends).toBe(hours(12).milliseconds);
    for (const { name, begins } of ladder.filter((stage) => stage.begins !== undefined).slice(1)) {
      const slot = moving.find(({ movesTo }) => movesTo === name);
      expect(slot && offsetOf("08:00", slot), name).toEqual(begins);
    }
  });
  test("S3-83: procedures, messages and team are signed one after another, the go last", () =>
    expect(stageOf("prepare")?.leave).toMatchObject({
      signedBy: ["technicalReviewer", "stakeholder", "teamLead", "releaseOwner"],
      signedInOrder: true,
    }));
  test("C9: four roles, each with a contact that is a secret", () =>
    expect(supabase.contacts).toEqual(
      Object.keys(supabase.roles).map((role) => ({ role, secret: `supabase-contacts:${role}` })),
    ));
});

describe("ready", () => {
  test.each([
    ["S3-75", "technicalReviewer"],
    ["S3-76", "technicalReviewer"],
    ["S3-78", "teamLead"],
    ["S3-79", "teamLead"],
    ["S3-80", "technicalReviewer"],
    ["S3-81", "teamLead"],
    ["S3-54", "teamLead"],
    ["S3-55", "teamLead"],
    ["S3-44", "teamLead"],
  ])("%s: signed at most two hours before T-0, by the %s", (source, owner) => {
    expect(itemsOf("readiness").filter((item) => item.source === source)).toMatchObject([
      { owner },
    ]);
    expect(supabase.checklists[0]?.notOlderThan).toEqual(hours(2));
  });
  test("S3-10: team's readiness and notices to users stand before T-0", () => {
    expect(itemsOf("readiness").map(({ source }) => source)).toContain("S3-81");
    expect(stageOf("prepare")?.leave?.checklists).toEqual(["readiness"]);
  });
  test("S3-74, S3-77, S3-82: one score of what people sign and machines see, all of it asked for", () => {
    const { toLeave, atLeast, components = [] } = supabase.readiness ?? {};
    expect({ toLeave, atLeast }).toEqual({ toLeave: "prepare", atLeast: percent(100) });
    expect(components.map(({ from }) => Object.keys(from)[0])).toEqual([
      ...["checklist", "backup", "replicas", "replicas", "alarms"],
    ]);
    expect(components[0]?.weight).toBe(itemsOf("readiness").length);
  });
  test("S3-60: a Firestore side that stands whole is part of the score", () =>
    expect(supabase.readiness?.components).toContainEqual(
      expect.objectContaining({ from: { replicas: "blue" }, source: "S3-60" }),
    ));
  test("S3-16, S3-17: functions answer and Supabase is warm before the first traffic", () => {
    const sources = itemsOf("migrated").map(({ source }) => source);
    expect(sources).toEqual(expect.arrayContaining(["S3-16", "S3-17"]));
    expect(supabase.workload.health.dependencies).toEqual(["database", "auth", "functions"]);
  });
});

describe("validation", () => {
  test("S3-65, S3-73: sign-in, features, a function, and a read that a policy denies", () =>
    expect(supabase.smokeTests.map(({ id }) => id)).toEqual([
      ...["SMOKE-LOGIN", "SMOKE-PROFILE", "SMOKE-READ", "SMOKE-WRITE"],
      ...["SMOKE-POLICY", "SMOKE-FUNCTION", "SMOKE-STATUS"],
    ]));
  test("the rehearsal's application answers each of them, and either store gives the answer", () => {
    const { requests } = supabase.rehearsal;
    const { statusPath } = supabase.workload.health;
    for (const { method, path } of supabase.smokeTests.filter(
      (smoke) => smoke.path !== statusPath,
    )) {
      expect(requests).toContainEqual(
        expect.objectContaining({
          ...{ method, path },
          statement: expect.any(String) as string,
          document: expect.any(Object) as object,
        }),
      );
    }
  });
  test.each([
    ["S3-27", "technicalReviewer"],
    ["S3-28", "stakeholder"],
    ["S3-29", "technicalReviewer"],
    ["S3-73", "teamLead"],
  ])("%s: accepted with the signature of the %s", (source, owner) =>
    expect(itemsOf("accepted").find((item) => item.source === source)).toMatchObject({ owner }),
  );
  test.each(["S3-31", "S3-32", "S3-69", "S3-70", "S3-71", "S3-72"])(
    "%s: signed before Firestore is given up",
    (id) => expect(itemsOf("first-week").map(({ source }) => source)).toContain(id),
  );
});

describe("messages", () => {
  test("S3-33: everybody whom the cutover touches is told something, by somebody", () => {
    const told = supabase.communications.map(({ audience }) => audience).join(", ");
    for (const audience of ["all users", "team", "stakeholders"]) expect(told).toContain(audience);
    for (const { message, sender } of supabase.communications) {
      expect(message?.says.length).toBeGreaterThan(0);
      expect(Object.keys(supabase.roles)).toContain(sender);
    }
  });
  test("S3-34: a text for every occasion, written beforehand", () =>
    expect(supabase.communications.map(({ message }) => message?.kind)).toEqual([
      ...["notice", "reminder", "final-notice", "start", "progress", "team-progress"],
      ...["maintenance-on", "maintenance-off", "delay", "rollback", "emergency"],
      ...["success", "confirmation", "weekly"],
    ]));
  test("S3-35, S3-36, S3-37: notices 48, 24 and 2 hours ahead", () =>
    expect(
      supabase.communications.flatMap(({ atLeastBefore, source }) =>
        atLeastBefore === undefined ? [] : [[source, inWords(atLeastBefore)]],
      ),
    ).toEqual([
      ["S3-35", "2 d"],
      ["S3-36", "1 d"],
      ["S3-37", "2 h"],
    ]));
  test("S3-38: progress at least every two hours", () =>
    expect(messageFrom("S3-38")?.every).toEqual(hours(2)));
  test("S3-39: what users are told leads to the status page, which somebody must name", () => {
    for (const { audience, message } of supabase.communications) {
      if (audience.includes("all users")) expect(message?.says.join()).toContain("{statusPage}");
    }
    expect(isOpen("warRoom.statusPage")).toBe(true);
  });
  test("S3-40: team and emergencies have a channel each", () =>
    expect(supabase.warRoom).toMatchObject({
      chat: "supabase-cutover",
      incidents: "supabase-emergency",
    }));
  test("S3-42, S3-43, S3-45: a confirmation within a day, a report and its own success within a week", () => {
    const due = ["S3-42", "S3-43", "S3-45"].map(
      (id) => supabase.followUps.find(({ source }) => source === id)?.due,
    );
    expect(due).toEqual([{ within: hours(24) }, { within: days(7) }, { within: days(7) }]);
    expect(messageFrom("S3-43")?.every).toEqual(days(7));
  });
  test("the fields that they name are all known", () => {
    const words = supabase.communications
      .flatMap(({ message }) => message?.says ?? [])
      .flatMap((line) => line.match(/\{\w+\}/g) ?? []);
    const known = Object.keys(messageFields).map((field) => `{${field}}`);
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
  });
});

describe("afterwards", () => {
  test.each(["S3-66", "S3-67", "S3-68", "S3-69", "S3-70", "S3-71", "S3-72", "S3-73"])(
    "%s is a criterion of success",
    (id) => expect(supabase.success.map(({ source }) => source)).toContain(id),
  );
  test("S3-51: tuned on real usage within the first week", () =>
    expect(supabase.followUps.find(({ source }) => source === "S3-51")?.due).toEqual({
      within: days(7),
    }));
  test("S3-44, S3-54, S3-55: who is on duty until when, and who is called next, is in the room", () => {
    const room = supabase.warRoom.protocol.join("\n");
    expect(room).toContain("from 48 hours before T-0 to 48 hours after 100 %");
    expect(room).toContain("to a week after T-0");
    const next = Object.values(supabase.roles).map(({ title }) => room.indexOf(title));
    expect(next.every((at) => at >= 0)).toBe(true);
  });
  test("S3-56: what to do about lost data, downtime, slow answers and sign-in is in the room", () => {
    for (const word of ["Lost data", "Downtime", "Slow answers", "Sign-in fails"]) {
      expect(supabase.warRoom.protocol.join("\n")).toContain(word);
    }
  });
  test("C7: Firestore is kept a month", () =>
    expect(supabase.retention.oldSideFor).toEqual(days(30)));
  test("S3-86: the three documents of the plan", () =>
    expect(supabase.document.companions).toHaveLength(3));
});
