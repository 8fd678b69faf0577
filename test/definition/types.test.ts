/** What the compiler refuses: `npx tsc --noEmit` fails when one of the marked lines is no error any more. */
import { expect, expectTypeOf, test } from "vitest";
import { weight } from "../../definition/posture.ts";
import { noWayBack, stage, type Stage } from "../../definition/stage.ts";
import { definePlan } from "../../definition/system.ts";
import { tbd, type Settled, type Tbd } from "../../definition/tbd.ts";
import { errorRate, measured, p95Latency } from "../../definition/thresholds.ts";
import { count, milliseconds, minutes, percent, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";

/** What does not matter here, from a plan that is right. */
const rest = {
  name: "small",
  title: "Small",
  document: lms.document,
  contacts: [],
  warRoom: lms.warRoom,
  calendar: lms.calendar,
  config: { trafficWeight: weight("Green's share") },
  thresholds: [],
  alarms: lms.alarms,
  backups: [],
  preparation: [],
  night: { beginsAt: "22:00", slots: [] },
  checklists: [],
  checkpoints: [],
  smokeTests: [],
  communications: [],
  followUps: [],
  success: [],
  done: [],
  retention: lms.retention,
} as const;
const roles = { lead: { title: "Lead", decides: "everything" } } as const;
const baseline = stage("baseline", { title: "Blue", set: { trafficWeight: 0 } });
const full = stage("full", { title: "Green", set: { trafficWeight: 100 } });
const ladder = [baseline, full] as const;
const rollback = {
  to: "baseline",
  within: seconds(60),
  authority: { by: ["lead"], alarmSuffices: true },
} as const;
const question = { question: "Well?", good: "yes", otherwise: ["hold"] } as const;
const checkpoint = {
  name: "go",
  title: "Go",
  decidedBy: ["lead"],
  questions: [question],
  decisions: [],
  source: "S0-1",
} as const;

test("a plan whose names are right compiles and is accepted", () => {
  const plan = definePlan({
    ...rest,
    roles,
    ladder: [
      baseline,
      stage("full", {
        title: "Green",
        set: { trafficWeight: 100 },
        rollback: { to: "baseline", within: seconds(60) },
      }),
    ],
    rollback,
    thresholds: [
      errorRate({ below: percent(1), breach: "roll back", source: "S0-1", at: ["full"] }),
    ],
    checkpoints: [{ ...checkpoint, after: "full" }],
  });
  expect(plan.name).toBe("small");
});

test("the plan's own way back lands on a stage of the ladder", () => {
  expect(() =>
    definePlan({
      ...rest,
      roles,
      ladder,
      // @ts-expect-error no stage has this name
      rollback: { ...rollback, to: "basline" },
    }),
  ).toThrow('rollback.to is "basline", expected a stage at or before it: baseline, full.');
});

test("a stage's way back lands on a stage of the ladder", () => {
  const lost = stage("full", {
    title: "Green",
    set: { trafficWeight: 100 },
    rollback: { to: "nowhere", within: seconds(60) },
  });
  expectTypeOf(lost).toEqualTypeOf<Stage<"full", "nowhere">>();
  expect(() =>
    definePlan({
      ...rest,
      roles,
      // @ts-expect-error no stage has this name
      ladder: [baseline, lost],
      rollback,
    }),
  ).toThrow('ladder.full.rollback.to is "nowhere"');
});

test("a longer way back lands on a stage of the ladder", () => {
  const lost = stage("full", {
    title: "Green",
    set: { trafficWeight: 100 },
    rollback: {
      to: "baseline",
      within: seconds(60),
      otherwise: [{ when: "data is corrupt", to: "nowhere", within: minutes(5) }],
    },
  });
  expect(() =>
    definePlan({
      ...rest,
      roles,
      // @ts-expect-error no stage has this name
      ladder: [baseline, lost],
      rollback,
    }),
  ).toThrow('ladder.full.rollback.to is "nowhere"');
});

test("a stage without a way back of its own, and one that has none, land nowhere", () => {
  expectTypeOf(baseline).toEqualTypeOf<Stage<"baseline", never>>();
  expectTypeOf(
    stage("end", { title: "End", set: {}, rollback: noWayBack("Gone.", "Repair.") }),
  ).toEqualTypeOf<Stage<"end", never>>();
});

test("a limit has a unit, and the unit of its measure", () => {
  // @ts-expect-error a bare number has no unit
  errorRate({ below: 1, breach: "roll back", source: "S0-1" });
  // @ts-expect-error a share is no time
  p95Latency({ below: percent(1), breach: "investigate", source: "S0-1" });
  // @ts-expect-error a time is no share
  errorRate({ below: milliseconds(500), breach: "investigate", source: "S0-1" });
  // @ts-expect-error neither below nor atMost
  errorRate({ breach: "roll back", source: "S0-1" });
  const own = { name: "lag", title: "Lag", query: "max:lag{}" };
  measured(own, { atMost: count(3), breach: "investigate", source: "S0-1" });
  // @ts-expect-error a bare number has no unit
  measured(own, { atMost: 3, breach: "investigate", source: "S0-1" });
});

test("a soak has a unit", () => {
  // @ts-expect-error a bare number has no unit
  stage("full", { title: "Green", set: {}, leave: { soak: 15 } });
});

test("a threshold is watched at stages of the ladder", () => {
  expect(() =>
    definePlan({
      ...rest,
      roles,
      ladder,
      rollback,
      thresholds: [
        // @ts-expect-error no stage has this name
        errorRate({ below: percent(1), breach: "roll back", source: "S0-1", at: ["ful"] }),
      ],
    }),
  ).toThrow('thresholds.error-rate.at is "ful", expected one of baseline, full.');
});

test("an owner is a role of the plan", () => {
  expect(() =>
    definePlan({
      ...rest,
      roles,
      ladder,
      rollback,
      // @ts-expect-error no role has this name
      preparation: [{ before: minutes(5), activity: "x", owner: "leader", source: "S0-1" }],
      checklists: [
        {
          name: "list",
          title: "List",
          // @ts-expect-error no role has this name
          items: [{ title: "x", owner: "leader", source: "S0-1" }],
        },
      ],
      // @ts-expect-error no role has this name
      contacts: [{ role: "leader", secret: "small-contacts:leader" }],
      // @ts-expect-error no role has this name
      followUps: [{ title: "x", owner: "leader", due: "next business day", source: "S0-1" }],
    }),
  ).toThrow('checklists.list.items.0.owner is "leader", expected one of lead. 3 more');
  expect(() =>
    definePlan({
      ...rest,
      roles,
      ladder,
      // @ts-expect-error no role has this name
      rollback: { ...rollback, authority: { by: ["leader"], alarmSuffices: true } },
    }),
  ).toThrow('rollback.authority.by is "leader", expected one of lead.');
});

test("a checkpoint stands after a stage of the ladder and is decided by roles of the plan", () => {
  expect(() =>
    definePlan({
      ...rest,
      roles,
      ladder,
      rollback,
      checkpoints: [
        // @ts-expect-error no stage has this name
        { ...checkpoint, after: "canary" },
        // @ts-expect-error no role has this name
        { ...checkpoint, name: "no-go", after: "full", decidedBy: ["leader"] },
      ],
    }),
  ).toThrow('checkpoints.go.after is "canary", expected one of baseline, full. 1 more');
});

test("a row of the night moves to a stage of the ladder and has an owner", () => {
  expect(() =>
    definePlan({
      ...rest,
      roles,
      ladder,
      rollback,
      night: {
        beginsAt: "22:00",
        slots: [
          // @ts-expect-error no stage has this name
          { at: "22:00", activity: "x", owner: "lead", movesTo: "canary" },
          // @ts-expect-error no role has this name
          { at: "22:05", activity: "x", owner: "leader" },
          { at: "22:10", activity: "x", owner: "everyone", movesTo: "full" },
        ],
      },
    }),
  ).toThrow('night.slots.0.movesTo is "canary", expected one of baseline, full. 1 more');
});

test("a backup is made in a stage of the ladder", () => {
  const backup = {
    of: "db",
    owner: "lead",
    notOlderThan: minutes(5),
    verifiedBy: [],
    source: "x",
  } as const;
  expect(() =>
    definePlan({
      ...rest,
      roles,
      ladder,
      rollback,
      backups: [
        { ...backup, madeIn: "baseline" },
        // @ts-expect-error no stage has this name
        { ...backup, madeIn: "frozen" },
      ],
    }),
  ).toThrow('backups.db.madeIn is "frozen", expected one of baseline, full.');
});

test("a plan without a part does not compile, and is refused with the part's name", () => {
  const { retention, ...incomplete } = rest;
  expect(retention).toBeDefined();
  expect(() =>
    // @ts-expect-error retention is missing
    definePlan({ ...incomplete, roles, ladder, rollback }),
  ).toThrow("stacks/small.ts: retention is missing, expected an object with named values.");
});

test("settling takes every mark of an open value away", () => {
  const open = tbd("a name", { inRehearsal: "x" });
  expectTypeOf(open).toEqualTypeOf<Tbd<string>>();
  expectTypeOf<Settled<{ name: Tbd<string> | string; list: readonly Tbd<number>[] }>>().toExtend<{
    readonly name: string;
    readonly list: readonly number[];
  }>();
  expectTypeOf<Settled<typeof lms>["calendar"]["zone"]>().toEqualTypeOf<string>();
});
