import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runbookMarkdown } from "../../cli/runbook/runbook-markdown.ts";
import { text } from "../../cli/markdown.ts";
import { runCommandLine } from "../../cli/run.ts";
import { loadSystem } from "../../definition/catalogue.ts";
import type { Plan } from "../../definition/plan.ts";
import { openKeys } from "../../definition/tbd.ts";
import { lms } from "../../stacks/lms.ts";
import { supabase } from "../../stacks/supabase.ts";
import { intelliflow } from "../definition/plans/intelliflow.ts";
import { nxop } from "../definition/plans/nxop.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { recordingConsole } from "./recording-console.ts";

const run = async (words: string) => {
  const console = recordingConsole();
  const status = await runCommandLine(words.split(" "), console);
  return { status, out: console.outLines.join("\n"), log: console.logLines };
};

const page = runbookMarkdown(lms);
const rowWith = (...parts: readonly string[]): string | undefined =>
  page.split("\n").find((line) => parts.every((part) => line.includes(part)));

describe.each<Plan>([lms, intelliflow, nxop, rawdog, supabase])("$name", (plan) => {
  const written = runbookMarkdown(plan);

  test("every row of the night, limit, question, check and message is on the page", () => {
    const wanted = [
      ...plan.night.slots.map(({ activity }) => activity),
      ...plan.thresholds.map(({ title }) => title),
      ...(plan.budgets ?? []).map(({ title }) => title),
      ...plan.checkpoints.flatMap(({ questions }) => questions.map(({ question }) => question)),
      ...plan.checklists.flatMap(({ items }) => items.map(({ title }) => title)),
      ...plan.communications.map(({ title }) => title),
      ...plan.followUps.map(({ title }) => title),
      ...plan.smokeTests.map(({ title }) => title),
      ...(plan.dataChecks ?? []).map(({ title }) => title),
    ];
    expect(wanted.filter((title) => !written.includes(text(title)))).toEqual([]);
  });

  test("every stage says what is set for it and where the way back lands, or why there is none", () => {
    for (const { name } of plan.ladder) {
      const row = written.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row).toMatch(/ within |none: /);
    }
  });

  test("nothing is printed that is no word", () => {
    expect(written).not.toMatch(/undefined|\[object|NaN/);
  });
});

test("S1-120: classification, document and version stand at its top", () => {
  const top = page.split("\n## ")[0];
  expect(top).toContain("Internal – Restricted");
  expect(top).toContain("LMS-PHASE29-CUTOVER-001, version 1.0");
});

test("S1-102: the war room opens at 22:00 with a quarter of an hour to check in, and closes at 02:00", () => {
  expect(rowWith("| 22:00 |", "War room opens")).toContain("Release Manager | 15 min");
  expect(rowWith("| 02:00 |", "War room closes")).toContain("Release Manager");
});

test("S1-46: the checks have their slot in the night, and the moves their command", () => {
  expect(rowWith("| 22:15 |", "Pre-cutover checks")).toContain("DevOps Lead | 15 min");
  expect(rowWith("| 23:35 |")).toContain("`cutover advance lms`");
});

test("S1-3: the way back comes first, with its command and its budget", () => {
  expect(page.split("\n## ")[1]).toMatch(
    /^Rolling back\n\n`cutover rollback lms` .* within 1 min\./,
  );
});

describe("RAWDOG's runbooks", () => {
  test("a way back that waits for a signed order says what must hold, who signs, and what if nobody can", () =>
    expect(runbookMarkdown(rawdog)).toMatch(
      /- From `retained`: `ttl-lowered` within 2 min\. First this must hold: Data reconciled by hand; .* signs for it with `cutover approve --rollback`; .* `--break-glass`/,
    ));
  const written = runbookMarkdown(rawdog);
  const chapter = (title: string) =>
    written.split("\n## ").find((each) => each.startsWith(title)) ?? "";

  test("S4-71: each move of the day has its row and its command, the final sync inside of one", () => {
    const moves = chapter("The night")
      .split("\n")
      .filter((line) => line.includes("`cutover advance rawdog`"));
    expect(moves).toHaveLength(rawdog.ladder.length - 1);
    expect(moves[1]).toContain("Maintenance on, last sync, both stores compared");
  });
  test("S4-72: the way back is a decision from top to bottom, with five triggers and its budget", () => {
    const tree = chapter("Rolling back");
    expect(tree).toContain("healthy within 2 min.");
    expect(tree).toContain(
      "1. Is an alarm raised on Error rate, Response time \\(p95\\), Failed checkouts, Payment processing errors, Rows that differ between both stores? Roll back; the alarm is authority enough",
    );
    expect(tree).toContain("On call or Release owner decides on rolling back.");
  });
  test("S4-51: the steps that prove a rollback stand there with their time", () =>
    expect(chapter("Rolling back")).toContain(
      "1. Weight 0 written, and read back from the load balancer (20 s)",
    ));
  test("S4-73: the list after the cutover has its seven items", () =>
    expect(chapter("Checklist: After the cutover").match(/^\d\. \[ \]/gm)).toHaveLength(7));
});

test("what green must be before it gets traffic, the services that it needs among it", () => {
  const fit = page.split("\n## ").find((chapter) => chapter.startsWith("Green is fit"));
  expect(fit).toContain("every pod of `lms-green` runs, within 5 min of its deployment");
  expect(fit).toContain("`status: healthy`, `database: connected` and version `3.0.0`");
  expect(fit).toContain("it reaches all it depends on: **OPEN: the services that Green needs");
});

test("what is still open stands out, and is listed for a program", async () => {
  expect(page).toContain("**OPEN: the Saturday of the cutover as YYYY-MM-DD**");
  const { status, out } = await run("runbook lms --json");
  const answer = JSON.parse(out) as { open: unknown[]; markdown: string };
  expect(status).toBe(0);
  expect(answer.open).toHaveLength(openKeys(lms).length);
  expect(answer.markdown).toBe(page);
});

test("numbers of people are named by their secret and never printed", () => {
  expect(rowWith("Release Manager", "coordination")).toContain(
    "`pulumi config get lms-contacts:releaseManager`",
  );
});

test("the pages in docs/runbooks are what the command prints", async () => {
  const folder = fileURLToPath(new URL("../../docs/runbooks", import.meta.url));
  const files = await readdir(folder);
  expect(files).toContain("lms.md");
  for (const file of files) {
    const definition = await loadSystem(file.replace(/\.md$/, ""), file);
    const stale = `stale; write it again: npm run -s cutover -- runbook ${definition.name} > docs/runbooks/${file}`;
    expect(await readFile(`${folder}/${file}`, "utf8"), stale).toBe(runbookMarkdown(definition));
  }
});

test("a system that nobody knows is refused in one line", async () => {
  const { status, log } = await run("runbook nosuch");
  expect(status).toBe(2);
  expect(log).toHaveLength(1);
});
