import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runningUpdate } from "../../components/running-update.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-running-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("an update says who runs it: a variable before git's settings and the machine's login", async () => {
  const { operator } = await runningUpdate({ CUTOVER_OPERATOR: "jo, run 17" });
  expect(operator).toEqual({ name: "jo, run 17", by: "variable" });
  for (const CUTOVER_OPERATOR of [undefined, "", " \n"]) {
    const other = await runningUpdate({ CUTOVER_OPERATOR });
    expect(["git", "login"]).toContain(other.operator.by);
  }
});

test("a name is one line of what can be seen, and not too long", async () => {
  const nameOf = async (CUTOVER_OPERATOR: string): Promise<string> =>
    (await runningUpdate({ CUTOVER_OPERATOR })).operator.name;
  const long = await nameOf(`\u001b[31mjo\n\u0000\ud800 ${"ä".repeat(500)}`);
  expect(long).toMatch(/^\[31mjo ä+$/);
  expect(long).toHaveLength(120);
  expect(await nameOf(`a${"😀".repeat(100)}`)).toBe(`a${"😀".repeat(59)}`);
});

test("the plan that an update keeps to is kept by its digest, and one that nobody can read as such", async () => {
  const planOf = async (CUTOVER_PLAN: string | undefined): Promise<string> =>
    (await runningUpdate({ CUTOVER_PLAN })).plan;
  const file = join(folder, "plan.json");
  await writeFile(file, JSON.stringify({ manifest: { time: "now" }, resourcePlans: {} }));
  expect(await planOf(undefined)).toBe("");
  expect(await planOf(file)).toMatch(/^[0-9a-f]{64}$/);
  await writeFile(file, "{");
  expect(await planOf(file)).toBe("unreadable");
  expect(await planOf(join(folder, "nowhere.json"))).toBe("unreadable");
});
