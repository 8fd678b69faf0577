import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { LiveCutover, refusedBy, nightTimeout } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

const toCanary = async (): Promise<void> => {
  await cutover.soakUntilOpen("canary");
  await cutover.reach("canary");
  expect(cutover.green()).toBe(10);
};

/** Rolls back; nobody may ask for a fact on the way, so that none can hold it up. */
const expectWayBack = async (): Promise<void> => {
  cutover.front.takeQuestions();
  const back = await cutover.reach("baseline");
  expect(refusedBy(back)).toEqual([]);
  expect(cutover.front.takeQuestions()).toEqual([]);
  expect(cutover.green()).toBe(0);
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  expect((await cutover.moves()).at(-1)).toBe("baseline");
};

test("S1-64: no traffic on a green that answers badly, or not at all, on its own address", async () => {
  await cutover.soakUntilOpen("canary");
  await cutover.letSign("canary");
  for (const fate of ["answered 503", "never answered"] as const) {
    cutover.front.let("/sides/", fate);
    expect(refusedBy(await cutover.up("canary"))).toEqual(["sides-answer"]);
    expect(cutover.green()).toBe(0);
  }
  cutover.front.let("/sides/", "passed on");
  await cutover.reach("baseline");
});

test("S1-35: no traffic while the database does not answer, or hangs up", async () => {
  await cutover.soakUntilOpen("canary");
  await cutover.letSign("canary");
  for (const fate of ["answered 503", "never answered"] as const) {
    cutover.front.let("/postgres", fate);
    expect(refusedBy(await cutover.up("canary"))).toEqual(["schema-at-head"]);
    expect(cutover.green()).toBe(0);
  }
  cutover.front.let("/postgres", "passed on");
  await cutover.reach("baseline");
});

test("S1-3: back while Datadog answers errors, which hold up the next step", async () => {
  await toCanary();
  cutover.front.let("/datadog/", "answered 503");
  expect(refusedBy(await cutover.up("half"))).toContain("live-health");
  expect(cutover.green()).toBe(10);
  await expectWayBack();
  cutover.front.let("/datadog/", "passed on");
});

test("S1-3: back while neither Datadog nor the cluster nor a side nor the database ever answers a question", async () => {
  await toCanary();
  const sources = ["/datadog/", "/kubernetes/", "/sides/", "/postgres"] as const;
  for (const source of sources) cutover.front.let(source, "never answered");
  await expectWayBack();
  for (const source of sources) cutover.front.let(source, "passed on");
});

// The source of metrics stays silent: this test is the last one.
test("S1-3: back while the source of metrics is silent", async () => {
  await toCanary();
  await cutover.world.disturb({ kind: "metrics", state: "silent" });
  await expectWayBack();
});
