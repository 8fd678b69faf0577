import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { previewAnswer } from "../../cli/preview-answer.ts";
import { previewMarkdown } from "../../cli/preview-markdown.ts";
import { runCommandLine } from "../../cli/run.ts";
import { recordingConsole } from "../cli/recording-console.ts";
import { setInStackFile, stackFile } from "../../operator/stack-file.ts";
import { LiveCutover, nightTimeout } from "./live-cutover.ts";
import { asInTerminal } from "./terminal.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.start();
  await cutover.operator.set("baseline");
});
afterAll(() => cutover.stop());

asInTerminal(() => cutover.workspace);

const run = async (words: string) => {
  const console = recordingConsole();
  const status = await runCommandLine([...words.split(" "), "--json"], console);
  const answer: unknown =
    console.outLines.length === 0 ? {} : JSON.parse(console.outLines[0] ?? "");
  return { status, answer: answer as Record<string, unknown>, log: console.logLines };
};

const part = z.object({
  name: z.string(),
  score: z.number(),
  at: z.string().nullable(),
  ageMilliseconds: z.number().nullable(),
  checks: z.array(z.unknown()),
});

// Each test goes on where the one before it stopped: it is one night.

test("before anything is set up, status says so and rollback has nothing to take back", async () => {
  expect(await run("status lms")).toMatchObject({
    status: 1,
    answer: { stage: null, asked: "baseline", back: null, next: { stage: "baseline" } },
  });
  expect(await run("rollback lms")).toMatchObject({ status: 1, answer: { outcome: "refused" } });
  // Nothing is signed and no alarm exists: only the side that stood there before has its point.
  expect(await run("readiness lms")).toMatchObject({
    status: 1,
    answer: { stage: null, ready: false, atLeast: 100, problem: null },
  });
});

test("advance sets the system up, then goes up only when the gates let it, and says why not", async () => {
  await cutover.letSign("baseline");
  expect(await run("advance lms")).toMatchObject({
    status: 0,
    answer: { outcome: "moved", from: null, to: "baseline" },
  });
  const tooEarly = await run("advance lms");
  expect(tooEarly).toMatchObject({
    status: 1,
    answer: { outcome: "refused", from: "baseline", to: "canary", changed: [] },
  });
  expect(await run("status lms")).toMatchObject({ status: 0, answer: { asked: "baseline" } });
});

test("S1-53: preview says in words that users get a page, and status since when", async () => {
  const { directory, stack } = cutover.workspace;
  const turn = (maintenance: "on" | "off") =>
    setInStackFile(stackFile(directory, stack), "lms", { maintenance });
  const previewed = async () => previewMarkdown(previewAnswer.parse((await run("preview")).answer));
  await turn("on");
  expect(await previewed()).toContain(
    "**Maintenance begins: users get a page instead of answers**",
  );
  await cutover.operator.up();
  const { status, answer } = await run("status lms");
  expect({ status, disagreements: answer["disagreements"] }).toEqual({
    ...{ status: 0, disagreements: [] },
  });
  expect(answer["maintenance"]).toMatchObject({
    since: expect.stringMatching(/^2026-/) as string,
    withinMilliseconds: 1_500_000,
  });
  await turn("off");
  const during = await run("status lms");
  expect(during.status).toBe(1);
  expect(String(during.answer["disagreements"])).toContain(
    "lms-maintenance has maintenance on, and the stack file does not ask for it",
  );
  expect(await previewed()).toContain("**Maintenance ends: users are answered again.**");
  await cutover.operator.up();
  expect(await run("status lms")).toMatchObject({
    status: 0,
    answer: { maintenance: { since: null, endsAt: null } },
  });
});

