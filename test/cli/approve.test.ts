import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runCommandLine } from "../../cli/run.ts";
import { digest } from "../../definition/ledger.ts";
import { savedPlanHash } from "../../definition/saved-plan-hash.ts";
import { readEvidence } from "../../policies/evidence/read-evidence.ts";
import { hasSshKeygen, keyFolder, type KeyFolder } from "../policies/evidence/ssh-keygen.ts";
import { json, localSource } from "../policies/facts/local-source.ts";
import { system } from "../policies/lms-night.ts";
import { recordingConsole } from "./recording-console.ts";

const now = "2026-01-10T22:26:00.000Z";
let folder: string;
let keys: KeyFolder;
let dba: string;
let stranger: string;
let manager: string;

/** A person of the evidence: name, key and roles. */
const publicHalf = async (key: string): Promise<string> =>
  (await readFile(`${key}.pub`, "utf8")).trim();

beforeAll(async () => {
  if (!hasSshKeygen) return;
  keys = keyFolder();
  [dba, manager, stranger] = [
    keys.make("dba", "ed25519"),
    keys.make("manager", "ecdsa"),
    keys.make("stranger", "ed25519"),
  ];
  folder = await mkdtemp(join(tmpdir(), "cutover-approve-"));
  await writeFile(join(folder, "Pulumi.yaml"), "name: cutover\nruntime: nodejs\n");
  await writeFile(
    join(folder, "Pulumi.rehearsal.yaml"),
    "config:\n  cutover:environment: rehearsal\n  lms:trafficWeight: 0\n",
  );
  await writeFile(
    join(folder, "allowed_signers"),
    `dana@example.com ${await publicHalf(dba)}\nmo@example.com ${await publicHalf(manager)}\n`,
  );
  await writeFile(
    join(folder, "people.yaml"),
    [
      "people:",
      "  - { name: Dana, principals: [dana@example.com], roles: { lms: [dba] } }",
      "  - { name: Mo, principals: [mo@example.com], roles: { lms: [releaseManager, devOps] } }",
      "",
    ].join("\n"),
  );
});
afterAll(async () => {
  if (!hasSshKeygen) return;
  keys.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = async (...words: readonly string[]) => {
  const console = recordingConsole();
  const status = await runCommandLine(["approve", "lms", ...words, "--json"], console);
  const [out] = console.outLines;
  const answer = out === undefined ? {} : (JSON.parse(out) as Record<string, unknown>);
  return { status, answer, says: console.logLines.join("\n") };
};
const accepted = async () => {
  const about = { system: "lms", stack: "rehearsal", definition: digest(system) };
  const { signed, rejected } = await readEvidence(folder, about);
  expect(rejected).toEqual([]);
  return signed;
};

describe.skipIf(!hasSshKeygen)("cutover approve (skipped where ssh-keygen is not there)", () => {
  beforeEach(async () => {
    const world = await localSource(() => json({ now }));
    for (const [name, value] of Object.entries({
      CUTOVER_WORLD: world.url,
      CUTOVER_EVIDENCE: folder,
      CUTOVER_DIRECTORY: folder,
      PULUMI_STACK: "rehearsal",
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    })) {
      vi.stubEnv(name, value);
    }
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(join(folder, "lms"), { recursive: true, force: true });
  });

  test("signs the items of a checklist that are the person's own, and the gates accept it", async () => {
    const { status, answer } = await run("--checklist", "an-hour-before", "--key", dba);
    expect(status).toBe(0);
    expect(answer).toMatchObject({ person: "Dana" });
    const [signed] = await accepted();
    expect(signed).toMatchObject({
      person: "Dana",
      statement: {
        statement: "checklist",
        role: "dba",
        at: now,
        done: ["Production database answers", "Backup verified"],
      },
    });
  });

  test("S1-77: answers a checkpoint for the move that the ledger has next", async () => {
    const answers = ["--answers", "yes,yes,no,yes"];
    const words = [
      "--checkpoint",
      "checkpoint-1",
      ...answers,
      "--as",
      "releaseManager",
      "--to",
      "half",
      "--key",
      manager,
    ];
    expect((await run(...words)).status).toBe(0);
    expect((await accepted())[0]).toMatchObject({
      person: "Mo",
      statement: {
        statement: "checkpoint",
        role: "releaseManager",
        move: { from: "(none)", to: "half", sequence: 1 },
        answers: [{ answer: "yes" }, { answer: "yes" }, { answer: "no" }, { answer: "yes" }],
      },
    });
  });

  test("S1-49: a backup's size and digest come from its file", async () => {
    const file = join(folder, "lms.dump");
    await writeFile(file, "a dump");
    const words = ["--backup", "lms_production", "--file", file, "--previous-bytes", "6"];
    const times = ["--taken", "2026-01-10T21:00:00Z", "--restored", "2026-01-10T21:30:00Z"];
    expect((await run(...words, ...times, "--key", dba)).status).toBe(0);
    expect((await accepted())[0]?.statement).toMatchObject({
      of: "lms_production",
      file: "lms.dump",
      bytes: 6,
      previousBytes: 6,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  test("rehearsals of this definition, as `cutover rehearse --json` printed them", async () => {
    const result = {
      system: "lms",
      definition: digest(system),
      ranAt: "2026-01-09T12:00:00.000Z",
      outcome: "rolled-back",
      stages: [{ stage: "baseline" }, { stage: "canary" }],
      rollback: { restoredMilliseconds: 1_800, budgetMilliseconds: 60_000 },
      expectation: { met: true },
    };
    const rehearsed = async (name: string, changes: object): Promise<string> => {
      const file = join(folder, name);
      await writeFile(file, JSON.stringify({ ...result, ...changes }));
      return file;
    };
    const back = await rehearsed("back.json", {});
    const through = await rehearsed("through.json", { outcome: "completed", rollback: null });
    const both = ["--rehearsal", back, "--rehearsal", through, "--as", "devOps"];
    expect((await run(...both, "--key", manager)).status).toBe(0);
    expect((await accepted())[0]?.statement).toMatchObject({
      ranAt: result.ranAt,
      completed: true,
      rollbacks: [{ stage: "canary", restoredMilliseconds: 1_800, budgetMilliseconds: 60_000 }],
    });
    for (const changes of [
      { definition: "0".repeat(64) },
      { system: "nxop" },
      { expectation: { met: false } },
      { outcome: "maybe" },
    ]) {
      const other = await rehearsed("other.json", changes);
      const { status, says } = await run("--rehearsal", other, "--as", "devOps", "--key", manager);
      expect([status, says]).toEqual([2, expect.stringContaining("--rehearsal is ")]);
    }
  });

  test("when the date was announced", async () => {
    const sentAt = "2026-01-08T22:00:00.000Z";
    expect((await run("--notice", sentAt, "--key", dba)).status).toBe(0);
    expect((await accepted())[0]?.statement).toMatchObject({
      ...{ statement: "notice", role: "dba", sentAt },
      until: "2026-02-09T22:26:00.000Z",
    });
  });

  test("S1-13: that nobody used a window, once it is over", async () => {
    const words = ["--window-unused", "Primary window", "--because", " the backup was late "];
    const early = await run(...words, "--key", manager);
    expect([early.status, early.says]).toEqual([
      2,
      expect.stringContaining(
        '--window-unused is "Primary window", expected a window that is over',
      ),
    ]);
    const world = await localSource(() => json({ now: "2026-01-11T02:00:00.000Z" }));
    vi.stubEnv("CUTOVER_WORLD", world.url);
    expect((await run(...words, "--key", manager)).status).toBe(0);
    expect((await accepted())[0]?.statement).toMatchObject({
      ...{ statement: "window-unused", role: "releaseManager", window: "Primary window" },
      ...{ closedAt: "2026-01-11T02:00:00.000Z", reason: "the backup was late" },
    });
  });

  test("S1-106: the Release Manager's order to roll back is one command", async () => {
    expect((await run("--rollback", "--key", manager)).status).toBe(0);
    expect((await accepted())[0]?.statement).toMatchObject({
      statement: "rollback",
      role: "releaseManager",
      move: { to: "baseline" },
    });
  });

  test.for([
    [
      "a checkpoint without answers",
      ["--checkpoint", "checkpoint-1"],
      "--answers is not set, expected yes or no for each, parted by commas: 1 Is the error rate acceptable? 2 ",
    ],
    [
      "too few answers",
      ["--checkpoint", "checkpoint-1", "--answers", "yes"],
      '"yes", expected yes',
    ],
    [
      "a checkpoint of no plan",
      ["--checkpoint", "gate-1"],
      "expected checkpoint-1, checkpoint-2, ",
    ],
    ["a list of no plan", ["--checklist", "gate-1"], "--as is not set, expected nobody"],
    ["an approval that nobody asks for", ["--to", "baseline"], "the plan asks nobody to sign this"],
    ["a stage of no ladder", ["--to", "west"], "expected baseline, canary, half, full"],
    ["two things at once", ["--rollback", "--checklist", "a-day-before"], "expected one of them"],
    ["a role of somebody else", ["--checklist", "an-hour-before", "--as", "dba"], "expected "],
    [
      "a backup without its file",
      ["--backup", "lms_production", "--taken", now, "--restored", now],
      "--file",
    ],
    ["a time that is none", ["--backup", "lms_production", "--taken", "now"], "--taken"],
    ["a notice at no time", ["--notice", "yesterday"], "--notice"],
    [
      "a message that the plan does not promise",
      ["--notice", now, "--message", "Status update"],
      '--message is "Status update", expected nothing',
    ],
    [
      "a window of no plan",
      ["--window-unused", "Third", "--because", "it rained"],
      "expected Primary window, Contingency window",
    ],
    ["a window without a reason", ["--window-unused", "Primary window"], "--because is not set"],
    [
      "a glass where the way back waits for nobody",
      ["--break-glass", "--because", "nobody answers", "--as", "devOps"],
      "which waits for no order",
    ],
    ["a glass without a reason", ["--break-glass"], "--because is not set"],
    ["a review of nothing", ["--review-break-glass", "1"], "no way back is to be reviewed"],
    ["a plan that is none", ["--plan", "/no/such/plan.json"], "not readable"],
    ["a span that is none", ["--checklist", "a-day-before", "--valid-for", "ever"], "--valid-for"],
  ] as const)("%s: one line, exit 2, and nothing is left", async ([, words, says]) => {
    const { status, says: said } = await run(...words, "--key", manager);
    expect(said).toContain(says);
    expect(said).toMatch(/^[^\n]+ Nothing changed\.$/);
    expect(status).toBe(2);
    expect(await readdir(join(folder, "lms")).catch(() => [])).toEqual([]);
  });

  test("a key that nobody allows: the line that somebody must review is shown", async () => {
    const { status, says } = await run("--checklist", "a-day-before", "--key", stranger);
    expect(status).toBe(2);
    expect(says).toContain("evidence/allowed_signers: without the key");
    expect(says).toContain((await publicHalf(stranger)).split(" ")[1]);
  });

  test("a key that is not there, or is none", async () => {
    for (const key of [join(folder, "no-key"), join(folder, "Pulumi.yaml")]) {
      const { status, says } = await run("--checklist", "a-day-before", "--key", key);
      expect(status).toBe(2);
      expect(says).toContain("expected an SSH key whose public half");
    }
  });
});

test("cutover plan-hash prints the digest that approvals name", async () => {
  const console = recordingConsole();
  const file = join(import.meta.dirname, "../../docs/examples/plan.json");
  expect(await runCommandLine(["plan-hash", file, "--json"], console)).toBe(0);
  const hash = savedPlanHash(await readFile(file, "utf8"), file);
  expect(JSON.parse(console.outLines[0] ?? "")).toEqual({ file, hash });
  expect(await runCommandLine(["plan-hash", "/no/such/file"], recordingConsole())).toBe(2);
});
