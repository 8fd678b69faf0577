import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { append, digest, type LedgerEntry } from "../../definition/ledger.ts";
import type { Engine } from "../../engine/engine.ts";
import { missingOrder } from "../../operator/missing-order.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import { makePeople, type RehearsalPeople } from "../../rehearsal/people/rehearsal-people.ts";
import { lms } from "../../stacks/lms.ts";
import { system } from "../policies/lms-night.ts";
import { json, localSource } from "../policies/facts/local-source.ts";

let evidence: string;
let people: RehearsalPeople;
beforeEach(async () => {
  evidence = await mkdtemp(join(tmpdir(), "cutover-order-"));
  people = await makePeople(evidence, lms);
});
afterEach(() => rm(evidence, { recursive: true, force: true }));

const historyOf = (...stages: readonly string[]): readonly LedgerEntry[] =>
  stages.reduce<readonly LedgerEntry[]>(
    (ledger, to, index) =>
      append(ledger, {
        system: "lms",
        from: stages[index - 1] ?? "(none)",
        to,
        at: `2026-01-10T23:0${index}:00.000Z`,
        definition: digest(system),
        commit: "",
      }),
    [],
  );

/** A stack with a history, whose alarm on the error rate says what it is given. */
const operated = async (history: readonly LedgerEntry[], alarm = "OK"): Promise<OperatedSystem> => {
  const world = await localSource(() => json({ overall_state: alarm, id: 1 }));
  const outputs = { ledger: { lms: history }, alarms: { lms: { "error-rate": "1" } } };
  return {
    definition: lms,
    system,
    environment: "rehearsal",
    engine: { outputs: async () => outputs } as Partial<Engine> as Engine,
    workspace: {
      directory: evidence,
      stack: "rehearsal",
      backendUrl: "",
      environment: { CUTOVER_WORLD: world.url, CUTOVER_EVIDENCE: evidence },
    },
    policyPack: "",
    onNote: () => undefined,
    signal: new AbortController().signal,
  };
};

const back = historyOf("baseline", "canary", "baseline");

test("S1-106: a rollback without an order is asked for one, with the command", async () =>
  expect(await missingOrder(await operated(back))).toBe(
    "Traffic is back; for the record, canary → baseline has no signed order by Release Manager; sign: cutover approve lms --stack rehearsal --rollback --to baseline --as releaseManager.",
  ));

test("S1-106: a firing alarm that orders the way back was order enough", async () =>
  expect(await missingOrder(await operated(back, "Alert"))).toBeUndefined());

test("an order signed afterwards is for this rollback and no other", async () => {
  const move = { from: "canary", to: "baseline", sequence: 3, follows: back[1]?.hash ?? "" };
  await people.state({
    statement: "rollback",
    version: 1,
    system: "lms",
    stack: "rehearsal",
    definition: digest(system),
    role: "releaseManager",
    at: "2026-01-10T23:10:00.000Z",
    until: "2026-01-11T23:10:00.000Z",
    move,
  });
  expect(await missingOrder(await operated(back))).toBeUndefined();
  const again = historyOf("baseline", "canary", "baseline", "canary", "baseline");
  expect(await missingOrder(await operated(again))).toContain("has no signed order");
});

test("a last move that was none, or no history, asks nobody", async () => {
  expect(await missingOrder(await operated(historyOf("baseline", "canary")))).toBeUndefined();
  expect(await missingOrder(await operated([]))).toBeUndefined();
});
