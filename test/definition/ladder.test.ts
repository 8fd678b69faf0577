import { expect, test } from "vitest";
import {
  configAt,
  greenWeightAt,
  postureAt,
  rung,
  stageNamed,
  stageWith,
  wayBackFrom,
} from "../../definition/ladder.ts";
import { oneOf, perPlane, weight } from "../../definition/posture.ts";
import { noWayBack, stage } from "../../definition/stage.ts";
import { seconds } from "../../definition/units.ts";

const plan = {
  config: {
    trafficWeight: weight("share"),
    region: perPlane(["edge", "database"], ["east", "west"], "region"),
    watch: oneOf(["normal", "closely"], "watch", { unlessSet: "normal" }),
  },
  ladder: [
    stage("start", {
      title: "Start",
      set: { trafficWeight: 0, region: "east" },
      follows: { legacy: "read-write", sync: "off" },
    }),
    stage("middle", {
      title: "Middle",
      set: { trafficWeight: 10, watch: "closely" },
      follows: { sync: "both-ways" },
      rollback: { to: "start", within: seconds(5) },
    }),
    stage("end", {
      title: "End",
      set: { trafficWeight: 100 },
      rollback: noWayBack("Gone.", "Repair."),
    }),
  ],
  rollback: {
    to: "start",
    within: seconds(60),
    authority: { by: [], alarmSuffices: true },
  },
};

test("config at a stage: defaults, then what each stage up to it sets, planes spelled out", () => {
  const east = { edge: "east", database: "east" };
  expect(configAt(plan, "start")).toEqual({ trafficWeight: 0, region: east, watch: "normal" });
  expect(configAt(plan, "end")).toEqual({ trafficWeight: 100, region: east, watch: "closely" });
});

test("posture at a stage: config, and what follows up to it", () => {
  expect(postureAt(plan, "start")).toMatchObject({ legacy: "read-write", sync: "off" });
  expect(postureAt(plan, "end")).toMatchObject({ legacy: "read-write", sync: "both-ways" });
});

test("green's weight; none where the system has no weight", () => {
  expect(greenWeightAt(plan, "middle")).toBe(10);
  const weightless = { config: {}, ladder: [stage("only", { title: "Only", set: {} })] };
  expect(greenWeightAt(weightless, "only")).toBe(0);
});

test("the stage with a posture, if any", () => {
  expect(stageWith(plan, configAt(plan, "middle"))?.name).toBe("middle");
  expect(stageWith(plan, { ...configAt(plan, "middle"), trafficWeight: 11 })).toBeUndefined();
  expect(stageWith(plan, {})).toBeUndefined();
});

test("a name that is no stage", () => {
  expect(rung(plan, "nowhere")).toBe(-1);
  expect(() => stageNamed(plan, "nowhere")).toThrow(RangeError);
  expect(() => configAt(plan, "nowhere")).toThrow(RangeError);
});

test("the way back is the stage's own, else the system's", () => {
  expect(wayBackFrom(plan, "start")).toEqual({ to: "start", within: seconds(60) });
  expect(wayBackFrom(plan, "middle")).toEqual({ to: "start", within: seconds(5) });
  expect(wayBackFrom(plan, "end")).toEqual({ refused: "Gone.", wayForward: "Repair." });
});
