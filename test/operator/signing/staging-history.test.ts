import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { append, type LedgerEntry } from "../../../definition/ledger.ts";
import type { Engine } from "../../../engine/engine.ts";
import { stagingHistory } from "../../../operator/signing/staging-history.ts";
import { operatedLms } from "../operated-lms.ts";

const wanted = "d".repeat(64);
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "cutover-staging-"));
  for (const environment of ["staging", "production"]) {
    const config = `config:\n  cutover:environment: ${environment}\n  lms:trafficWeight: 0\n`;
    await writeFile(join(directory, `Pulumi.${environment}.yaml`), config);
  }
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A history of moves, each to a stage with the digest of a definition. */
const historyOf = (...moves: readonly (readonly [string, string])[]): readonly LedgerEntry[] =>
  moves.reduce<readonly LedgerEntry[]>(
    (ledger, [to, definition], index) =>
      append(ledger, {
        ...{ system: "lms", from: moves[index - 1]?.[0] ?? "(none)", to, definition, commit: "" },
        at: `2026-01-08T10:0${index}:00.000Z`,
      }),
    [],
  );
const whole = historyOf(
  ["baseline", wanted],
  ["canary", wanted],
  ["half", wanted],
  ["full", wanted],
  ["baseline", wanted],
);

const historyIn = async (ledger: readonly unknown[], stack = "staging") => {
  const asked: string[] = [];
  const engine: Partial<Engine> = {
    outputs: async (workspace) => {
      asked.push(workspace.stack);
      return { ledger: { lms: ledger } };
    },
  };
  const workspace = { directory, stack: "production", backendUrl: "", environment: {} };
  const operated = operatedLms({ engine: engine as Engine, workspace, environment: "production" });
  const history = await stagingHistory("cutover approve", operated, {
    ...{ stack, definition: wanted },
  });
  return { history, asked };
};

test("S1-23: staging's own ledger says how far it got, also after it went back", async () => {
  const { history, asked } = await historyIn(whole);
  expect(asked).toEqual(["staging"]);
  expect(history).toEqual({
    of: "staging",
    reached: "full",
    reachedAt: "2026-01-08T10:03:00.000Z",
    head: whole.at(-1)?.hash,
  });
});

test.for<[string, readonly unknown[], string, string]>([
  [
    "one that stopped half-way",
    historyOf(["baseline", wanted], ["canary", wanted]),
    "staging",
    '--staging is "staging", which got to canary with this definition, expected a history that reached full',
  ],
  [
    "one that reached the end with another definition",
    historyOf(["baseline", wanted], ["full", "e".repeat(64)]),
    "staging",
    "which got to baseline with this definition",
  ],
  ["one that never moved", [], "staging", "which never had it with this definition"],
  [
    "a history that somebody changed",
    whole.map((entry, index) => (index === 1 ? { ...entry, to: "full" } : entry)),
    "staging",
    "whose history is damaged",
  ],
  [
    "production itself",
    whole,
    "production",
    '"production", whose cutover:environment is production, expected a stack of staging',
  ],
  ["a stack that is not there", whole, "nowhere", "Pulumi.nowhere.yaml"],
])("nobody can sign for %s", async ([, ledger, stack, message]) => {
  await expect(historyIn(ledger, stack)).rejects.toThrow(message);
});