test("S1-45: readiness lists each check with its number, expectation, owner and state, and changes nothing", async () => {
  const before = await run("readiness lms");
  expect(before).toMatchObject({ status: 1, answer: { stage: "baseline", ready: false } });
  const missing = z.array(part).parse(before.answer["components"]);
  expect(missing.find(({ name }) => name === "an-hour-before")).toMatchObject({
    score: 0,
    at: null,
  });

  await cutover.soakUntilOpen("canary");
  const writes = await cutover.routeWrites();
  const { status, answer } = await run("readiness lms");
  expect({ status, answer }).toMatchObject({
    status: 0,
    answer: { system: "lms", toLeave: "baseline", score: 100, atLeast: 100, ready: true },
  });
  const parts = z.array(part).parse(answer["components"]);
  expect(parts.map(({ score }) => score)).toEqual(parts.map(() => 100));
  expect(parts.every(({ ageMilliseconds }) => ageMilliseconds !== null)).toBe(true);
  expect(parts.find(({ name }) => name === "an-hour-before")?.checks[3]).toEqual({
    number: 4,
    title: "Backup verified",
    expected: "valid",
    owner: "dba",
    done: true,
    source: "S1-37",
  });
  expect(await cutover.routeWrites()).toBe(writes);
  expect(await cutover.moves()).toEqual(["baseline"]);

  const console = recordingConsole();
  expect(await runCommandLine(["readiness", "lms"], console)).toBe(0);
  expect(console.outLines.join("\n")).toMatch(
    /^lms on rehearsal: 100 % ready, .*: ready\n\nPart +Weight/,
  );
});

test("S1-38, S1-40: readiness falls to what is left while a source is silent, and tells which", async () => {
  cutover.front.let("/datadog/", "answered 503");
  onTestFinished(() => {
    cutover.front.let("/datadog/", "passed on");
  });
  const { status, answer } = await run("readiness lms");
  expect(status).toBe(1);
  const parts = z.array(part).parse(answer["components"]);
  expect(parts.filter(({ score }) => score < 100).map(({ name }) => name)).toEqual(["alarms"]);
});

test("S1-84: all ten smoke tests pass on green, whatever traffic it gets, and one that fails says so", async () => {
  const smoked = await run("smoke lms");
  expect(smoked).toMatchObject({ status: 0, answer: { side: "green", passed: true } });
  expect(smoked.answer["tests"]).toHaveLength(10);
  expect(smoked.log[8]).toMatch(/^passed {2}SMOKE-009 {2}Notification delivered, \d+ ms$/);
  expect(await cutover.moves()).toEqual(["baseline"]);

  await cutover.world.disturb({ kind: "pods", side: "green", change: { errorShare: 1 } });
  onTestFinished(() => {
    void cutover.world.disturb({ kind: "pods", side: "green", change: { errorShare: 0 } });
  });
  const failed = await run("smoke lms");
  expect(failed).toMatchObject({ status: 1, answer: { passed: false } });
  expect(failed.log[0]).toBe("FAILED  SMOKE-001  User login: POST /api/v1/session answers 500");
  expect(await run("smoke lms --side blue")).toMatchObject({ status: 0, answer: { side: "blue" } });
});

test("a step up and its standing", async () => {
  expect(await run("advance lms")).toMatchObject({
    status: 0,
    answer: { outcome: "moved", to: "canary" },
  });
  expect(await run("status lms")).toMatchObject({
    status: 0,
    answer: {
      stage: "canary",
      asked: "canary",
      weights: { blue: 90, green: 10 },
      maintenance: { since: null, endsAt: null, withinMilliseconds: 1_500_000 },
      lock: null,
      next: { stage: "half", allowed: false },
      back: { to: "baseline", withinMilliseconds: 60_000 },
      disagreements: [],
    },
  });
});

test("preview shows a refused move with each gate's verdict, and its comment is made from that", async () => {
  await cutover.operator.set("full");
  const { status, answer } = await run("preview");
  expect(status).toBe(1);
  expect(answer).toMatchObject({
    succeeded: false,
    refused: true,
    systems: [{ system: "lms", from: "canary", to: "full", direction: "forward" }],
  });
  const body = previewMarkdown(previewAnswer.parse(answer));
  expect(body).toContain("## rehearsal: lms canary → full: refused");
  expect(body).toMatch(/❌ refused \| `ladder` \|/);
  await cutover.operator.set("canary");
});

