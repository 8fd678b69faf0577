import { expect, test } from "vitest";
import { announceOf } from "../../cli/announce.ts";
import { append, nothingYet } from "../../definition/ledger.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import { lms } from "../../stacks/lms.ts";
import { operatedLms } from "../operator/operated-lms.ts";
import { recordingConsole } from "./recording-console.ts";

const moves = [
  [nothingYet, "baseline", "2026-01-10T22:10:00.000Z"],
  ["baseline", "canary", "2026-01-10T23:35:00.000Z"],
  ["canary", "baseline", "2026-01-10T23:40:00.000Z"],
  ["baseline", "canary", "2026-01-10T23:59:59.000Z"],
] as const;
const history = moves.reduce<ReturnType<typeof append>>(
  (ledger, [from, to, at]) =>
    append(ledger, { system: "lms", from, to, at, definition: "d".repeat(64), commit: "" }),
  [],
);

/** The system on a stack with a history; its sources are nowhere, as they may be on such a night. */
const operated = (changes: Partial<OperatedSystem> = {}, ledger: unknown = history) =>
  operatedLms(changes, { ledger: { lms: ledger } });
const said = async (kind: string | undefined, of: OperatedSystem) => {
  const console = recordingConsole();
  const status = await announceOf(of, kind === undefined ? {} : { kind }, console);
  return { status, text: console.outLines.join("\n") };
};

test("S1-103: a status update tells where the cutover stands, and nothing else", async () =>
  expect(await said("status", operated())).toEqual({
    status: 0,
    text: [
      "Leave Management System v2 → v3.0.0: 10 % of the requests on Green, since 2026-01-10 23:59 UTC. Green has 10 % of the requests; rollbacks so far: 1.",
      "Next: 50 % of the requests on Green. Issues go to lms-incidents.",
    ].join("\n"),
  }));

test("S1-25: the notice before names the window", async () =>
  expect((await said("before", operated())).text).toContain(
    "in the window 2026-01-10 22:00 UTC to 2026-01-11 02:00 UTC.",
  ));

test("S1-108: the notice after names the rollbacks there were", async () =>
  expect((await said("after", operated())).text).toContain("Rollbacks during the night: 1."));

test("without a kind each message comes with who sends it to whom, and when", async () => {
  const { status, text } = await said(undefined, operated());
  expect(status).toBe(0);
  expect(text).toContain(
    "before: Pre-deployment notice, from the Project Manager to stakeholders, one day before T-0",
  );
  expect(text.split("\n---\n")).toHaveLength(3);
});

test("no message goes out with an empty field, nor with an example of the rehearsal's", async () => {
  expect(await said("status", operated({}, []))).toEqual({
    status: 1,
    text: "NOT READY: nobody knows the stage in force, by its title, nor when that began, nor Green's share of the requests at that stage, percent, nor the stage after it, by its title.",
  });
  const { status, text } = await said("before", operated({ environment: "production" }));
  expect(status).toBe(1);
  expect(text).toBe(
    "NOT READY: nobody knows when the first window opens and closes, nor the address of the status page.",
  );
});

test("an unknown kind, and a plan without messages, are bad input", async () => {
  await expect(said("stauts", operated())).rejects.toThrow(
    'cutover announce: --kind is "stauts", expected one of before, status, after.',
  );
  const definition = { ...lms, communications: [] };
  await expect(said("status", operated({ definition }))).rejects.toThrow(
    "cutover announce: the system is lms, whose plan has no text for a message",
  );
});
