import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCommandLine } from "../../cli/run.ts";
import { recordingConsole } from "../cli/recording-console.ts";
import { emptyPack } from "../../bench/bench-workspace.ts";
import { LiveCutover, nightTimeout } from "./live-cutover.ts";
import { asInTerminal } from "./terminal.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

asInTerminal(() => cutover.workspace);

const watch = async (options = "") => {
  const console = recordingConsole();
  const words = `watch lms ${options} --json`.split(" ").filter((word) => word !== "");
  const status = await runCommandLine(words, console);
  const answer: unknown = JSON.parse(console.outLines[0] ?? "{}");
  return { status, answer, log: console.logLines.join("\n") };
};

/** Whoever moves up past the gates: what is tested is the watch. */
const toCanary = async (): Promise<void> => {
  const ungated = cutover.operatorWith({ policyPack: emptyPack });
  await ungated.set("canary");
  expect((await ungated.up()).succeeded).toBe(true);
};

const raise = (threshold: string): void => {
  void cutover.world.disturb({ kind: "alarm", threshold, state: "Alert" });
};

// Each test goes on where the one before it stopped: it is one night.

test("before the first move there is nothing to see: quiet, exit 0", async () => {
  expect(await watch("--for 1s")).toMatchObject({
    status: 0,
    answer: { outcome: "quiet", orders: [], concerns: [], waiting: null, rollback: null },
  });
});

test("an alarm that people must look into moves nothing, and the watch does not end well", async () => {
  await toCanary();
  raise("cpu");
  expect(await watch("--for 1s")).toMatchObject({
    status: 1,
    answer: {
      outcome: "disturbed",
      orders: [],
      concerns: expect.arrayContaining(["alarm on CPU utilisation says Alert"]) as unknown,
    },
  });
  expect(cutover.green()).toBe(10);
});

test("no answer from Datadog is a concern, and no order", async () => {
  cutover.front.let("/datadog/", "answered 503");
  const { status, answer } = await watch("--for 1s");
  cutover.front.let("/datadog/", "passed on");
  expect({ status, answer }).toMatchObject({
    status: 1,
    answer: { outcome: "disturbed", orders: [], rollback: null },
  });
  expect(JSON.stringify(answer)).toContain("alarm on Error rate cannot be read");
});

test("S1-71: an order is obeyed at once: traffic is back, exit 3", async () => {
  raise("error-rate");
  const { status, answer, log } = await watch();
  expect({ status, answer }).toMatchObject({
    status: 3,
    answer: {
      outcome: "rolled-back",
      orders: ["error-rate"],
      rollback: { outcome: "back", from: "canary", to: "baseline" },
    },
  });
  expect(log).toContain("error-rate orders the way back: rolling back.");
  expect(cutover.green()).toBe(0);
});

test("an order that finds no traffic on green has nothing to take back", async () => {
  expect(await watch("--for 1s")).toMatchObject({
    status: 1,
    answer: { orders: ["error-rate"], waiting: "green has no traffic that could be taken back" },
  });
});

test("S1-71: an order is not obeyed while blue is no better, and the watch says why", async () => {
  await cutover.world.disturb({ kind: "weights by hand", green: 10 });
  await cutover.world.disturb({ kind: "pods", side: "blue", change: { errorShare: 0.5 } });
  await cutover.carry(4 * 60_000);
  expect(await watch("--for 1s")).toMatchObject({
    status: 1,
    answer: {
      outcome: "disturbed",
      orders: ["error-rate"],
      waiting: expect.stringContaining("no safe side: Error rate on blue") as unknown,
      rollback: null,
    },
  });
  expect(cutover.green()).toBe(10);
});

test("a span that is none is refused in one line", async () => {
  const { status, log } = await watch("--for soon");
  expect(status).toBe(2);
  expect(log).toMatch(/--for is "soon", expected a span of at most 7 d, for example 30m/);
});
