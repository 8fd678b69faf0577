import { rename } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rollbackText, rolledBack } from "../../cli/rollback.ts";
import type { runCommandLine } from "../../cli/run.ts";
import { definitionDigest } from "../../definition/ledger.ts";
import { hours, minutes } from "../../definition/units.ts";
import { moveTo } from "../../operator/signing/statement-parts.ts";
import type { Unsigned } from "../../rehearsal/people/rehearsal-people.ts";
import { recordingConsole } from "../cli/recording-console.ts";
import { changedCheckout, liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { complaints, nightTimeout, refusedBy, type LiveCutover } from "./live-cutover.ts";
import { asInTerminal } from "./terminal.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

/** The LMS with a way back from its first traffic that needs what RAWDOG's last one does. */
const needs = ["Data reconciled by hand"];

let checkout: ChangedCheckout;
let cutover: LiveCutover;

beforeAll(async () => {
  checkout = await changedCheckout("stacks/lms.ts", (text) =>
    text.replace(
      /(checkpoint: "checkpoint-1" \},)\n/,
      `$1\n rollback: { to: "baseline", within: seconds(60), needs: ${JSON.stringify(needs)} },\n`,
    ),
  );
  cutover = await (await liveCutoverOf(checkout)).atBaseline();
  await cutover.soakUntilOpen("canary");
  await cutover.reach("canary");
});
afterAll(async () => {
  await cutover.stop();
  await checkout.remove();
});

asInTerminal(() => cutover.workspace);

/** The commands as the copy has them. */
const cliOf = async ({ directory }: ChangedCheckout): Promise<typeof runCommandLine> => {
  const { href } = pathToFileURL(join(directory, "cli/run.ts"));
  return ((await import(href)) as { readonly runCommandLine: typeof runCommandLine })
    .runCommandLine;
};

// Each test goes on where the one before it stopped: it is one night.

const headFor = (role: string, at: number) =>
  ({
    version: 1,
    ...{ system: "lms", stack: cutover.workspace.stack, role },
    definition: definitionDigest(cutover.operated.system),
    at: new Date(at).toISOString(),
    until: new Date(at + hours(24).milliseconds).toISOString(),
  }) as const;

/** Somebody breaks the glass for the way back from where the ledger stands. */
const breakGlass = async (
  changes: Partial<Extract<Unsigned, { statement: "break-glass" }>> = {},
  at = cutover.world.clock.now(),
): Promise<string> =>
  cutover.workspace.people.state({
    statement: "break-glass",
    ...headFor("devOps", at),
    move: await moveTo(cutover.operated, () => "baseline"),
    statesThatThisHolds: needs,
    reason: "nobody answers the phone",
    ...changes,
  });

/** Somebody reviews the last move. */
const review = async (role: string): Promise<void> => {
  const last = (await cutover.ledger()).entries.at(-1);
  await cutover.workspace.people.state({
    statement: "glass-review",
    ...headFor(role, cutover.world.clock.now()),
    entry: { sequence: last?.sequence ?? 0, hash: last?.hash ?? "" },
  });
};

/** Tries a move that one gate must refuse, before anything is written. */
const expectRefused = async (stage: string, gate: string, says: string): Promise<void> => {
  const before = { green: cutover.green(), writes: await cutover.routeWrites() };
  const refused = await cutover.up(stage);
  expect(refusedBy(refused)).toContain(gate);
  expect(complaints(refused)).toContain(says);
  expect({ green: cutover.green(), writes: await cutover.routeWrites() }).toEqual(before);
};

const withoutFile = async (file: string, during: () => Promise<void>): Promise<void> => {
  await rename(file, `${file}.away`);
  try {
    await during();
  } finally {
    await rename(`${file}.away`, file);
  }
};
const signers = (): string => join(cutover.workspace.directory, "evidence", "allowed_signers");

test("a way back that needs an order is refused without one, and while nobody can read what was signed", async () => {
  await expectRefused("baseline", "way-back-needs", "Nobody has signed for it; sign: ");
  await withoutFile(signers(), () =>
    expectRefused("baseline", "way-back-needs", "nobody knows what people have signed"),
  );
});

test("a glass broken more than an hour ago, for another place or without a word on what must hold lets nothing go", async () => {
  await breakGlass({}, cutover.world.clock.now() - minutes(61).milliseconds);
  await expectRefused("baseline", "way-back-needs", "it expired at");
  const move = await moveTo(cutover.operated, () => "baseline");
  await breakGlass({ role: "qa", move: { ...move, sequence: move.sequence + 1 } });
  await breakGlass({ role: "dba", statesThatThisHolds: ["Nothing of note"] });
  const refused = await rolledBack(cutover.operated);
  expect(refused).toMatchObject({ outcome: "refused", brokenGlass: null });
  expect(cutover.green()).toBe(10);
});

test("broken by anybody with a role it lets the way back go, and rollback and ledger say so aloud", async () => {
  await breakGlass();
  const answer = await rolledBack(cutover.operated);
  expect(answer).toMatchObject({
    outcome: "back",
    brokenGlass: { person: "devOps", reason: "nobody answers the phone" },
  });
  expect(rollbackText(answer)).toMatch(/\nBROKEN GLASS by devOps: nobody answers the phone\. /);
  expect(cutover.green()).toBe(0);
  const last = (await cutover.ledger()).entries.at(-1);
  expect(last?.verdicts).toMatchObject({ "way-back-needs": "passed" });
  expect(last?.brokenGlass).toEqual(answer.brokenGlass);
  expect(Object.keys(last?.evidence ?? {})).toEqual([answer.brokenGlass?.file]);
});

test("status and ledger name who broke the glass, and how it is reviewed", async () => {
  const said = async (words: string): Promise<string> => {
    const console = recordingConsole();
    await (
      await cliOf(checkout)
    )(words.split(" "), console);
    return console.outLines.join("\n");
  };
  const glass = "canary → baseline: broken glass by devOps: nobody answers the phone";
  expect(await said("status lms")).toContain(
    `GLASS      entry 3, ${glass}. To be reviewed: cutover approve lms --stack rehearsal --review-break-glass 3`,
  );
  expect(await said("ledger lms")).toContain(`NOTE: entry 3, ${glass}.`);
});

test("the next step up waits for somebody else's review, and knows of the glass without its file", async () => {
  const open = "broken glass by devOps: nobody answers the phone";
  await expectRefused("canary", "glass-reviewed", `${open}. Nobody else has reviewed it; sign: `);
  const { file = "" } = (await cutover.ledger()).entries.at(-1)?.brokenGlass ?? {};
  await withoutFile(join(cutover.workspace.directory, file), () =>
    expectRefused("canary", "glass-reviewed", `${open}; what was signed for it is gone`),
  );
  await withoutFile(signers(), () =>
    expectRefused("canary", "glass-reviewed", "nobody knows what people have signed"),
  );
  await review("devOps");
  await expectRefused("canary", "glass-reviewed", open);
});

test("reviewed by one who may order the way back, the step goes on, and nobody asks again", async () => {
  await review("releaseManager");
  await cutover.soakUntilOpen("canary");
  await cutover.reach("canary");
  expect((await cutover.ledger()).entries.at(-1)?.verdicts).toMatchObject({
    "glass-reviewed": "passed",
  });
  const judgement = await cutover.operator.judge("half");
  const gate = judgement?.verdicts.find(({ rule }) => rule === "glass-reviewed");
  expect(gate?.verdict.outcome).toBe("not-applicable");
});

test("a glass is broken once: the next way back needs its own", async () =>
  expectRefused("baseline", "way-back-needs", "Nobody has signed for it; sign: "));