test("preview of the way back may go, and shows the one write and what the weights become", async () => {
  await cutover.operator.set("baseline");
  const folder = await mkdtemp(join(tmpdir(), "cutover-plan-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { status, answer } = await run(`preview --save-plan ${join(folder, "plan.json")}`);
  const found = previewAnswer.parse(answer);
  expect(status).toBe(0);
  expect(found.planHash).toMatch(/^[0-9a-f]{64}$/);
  expect(found.systems).toMatchObject([
    {
      direction: "back",
      weights: { before: { green: 10 }, after: { green: 0 } },
      back: { to: "baseline" },
    },
  ]);
  expect(found.systems[0]?.changes.map(({ urn }) => urn.split("::").at(-1))).toEqual(
    expect.arrayContaining(["lms-cutover", "lms-split-route"]),
  );
  await cutover.operator.set("canary");
  expect((await run("preview")).answer).toMatchObject({
    succeeded: true,
    systems: [{ direction: "stay", changes: [] }],
    others: [],
  });
});

test("status tells of traffic that somebody moved by hand, and rollback takes it back", async () => {
  await cutover.world.disturb({ kind: "weights by hand", green: 60 });
  const told = await run("status lms");
  expect(told.status).toBe(1);
  expect(String(told.answer["disagreements"])).toContain("green 60 %, and canary has 10 %");

  // S4-51: whoever goes back wants users to be answered there, whatever still keeps them out.
  await cutover.world.disturb({ kind: "maintenance by hand" });
  expect(await run("rollback lms")).toMatchObject({
    status: 0,
    answer: {
      outcome: "back",
      endedFreezes: ["lms-maintenance, held by somebody"],
      from: "canary",
      to: "baseline",
      weights: { blue: 100, green: 0 },
      withoutGates: null,
      violations: [],
    },
  });
  expect(cutover.green()).toBe(0);
  expect((await run("status lms")).status).toBe(0);
});

test("S1-112: report tells the night from its history and from what people signed", async () => {
  const { status, answer } = await run("report lms");
  expect({ status, answer }).toMatchObject({
    status: 0,
    answer: { stage: "baseline", rollbacks: 1, damage: null },
  });
  expect(answer["words"]).toContainEqual(
    expect.objectContaining({ statement: "checklist", role: "releaseManager" }),
  );
  expect(answer["markdown"]).toContain("`canary` → `baseline`, **rolled back**");
});

test("S1-103: announce writes a status update from where the ledger stands", async () => {
  cutover.front.takeQuestions();
  const { status, answer } = await run("announce lms --kind status");
  expect({ status, answer }).toMatchObject({
    status: 0,
    answer: { messages: [{ kind: "status", sender: "Project Manager", missing: [] }] },
  });
  expect(JSON.stringify(answer)).toContain("rollbacks so far: 1");
  // But for the time: who tells people during an incident waits for no source.
  expect(cutover.front.takeQuestions().filter((path) => path !== "/clock")).toEqual([]);
});

test("ledger shows the moves, and tells a history that was cut from one that is whole", async () => {
  const { status, answer } = await run("ledger lms");
  expect(status).toBe(0);
  const { entries, head } = answer as { entries: { to: string; hash: string }[]; head: string };
  expect(entries.map(({ to }) => to)).toEqual(["baseline", "canary", "baseline"]);
  expect(head).toBe(entries[2]?.hash);
  expect((await run(`ledger lms --head ${entries[1]?.hash ?? ""}`)).status).toBe(0);
  const cut = await run(`ledger lms --head ${"a".repeat(64)}`);
  expect(cut.status).toBe(1);
  expect(String(cut.answer["problems"])).toContain("cut or rewritten");
});

test("a stack, a folder or an engine that cannot be right: one line, exit 2", async () => {
  for (const [words, line] of [
    ["status lms --stack nowhere", /Pulumi\.nowhere\.yaml: no such file/],
    ["rollback lms --directory /nowhere", /no such file/],
    ["advance lms --engine terraform", /--engine is "terraform", expected embedded or pulumi/],
    ["status nosuch", /the system is "nosuch"/],
    ["smoke lms --side red", /--side is "red", expected green or blue/],
    ["readiness nosuch", /the system is "nosuch"/],
    ["readiness lms --stack nowhere", /Pulumi\.nowhere\.yaml: no such file/],
    ["ledger lms --head abc", /--head is "abc", expected a hash/],
  ] as const) {
    const { status, log, answer } = await run(words);
    expect({ status, answer }, words).toEqual({ status: 2, answer: {} });
    expect(log, words).toHaveLength(1);
    expect(log[0], words).toMatch(line);
  }
});
