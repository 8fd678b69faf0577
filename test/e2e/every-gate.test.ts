import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definitionDigest, genesis, type GateOutcome } from "../../definition/ledger.ts";
import type { OperationResult } from "../../engine/engine.ts";
import { allRules } from "../../policies/all-rules.ts";
import { takeVerdicts } from "../../policies/handed-verdicts.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { entered } from "../policies/lms-night.ts";
import { declaredProgram } from "../rehearsal/engine/declared-program.ts";
import { Fixture } from "../rehearsal/engine/fixture.ts";
import { caseNamed, wrong } from "./every-gate/cases.ts";
import { unordered } from "./every-gate/night.ts";

/*
 * What each gate promises, held by updates of an engine with the gates as a pack: what it refuses stops before a provider
 * hears of it, what is right passes, what nobody knows is refused, and a way back passes all the same. The facts are
 * given; that they are read as they are is for the tests of their readers.
 */

const pack = fileURLToPath(new URL("every-gate/pack", import.meta.url));
const engine = new EmbeddedEngine({ startProgram: declaredProgram });
let stack: Fixture;
beforeAll(async () => {
  stack = await Fixture.create();
});
afterAll(() => stack.remove());

interface Updated {
  readonly result: OperationResult;
  /** What reached the provider of what the move carries. */
  readonly calls: readonly string[];
  /** What each gate said, as the program's ledger would keep it; empty where the pack could not tell the move. */
  readonly verdicts: Readonly<Record<string, GateOutcome>>;
}

/** A real update that makes the move of a case. */
const updated = async (name: string): Promise<Updated> => {
  const { definition, move, props, transition } = caseNamed(name);
  const [from, to] = move;
  const place = { sequence: 3, follows: genesis };
  const moved = {
    ...{ from, to, ...place, sinceCommit: "" },
    ...{ since: new Date(entered).toISOString(), damage: "" },
  };
  const declared = {
    ...{ system: name, environment: "production", definition: definitionDigest(definition) },
    transition: transition === null ? null : { ...moved, ...transition },
    unordered: [unordered],
    ...props,
  };
  const type = "cutover:index:Cutover";
  const workspace = stack.declaring({
    resources: [
      { name: "cutover", component: true, type, inputs: declared },
      { name: "route", parent: "cutover", inputs: { weight: name } },
    ],
  });
  const home = join(stack.directory, "home");
  const environment = { ...workspace.environment, PULUMI_HOME: home };
  const result = await engine.up({ ...workspace, environment }, { policyPacks: [pack] });
  const about = { system: name, stack: workspace.stack, from, to, ...place };
  const { verdicts } = await takeVerdicts(about, 0, { PULUMI_HOME: home });
  return { result, calls: stack.provider.takeCalls(), verdicts };
};

const nights = new Map<string, Promise<Updated>>();
/** The update of a night that several gates share, made once. */
const sharedNight = (name: string): Promise<Updated> => {
  const made = nights.get(name) ?? updated(name);
  nights.set(name, made);
  return made;
};

const saidBy = (gate: string, { result: { violations } }: Updated): string =>
  violations.find(({ policy }) => policy === gate)?.message ?? "nothing";

/** Where a gate has something to judge: a step up, or a way back that the plan ties to an order. */
const bound = (binds: readonly string[]): "up" | "back" => (binds.includes("back") ? "back" : "up");

test("each gate of the pack has a case in which it refuses, and no case is without a gate", () =>
  expect(Object.keys(wrong)).toEqual(allRules.map(({ name }) => name)));

describe.for(allRules.map(({ name, binds, needs }) => [name, binds, needs] as const))(
  "%s",
  ([gate, binds, needs]) => {
    test("refuses an update before any provider is called", async () => {
      const refused = await updated(gate);
      expect(refused.result.succeeded).toBe(false);
      expect(saidBy(gate, refused)).toMatch(/refused: \S/);
      expect(refused.verdicts[gate]).toBe("refused");
      expect(refused.calls).toEqual([]);
    });

    test("passes when nothing is wrong", async () => {
      const passed = await sharedNight(`nothing is wrong, ${bound(binds)}`);
      expect(passed.verdicts[gate]).toBe("passed");
      expect(passed.result.violations).toEqual([]);
      expect(passed.calls).toHaveLength(1);
    });

    test("refuses when what it judges by cannot be read", async () => {
      const refused = await sharedNight(
        needs.length > 0
          ? `nobody knows anything, ${bound(binds)}`
          : // It judges by the move alone.
            "a move that cannot be read",
      );
      const says = needs.length > 0 ? "nobody knows" : "not judged: transition of the Cutover";
      expect(saidBy(gate, refused)).toContain(says);
      expect(refused.calls).toEqual([]);
    });

    test("lets a way back pass while nobody knows anything and the history is damaged", async () => {
      const back = await sharedNight(
        "nobody knows anything, back from where the plan wants no order",
      );
      expect(back.verdicts[gate]).toBe(gate === "way-back" ? "passed" : "not-applicable");
      expect(back.result).toMatchObject({ succeeded: true, violations: [] });
      expect(back.calls).toHaveLength(1);
    });
  },
);
