import { describe, expect, test } from "vitest";
import { maintenanceProblems } from "../../definition/maintenance-problems.ts";
import { optionsOf } from "../../definition/maintenance.ts";
import { oneOf } from "../../definition/posture.ts";
import { maintenanceFromConfig, stageFromConfig } from "../../definition/stage-config.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { lms } from "../../stacks/lms.ts";

const file = "Pulumi.prod.yaml";
const asked = (raw: Record<string, string>) => maintenanceFromConfig(lms, raw, file);
const { maintenance: _, ...without }: SystemDefinition = lms;

describe("S1-53: maintenance is a choice of its own", () => {
  test("off unless set", () => {
    expect(asked({ trafficWeight: "0" })).toBe(false);
    expect(asked({ trafficWeight: "0", maintenance: "off" })).toBe(false);
    expect(asked({ trafficWeight: "0", maintenance: "on" })).toBe(true);
  });

  test("it makes no stage", () =>
    expect(stageFromConfig(lms, { trafficWeight: "0", maintenance: "on" }, file).name).toBe(
      "baseline",
    ));

  test.each(["true", "ON", "", "1"])("%j is neither on nor off", (maintenance) => {
    expect(() => asked({ trafficWeight: "0", maintenance })).toThrow(
      /^Pulumi\.prod\.yaml: lms:maintenance is .*, expected off or on\. Nothing changed\.$/,
    );
  });

  test("a plan without it has no such key", () => {
    expect(optionsOf(without)).toEqual({});
    expect(() =>
      stageFromConfig(without, { trafficWeight: "0", maintenance: "off" }, file),
    ).toThrow("lms:maintenance");
    expect(maintenanceFromConfig(without, { trafficWeight: "0" }, file)).toBe(false);
  });
});

test.each(["10", "50", "100"])(
  "S1-54: with %s %% on green it is refused, whatever wants it",
  (trafficWeight) => {
    expect(stageFromConfig(lms, { trafficWeight, maintenance: "off" }, file).set).toEqual({
      trafficWeight: Number(trafficWeight),
    });
    expect(() => stageFromConfig(lms, { trafficWeight, maintenance: "on" }, file)).toThrow(
      /lms:maintenance is "on" at \w+, expected off at every stage where green has traffic/,
    );
  },
);

describe("what is wrong with it in a plan", () => {
  test("a key of the plan's own by that name", () => {
    const maintenance = oneOf(["off", "on"], "another", { unlessSet: "off" });
    expect(maintenanceProblems({ ...lms, options: { maintenance } })).toMatchObject([
      { key: "options.maintenance" },
    ]);
    expect(maintenanceProblems({ ...lms, config: { maintenance } })).toMatchObject([
      { key: "config.maintenance" },
    ]);
    expect(maintenanceProblems(lms)).toEqual([]);
  });

  test("a slot of the night that turns on what the plan does not have", () =>
    expect(maintenanceProblems(without)).toMatchObject([{ key: "maintenance", found: "missing" }]));
});
