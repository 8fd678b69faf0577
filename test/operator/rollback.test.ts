import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { append, digest } from "../../definition/ledger.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import type { Engine, OperationOptions, OperationResult } from "../../engine/engine.ts";
import { NoWayBack, rollBack } from "../../operator/rollback.ts";
import { lms } from "../../stacks/lms.ts";
import { operatedLms } from "./operated-lms.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "cutover-rollback-"));
  await writeFile(
    join(directory, "Pulumi.rehearsal.yaml"),
    "config:\n  cutover:environment: rehearsal\n  lms:trafficWeight: 100\n",
  );
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const needing: SystemDefinition = {
  ...lms,
  ladder: lms.ladder.map((stage) =>
    stage.name === "full"
      ? { ...stage, rollback: { ...lms.rollback, needs: ["Data reconciled by hand"] } }
      : stage,
  ),
};

const cutover = "urn:pulumi:rehearsal::cutover::cutover:index:Cutover::lms-cutover";
const done: OperationResult = {
  ...{ succeeded: true, outputs: {}, steps: [], diagnostics: [], violations: [], milliseconds: 0 },
  operations: { create: 0, update: 2, replace: 0, delete: 0, same: 0 },
};
const failed: OperationResult = { ...done, succeeded: false };

/** A stack at the last stage, whose updates with a policy pack go as told; with the updates that were tried. */
const atFull = (definition: SystemDefinition, withPack: () => OperationResult) => {
  const history = append([], {
    ...{ system: "lms", from: "(none)", to: "full", at: "2026-01-10T23:00:00.000Z", commit: "" },
    definition: digest(settle(definition, { rehearsal: true, file: "" })),
  });
  const tried: ("with gates" | "without gates")[] = [];
  const engine: Partial<Engine> = {
    name: "embedded",
    outputs: async () => ({ ledger: { lms: history } }),
    resources: async () => [
      {
        ...{ urn: cutover, type: "cutover:index:Cutover", parent: "" },
        ...{ protect: false, retainOnDelete: false },
      },
    ],
    up: async (_, { policyPacks = [] }: OperationOptions = {}) => {
      tried.push(policyPacks.length > 0 ? "with gates" : "without gates");
      return policyPacks.length > 0 ? withPack() : done;
    },
  };
  const workspace = { directory, stack: "rehearsal", backendUrl: "", environment: {} };
  return { operated: operatedLms({ definition, engine: engine as Engine, workspace }), tried };
};

test("a pack that does not load does not hold up the way back", async () => {
  const { operated, tried } = atFull(lms, () => failed);
  const { update, to } = await rollBack(operated);
  expect([update.succeeded, to, tried]).toEqual([
    true,
    "baseline",
    ["with gates", "without gates"],
  ]);
  expect(await readFile(join(directory, "Pulumi.rehearsal.yaml"), "utf8")).toContain(
    "lms:trafficWeight: 0",
  );
});

test("a way back that needs a signed order is never made without the gate that looks for it", async () => {
  const { operated, tried } = atFull(needing, () => failed);
  expect((await rollBack(operated)).update.succeeded).toBe(false);
  expect(tried).toEqual(["with gates"]);
  const { operated: broken } = atFull(needing, () => {
    throw new Error("no program in the pack");
  });
  await expect(rollBack(broken)).rejects.toThrow(
    new NoWayBack(
      "lms: the way back from full needs a signed order, and no gate could look for it: no program in the pack",
    ),
  );
});
