import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
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

const watch = async (options = "", console = recordingConsole()) => {
  const words = `watch lms ${options} --json`.split(" ").filter((word) => word !== "");
  const status = await runCommandLine(words, console);
  const answer: unknown = JSON.parse(console.outLines[0] ?? "{}");
  return { status, answer, log: console.logLines.join("\n") };
};

/** How long a first look may take on a busy machine, milliseconds. */
const lookedOnce = { timeout: 60_000 };

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

test("S4-40: a span is one of the cutover's clock: it ends by itself, says that nothing fired, exit 0", async () => {
  const { clock } = cutover.world;
  const began = { at: clock.now(), onTheWall: performance.now() };
  const span = 5 * 60_000;
  cutover.world.letTimePass(true, 60);
  onTestFinished(() => void cutover.world.letTimePass(false, 60));
  const console = recordingConsole();
  expect(await runCommandLine(["watch", "lms", "--for", "5m"], console)).toBe(0);
  expect(console.outLines).toEqual([
    expect.stringMatching(
      /^Quiet: lms on rehearsal, \d+ looks; no alarm was raised that orders the way back\.$/,
    ),
  ]);
  expect(clock.now() - began.at).toBeGreaterThanOrEqual(span);
  expect(performance.now() - began.onTheWall).toBeLessThan(span);
});

test("S4-40: a clock that answers late does not make the watch endless", async () => {
  cutover.front.let("/clock", "answered 503");
  const console = recordingConsole();
  const watching = watch("--for 1s", console);
  await vi.waitFor(() => expect(console.logLines.at(-1)).toContain("(time unknown)"), lookedOnce);
  cutover.front.let("/clock", "passed on");
  expect(await watching).toMatchObject({ status: 0, answer: { outcome: "quiet" } });
});

test.for([
  { span: "", status: 0, outcomes: ["quiet"], title: "without a span ends well" },
  { span: "--for 30m", status: 1, outcomes: [], title: "before its span is over does not" },
])("S4-40: a watch that is interrupted $title", async ({ span, status, outcomes }) => {
  const console = recordingConsole();
  const watching = watch(span, console);
  await vi.waitFor(() => expect(console.logLines.at(-1)).toContain("all alarms quiet"), lookedOnce);
  console.interrupt();
  expect((await watching).status).toBe(status);
  expect(console.outLines.map((text) => JSON.parse(text) as unknown)).toMatchObject(
    outcomes.map((outcome) => ({ outcome })),
  );
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

test("S1-71, S4-40: an order is obeyed at once, long before the span is over: traffic is back, exit 3", async () => {
  raise("error-rate");
  const { status, answer, log } = await watch("--for 30m");
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

test.for(["soon", "0m", "169h"])("S4-40: --for %s is refused in one line, exit 2", async (span) => {
  const console = recordingConsole();
  expect(await runCommandLine(["watch", "lms", "--for", span], console)).toBe(2);
  expect(console.outLines).toEqual([]);
  expect(console.logLines).toEqual([
    expect.stringContaining(
      `--for is "${span}", expected a span of at most 7 d, for example 30m, 1h30m or 90s`,
    ),
  ]);
});
