import { describe, expect, test } from "vitest";
import { postureAt, wayBackFrom } from "../../definition/ladder.ts";
import { planProblems } from "../../definition/plan-problems.ts";
import type { Plan } from "../../definition/plan.ts";
import { optionsFromConfig, stageFromConfig } from "../../definition/stage-config.ts";
import { edgeOf, limitOf } from "../../definition/thresholds.ts";
import { offsetOf } from "../../definition/timeline.ts";
import { days, hours, inWords, minutes, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { supabase } from "../../stacks/supabase.ts";
import { intelliflow } from "./plans/intelliflow.ts";
import { nxop } from "./plans/nxop.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { changedKeys, stackConfigAt } from "./stack-config.ts";

const plans: readonly Plan[] = [lms, intelliflow, nxop, supabase, rawdog];
const stagesOf = (plan: Plan): readonly string[] => plan.ladder.map(({ name }) => name);
const stageOf = (plan: Plan, name: string) => plan.ladder.find((stage) => stage.name === name);

/** Procedure, landing and budget of a stage's way back, or why there is none. */
const backFrom = (plan: Plan, stageName: string): string => {
  const way = wayBackFrom(plan, stageName);
  return "to" in way ? `${way.to} within ${inWords(way.within)}` : "refused";
};
const soakOf = (plan: Plan, stageName: string): string =>
  inWords(stageOf(plan, stageName)?.leave?.soak ?? { milliseconds: 0 });
const limitNamed = (plan: Plan, name: string) => {
  const threshold = plan.thresholds.find((candidate) => candidate.name === name);
  return threshold === undefined
    ? undefined
    : { ...limitOf(threshold), breach: threshold.breach, at: threshold.at };
};
const decidersAt = (plan: Plan, stageName: string): readonly (readonly string[])[] =>
  plan.checkpoints.filter(({ after }) => after === stageName).map(({ decidedBy }) => decidedBy);

describe.each(plans.map((plan) => [plan.name, plan] as const))("%s", (_name, plan) => {
  test("has no problem", () => expect(planProblems(plan)).toEqual([]));

  test.each(stagesOf(plan))("its config reaches %s and no other stage", (name) =>
    expect(stageFromConfig(plan, stackConfigAt(plan, name), "Pulumi.prod.yaml").name).toBe(name),
  );

  test("no two stages have the same config", () => {
    const configs = stagesOf(plan).map((name) => JSON.stringify(stackConfigAt(plan, name)));
    expect(new Set(configs).size).toBe(configs.length);
  });

  // No exceptions: NXOP's move to core-west is one key too, though a map of four planes takes more lines.
  test("one key of config changes between neighbouring stages", () => {
    const changed = stagesOf(plan)
      .slice(1)
      .map((name, index) => changedKeys(plan, stagesOf(plan)[index] ?? "", name).length);
    expect(changed).toEqual(changed.map(() => 1));
  });

  test("every threshold names a requirement of its plan", () => {
    const sources = plan.thresholds.map(({ source }) => source);
    const prefix = sources[0]?.slice(0, 3) ?? "";
    expect(sources.every((source) => new RegExp(`^${prefix}\\d+$`).test(source))).toBe(true);
  });
});

describe("ways back that need more than one key of config", () => {
  /** Stage and keys: the command `rollback` sets them together. */
  const exceptions = plans.flatMap((plan) =>
    stagesOf(plan).flatMap((name) => {
      const way = wayBackFrom(plan, name);
      if (!("to" in way)) return [];
      const keys = changedKeys(plan, name, way.to);
      return keys.length > 1 ? [`${plan.name} ${name} → ${way.to}: ${keys.join(", ")}`] : [];
    }),
  );
  test("are those that leave a later watch at the same time", () =>
    expect(exceptions).toEqual([
      "nxop validation → ready: activeRegion, watch",
      "nxop watch-critical → ready: activeRegion, watch",
      "nxop watch-active → ready: activeRegion, watch",
      "nxop watch-passive → ready: activeRegion, watch",
      "nxop west → ready: activeRegion, watch",
      "supabase verify → migrate: trafficWeight, watch",
      "supabase watch → migrate: trafficWeight, watch",
      "rawdog retained → ttl-lowered: trafficWeight, oldSystem",
    ]));
});

describe("intelliflow", () => {
  test("S0-1: 14 stages, each named by one value", () => {
    expect(stagesOf(intelliflow)).toHaveLength(14);
    expect(Object.keys(intelliflow.config)).toEqual(["stage"]);
  });
  test("S0-2, S0-13: notice of 48 hours", () =>
    expect(intelliflow.calendar.notice).toEqual(hours(48)));
  test("S0-3, S0-4: Monday to Thursday, not before 12:00 UTC", () => {
    const [window] = intelliflow.calendar.windows;
    expect(window?.weekdays).toEqual(["Monday", "Tuesday", "Wednesday", "Thursday"]);
    expect(intelliflow.calendar).toMatchObject({ zone: "UTC", notBefore: "12:00" });
  });
  test("S0-6: under four hours from T-0 to sign-off, planned 3:40", () => {
    const [budget] = intelliflow.budgets ?? [];
    expect(budget && edgeOf(budget.limit)).toEqual(hours(4));
    const last = intelliflow.night.slots.at(-1);
    expect(last && offsetOf("18:00", last).milliseconds + (last.lasts?.milliseconds ?? 0)).toBe(
      minutes(220).milliseconds,
    );
  });
  test("S0-10: validation after the move is planned with two hours", () =>
    expect(
      ["verified", "business-verified", "live"]
        .map((name) => intelliflow.night.slots.find(({ movesTo }) => movesTo === name))
        .reduce((sum, slot) => sum + (slot?.lasts?.milliseconds ?? 0), 0),
    ).toBe(hours(2).milliseconds));
  test("S0-9: every way back takes less than 15 minutes and lands on legacy", () =>
    expect(
      stagesOf(intelliflow)
        .slice(1, 9)
        .map((name) => backFrom(intelliflow, name)),
    ).toEqual(Array.from({ length: 8 }, () => "legacy within 15 min")));
  test("S0-213: from the switch on the way back closes at T+2:00", () => {
    for (const name of ["switched", "started", "verified"]) {
      expect(wayBackFrom(intelliflow, name)).toMatchObject({ until: { fromStart: hours(2) } });
    }
    for (const name of ["business-verified", "live", "daily-watch", "weekly-watch", "retired"]) {
      expect(backFrom(intelliflow, name)).toBe("refused");
    }
  });
  test("S0-212: both authorities, no alarm; before the switch one lead suffices (C-24)", () => {
    expect(intelliflow.rollback.authority).toEqual({
      by: ["databaseAdministrator", "infrastructureLead"],
      quorum: "all",
      alarmSuffices: false,
    });
    expect(stageOf(intelliflow, "frozen")?.authority?.quorum).toBeUndefined();
    expect(stageOf(intelliflow, "switched")?.authority).toBeUndefined();
  });
  test("S0-60, S0-270: four sign on the day, five sign the plan", () => {
    expect(stageOf(intelliflow, "preflight")?.leave?.signedBy).toHaveLength(4);
    expect(stageOf(intelliflow, "prepared")?.leave?.signedBy).toContain("projectManager");
    expect(stageOf(intelliflow, "prepared")?.leave?.signedBy).toHaveLength(5);
  });
  test.each([
    ["frozen", 30, "S0-81"],
    ["synced", 15, "S0-95"],
    ["validated", 15, "S0-114"],
    ["switched", 10, "S0-129"],
    ["started", 30, "S0-146"],
  ])("go / no-go after %s within %i minutes (%s)", (after, within, source) =>
    expect(intelliflow.checkpoints.find((checkpoint) => checkpoint.after === after)).toMatchObject({
      within: minutes(within),
      source,
    }),
  );
  test("S0-66, S0-68: two minutes' wait and 60 seconds' drain inside the freeze", () =>
    expect(stageOf(intelliflow, "frozen")?.passages).toMatchObject([
      { name: "read-only", within: minutes(2) },
      { name: "drain", within: seconds(60) },
    ]));
  test("S0-76: the snapshot of the frozen database has at least 800 MB", () =>
    expect(intelliflow.backups.at(-1)).toMatchObject({ madeIn: "frozen", leastMegabytes: 800 }));
  test("S0-158, S0-207: 100 ms is the target, over a second calls for rollback", () => {
    expect(limitNamed(intelliflow, "api-latency-target")).toMatchObject({
      value: 100,
      unit: "ms",
      breach: "investigate",
    });
    expect(limitNamed(intelliflow, "api-latency-limit")).toMatchObject({
      value: 1_000,
      breach: "roll back",
      reachedIsBreach: false,
    });
  });
  test("S0-277: the writing side goes legacy, none, crm", () =>
    expect([
      ...new Set(stagesOf(intelliflow).map((name) => postureAt(intelliflow, name)["writeSide"])),
    ]).toEqual(["legacy", "none", "crm"]));
  test("S0-186: 48 hours around the clock before the daily watch", () => {
    expect(soakOf(intelliflow, "live")).toBe("2 d");
    expect(postureAt(intelliflow, "live")["watch"]).toBe("24x7");
  });
  test("S0-266: legacy is kept 30 days", () => {
    expect(intelliflow.retention.oldSideFor).toEqual(days(30));
    expect(stageOf(intelliflow, "retired")?.begins).toEqual(days(30));
  });
});

describe("how ready a system must be", () => {
  test.each([
    ["S0-18", intelliflow, "prepared", 100, 3],
    ["S1-44", lms, "baseline", 100, 22],
    ["S2-59", nxop, "ready", 90, 100],
    ["S3-82", supabase, "prepare", 100, 14],
    ["S4-10", rawdog, "ttl-lowered", 100, 7],
  ] as const)(
    "%s: the score and the stage that waits for it",
    (_id, plan, stage, score, weights) => {
      const { toLeave, atLeast, components } = plan.readiness ?? { components: [] };
      expect({ toLeave, atLeast }).toEqual({ toLeave: stage, atLeast: { percent: score } });
      expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBe(weights);
    },
  );
  test("S2-59: lag and the health layers veto whatever the score", () =>
    expect(
      nxop.readiness?.components.flatMap(({ name, required }) => (required === true ? name : [])),
    ).toEqual(["layers", "database"]));
  test("S1-27, S1-44: each check of the LMS counts once", () =>
    expect(
      lms.checklists
        .slice(0, 2)
        .map(({ name, items }) => [
          items.length,
          lms.readiness?.components.find((one) => one.name === name)?.weight,
        ]),
    ).toEqual([
      [7, 7],
      [10, 10],
    ]));
});

describe("nxop", () => {
  test("S2-26: the order of the stages", () =>
    expect(stagesOf(nxop)).toEqual([
      "east",
      "ready",
      "core-west",
      "entry-west",
      "validation",
      "watch-critical",
      "watch-active",
      "watch-passive",
      "west",
    ]));
  test("S2-28: four planes move, two at a time", () => {
    expect(postureAt(nxop, "core-west")["activeRegion"]).toEqual({
      messaging: "us-west-2",
      database: "us-west-2",
      edge: "us-east-1",
      listeners: "us-east-1",
    });
    expect(Object.values(postureAt(nxop, "entry-west")["activeRegion"] ?? {})).toEqual(
      Array.from({ length: 4 }, () => "us-west-2"),
    );
  });
  test("S2-28: one word is the same as that word for each plane; a mixed state is no stage", () => {
    const all = {
      messaging: "us-west-2",
      database: "us-west-2",
      edge: "us-west-2",
      listeners: "us-west-2",
    };
    const config = { watch: "cutover", activeRegion: JSON.stringify(all) };
    expect(stageFromConfig(nxop, config, "f").name).toBe("entry-west");
    expect(() =>
      stageFromConfig(
        nxop,
        { ...config, activeRegion: JSON.stringify({ ...all, edge: "us-east-1" }) },
        "Pulumi.prod.yaml",
      ),
    ).toThrow(
      'together are no stage, expected the values of one stage (stacks/nxop.ts). Nearest: core-west (nxop:activeRegion {"messaging"',
    );
  });
  test.each([
    ["ready", "east within 5 min"],
    ["core-west", "ready within 3 min 30 s"],
    ["entry-west", "ready within 19 min"],
    ["validation", "ready within 19 min"],
    ["watch-critical", "ready within 19 min"],
    ["watch-active", "ready within 19 min"],
    ["watch-passive", "ready within 19 min"],
    ["west", "ready within 19 min"],
  ])("S2-14: the way back from %s is %s", (name, expected) =>
    expect(backFrom(nxop, name)).toBe(expected),
  );
  test("S2-167, S2-175, S2-181: R1, R2 and R3 take 3.5, 19 and 35 minutes, step by step", () => {
    const way = wayBackFrom(nxop, "core-west");
    if (!("to" in way)) throw new Error("no way back");
    const procedures = [way, ...(way.otherwise ?? [])].map(({ procedure, within, steps = [] }) => ({
      procedure,
      within: within.milliseconds,
      steps: steps.reduce((sum, { lasts }) => sum + lasts.milliseconds, 0),
    }));
    expect(procedures).toEqual([
      { procedure: "R1", within: 210_000, steps: 210_000 },
      { procedure: "R2", within: 1_140_000, steps: 1_140_000 },
      { procedure: "R3", within: 2_100_000, steps: 2_100_000 },
    ]);
  });
  test("S2-53 … S2-57: gate, deciders, ceiling", () =>
    expect(
      nxop.checkpoints.map(({ name, decidedBy, within }) => [
        name,
        decidedBy.length,
        within && inWords(within),
      ]),
    ).toEqual([
      ["gate-1", 1, undefined],
      ["gate-2", 1, "7 min"],
      ["gate-3", 1, "7 min"],
      ["gate-4", 1, "10 min"],
      ["gate-5", 2, "10 min"],
    ]));
  test("S2-57: gate 5 needs the Incident Commander and Management", () =>
    expect(decidersAt(nxop, "validation")).toEqual([["incidentCommander", "management"]]));
  test("S2-192: two minutes of silence order the rollback", () =>
    expect(nxop.rollback.authority).toMatchObject({
      by: ["incidentCommander"],
      silenceOrdersAfter: minutes(2),
    }));
  test("S2-61: the peaks, each in a zone that must be named", () =>
    expect(
      nxop.calendar.blackouts.flatMap((blackout) =>
        blackout.kind === "daily hours" ? [[blackout.from, blackout.to, typeof blackout.zone]] : [],
      ),
    ).toEqual([
      ["06:00", "09:00", "object"],
      ["17:00", "20:00", "object"],
    ]));
  test("S2-70, S2-71, S2-73: 02:00 to 04:00 UTC, Tuesday or Wednesday, never before 2026-03-25", () => {
    expect(nxop.calendar.windows[0]).toMatchObject({
      weekdays: ["Tuesday", "Wednesday"],
      opens: "02:00",
      lasts: hours(2),
      date: "2026-04-22",
    });
    expect(nxop.calendar.notBeforeDate).toBe("2026-03-25");
  });
  test("S2-72: the backup date is a week later and needs a failed first one", () =>
    expect(nxop.calendar.windows[1]).toMatchObject({
      date: "2026-04-29",
      onlyAfter: "Primary window",
    }));
  test("S2-213: a week's notice", () => expect(nxop.calendar.notice).toEqual(days(7)));
  test("S2-37: replication lag below 30 s", () =>
    expect(limitNamed(nxop, "lag")).toMatchObject({
      value: 30_000,
      unit: "ms",
      reachedIsBreach: true,
    }));
  test("S2-147: 1000 messages of consumer lag are too many", () =>
    expect(limitNamed(nxop, "consumer-lag")).toMatchObject({
      value: 1_000,
      unit: "count",
      reachedIsBreach: true,
    }));
  test.each([
    ["S2-237", "watch-critical", "4 h", { errors: 1, p95: 500, throughput: 10 }],
    ["S2-238", "watch-active", "20 h", { errors: 0.5, p95: 400, throughput: 5 }],
    ["S2-239", "watch-passive", "2 d", { errors: 0.1, p95: 350, throughput: undefined }],
  ])("%s: %s soaks %s with limits of its own", (_id, name, soak, limits) => {
    const set = name.replace("watch-", "");
    expect(soakOf(nxop, name)).toBe(soak);
    expect({
      errors: limitNamed(nxop, `errors-${set}`)?.value,
      p95: limitNamed(nxop, `p95-${set}`)?.value,
      throughput: limitNamed(nxop, `throughput-${set}`)?.value,
    }).toEqual(limits);
    expect(limitNamed(nxop, `errors-${set}`)?.at).toEqual([name]);
  });
  test("S2-183: an alarm fires within two minutes", () =>
    expect(nxop.alarms.period.milliseconds * nxop.alarms.periods).toBeLessThanOrEqual(120_000));
  test("S2-184, S2-185, S2-46: 60, 15 and 10 minutes", () =>
    expect(nxop.budgets?.map(({ limit, passed }) => [inWords(edgeOf(limit)), passed])).toEqual([
      ["1 h", "roll back"],
      ["15 min", "report"],
      ["10 min", "report"],
    ]));
  test("S2-106 … S2-110: each row of the night has one accountable role", () =>
    expect(nxop.night.slots.map(({ owner, involved }) => [owner, involved?.accountable])).toEqual([
      ["operations", "incidentCommander"],
      ["operations", "incidentCommander"],
      ["databaseAdmin", "incidentCommander"],
      ["networkEngineer", "incidentCommander"],
      ["applicationEngineer", "incidentCommander"],
      ["operations", "incidentCommander"],
      ["incidentCommander", "management"],
    ]));
  test("S2-207: level 1 from the first move until success is declared", () =>
    expect(stagesOf(nxop).map((name) => postureAt(nxop, name)["serviceLevel"])).toEqual([
      0, 0, 1, 1, 1, 0, 0, 0, 0,
    ]));
  test("S2-190: flows are switched off beside the ladder", () => {
    const config = { ...stackConfigAt(nxop, "validation"), disabledFlows: '["7"]' };
    expect(stageFromConfig(nxop, config, "f").name).toBe("validation");
    expect(optionsFromConfig(nxop, config, "f")).toEqual({ disabledFlows: ["7"] });
    expect(optionsFromConfig(nxop, {}, "f")).toEqual({ disabledFlows: [] });
    expect(() => optionsFromConfig(nxop, { disabledFlows: '["3"]' }, "Pulumi.prod.yaml")).toThrow(
      'Pulumi.prod.yaml: nxop:disabledFlows is ["3"], expected a list of any of 1, 2, 5, 7',
    );
  });
  test("S2-141: baselines are kept 90 days; East stays", () =>
    expect(nxop.retention).toMatchObject({
      oldSideStays: true,
      records: [{ of: "baselines", for: days(90) }],
    }));
});
