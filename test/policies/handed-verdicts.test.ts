import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { genesis } from "../../definition/ledger.ts";
import { leaveVerdicts, takeVerdicts } from "../../policies/handed-verdicts.ts";
import type { RuleVerdict } from "../../policies/judge.ts";
import { notApplicable, passed, refused, type Verdict } from "../../policies/rules/rule.ts";
import { move as moved } from "./lms-night.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "cutover-handed-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const variables = () => ({ PULUMI_HOME: home });
const place = { sequence: 3, follows: genesis, sinceCommit: "" };
const move = { ...moved("canary", "half"), place };
const { system, stack, from, to } = move;
const about = { system, stack, from, to, sequence: 3, follows: genesis };
const nobody = { verdicts: {}, evidence: {} };

const said = (rule: string, verdict: Verdict): RuleVerdict => ({
  ...{ rule, sentence: "", severity: "high" },
  verdict,
});
const judgement = {
  verdicts: [
    said("ladder", passed("a step")),
    said("approvals", passed("jo", [{ file: "evidence/lms/a.json", sha256: "ab" }])),
    said("notice", notApplicable("none is promised")),
    said("soak", refused({ found: "1 of 15 minutes", expected: "15 minutes" })),
  ],
};

test("the program takes what the pack has said of its move, once", async () => {
  const began = Date.now();
  await leaveVerdicts(move, judgement, variables());
  expect(await takeVerdicts(about, began, variables())).toEqual({
    verdicts: {
      ladder: "passed",
      approvals: "passed",
      notice: "not-applicable",
      soak: "refused",
    },
    evidence: { "evidence/lms/a.json": "ab" },
  });
  expect(await takeVerdicts(about, began, variables())).toEqual(nobody);
  expect(await readdir(join(home, "cutover-verdicts"))).toEqual([]);
});

test("who broke the glass is handed on beside the verdicts", async () => {
  const brokenGlass = { person: "jo", reason: "nobody answers", file: "evidence/lms/b.json" };
  const proofs = [{ file: brokenGlass.file, sha256: "cd" }];
  const verdict = { ...passed("broken glass by jo", proofs), brokenGlass };
  await leaveVerdicts(move, { verdicts: [said("way-back-needs", verdict)] }, variables());
  expect(await takeVerdicts(about, 0, variables())).toEqual({
    verdicts: { "way-back-needs": "passed" },
    evidence: { "evidence/lms/b.json": "cd" },
    brokenGlass,
  });
});

test("what was said of another move, or of an update before this one, is not taken", async () => {
  await leaveVerdicts(move, judgement, variables());
  for (const other of [
    { stack: "other" },
    { system: "nxop" },
    { to: "full" },
    { sequence: 4 },
    { follows: "f".repeat(64) },
  ]) {
    expect(await takeVerdicts({ ...about, ...other }, 0, variables())).toEqual(nobody);
  }
  expect(await takeVerdicts(about, Date.now() + 1, variables())).toEqual(nobody);
});

test("a move without a place in the ledger leaves nothing", async () => {
  const { place: _, ...lost } = move;
  await leaveVerdicts(lost, judgement, variables());
  expect(await readdir(home)).toEqual([]);
});

test("a folder that cannot be written, and files that are none, are nobody's verdict and no error", async () => {
  const began = Date.now();
  await leaveVerdicts(move, judgement, variables());
  const [file = ""] = await readdir(join(home, "cutover-verdicts"));
  const path = join(home, "cutover-verdicts", file);
  for (const text of ["", "{", "[]", '{"at":9e15,"verdicts":{"a":"maybe"},"evidence":{}}']) {
    await writeFile(path, text);
    expect(await takeVerdicts(about, began, variables()), text).toEqual(nobody);
  }
  await writeFile(join(home, "elsewhere"), JSON.stringify({ at: 9e15, ...nobody }));
  await rm(path, { force: true });
  await symlink(join(home, "elsewhere"), path);
  expect(await takeVerdicts(about, began, variables())).toEqual(nobody);
  const nowhere = { PULUMI_HOME: join(home, "elsewhere") };
  await leaveVerdicts(move, judgement, nowhere);
  expect(await takeVerdicts(about, began, nowhere)).toEqual(nobody);
});
