import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { LiveReading } from "../../rehearsal/standing-world/live-reading.ts";
import { OwnWorld, type Ended } from "./own-world.ts";
import { processesWith } from "./processes.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** So fast that the first stage is over in seconds, with little load. */
const fast = ["--speed", "20"];

/** Whether people have been given what a stage needs before it can be left. */
const isOver = ({ at, carriesUntil, updating }: LiveReading): boolean =>
  updating === undefined && carriesUntil !== undefined && at > carriesUntil;

/** Tries again while the gates refuse, as whole minutes of figures come in a little after a soak. */
const untilAllowed = async (attempt: () => Promise<Ended>): Promise<Ended> => {
  for (let tries = 1; ; tries += 1) {
    const ended = await attempt();
    if (ended.status === 0 || tries === 8) return ended;
    await sleep(2_000);
  }
};

const expectGone = async (world: OwnWorld): Promise<void> => {
  await expect(access(world.answer.directory)).rejects.toThrow("ENOENT");
  await expect(fetch(world.answer.page)).rejects.toThrow();
  await vi.waitFor(async () => {
    expect(await processesWith(world.mark)).toEqual([]);
  }, 10_000);
};

/** A signal to a process that may be gone already. */
const tell = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
};

describe("a world by command", () => {
  let world: OwnWorld;
  beforeAll(async () => {
    world = await OwnWorld.start(fast);
  });
  afterAll(() => world.end("SIGKILL"));

  test("when it is ready, its folder holds the stack at its first stage and the environment", async () => {
    const { env, directory, stack, policyPack, page } = world.answer;
    expect(env).toMatchObject({
      PULUMI_BACKEND_URL: `file://${directory}?metadata=skip`,
      PULUMI_STACK: stack,
      PULUMI_OPTION_POLICY_PACK: policyPack,
      CUTOVER_DIRECTORY: directory,
    });
    const config = await readFile(join(directory, `Pulumi.${stack}.yaml`), "utf8");
    expect(config).toContain("cutover:environment: rehearsal");
    expect(config).toContain("lms:trafficWeight: 0");
    const file = await readFile(join(directory, "environment.sh"), "utf8");
    for (const [name, value] of Object.entries(env)) {
      expect(file).toContain(`export ${name}='${value}'\n`);
    }
    expect(await (await fetch(page)).text()).toContain("Leave Management System");
  });

  test("`cutover` sets the system up, moves it and takes it back there, and the page shows the traffic move", async () => {
    const first = await world.cutover("advance", "lms", "--json");
    expect(first.status, first.log + first.out).toBe(0);
    const baseline = await world.reading(({ stage }) => stage === "baseline");
    expect(baseline.weights).toEqual({ blue: 100, green: 0 });
    // Nobody signs for a stage whose soak is not over.
    expect((await world.cutover("advance", "lms")).status).toBe(1);

    const soaked = await world.reading(isOver);
    expect(soaked.alarms.map(({ threshold }) => threshold)).toContain("error-rate");
    const second = await untilAllowed(() => world.cutover("advance", "lms", "--json"));
    expect(second.status, second.log + second.out).toBe(0);
    const canary = await world.reading(({ weights, lately }) => {
      return weights.green === 10 && (lately?.share.requests ?? 0) > 500;
    });
    expect(canary).toMatchObject({
      stage: "canary",
      moves: [{ to: "canary" }, { to: "baseline" }],
    });
    expect(canary.lately?.share.seen).toBeGreaterThan(0);

    const back = await world.cutover("rollback", "lms", "--json");
    expect(back.out).toContain('"outcome": "back"');
    const after = await world.reading(
      ({ stage, lately }) => stage === "baseline" && lately?.share.seen === 0,
    );
    expect(after.weights).toEqual({ blue: 100, green: 0 });
  });

  test("the clock runs fast while a stage soaks, and at wall speed when it is over", async () => {
    await world.reading(({ rate }) => rate > 1);
    const { rate } = await world.reading((reading) => isOver(reading) && reading.rate === 1);
    expect(rate).toBe(1);
  });

  test("^C at its terminal, which reaches every process of it: ends cleanly, although another shell stands in its folder", async () => {
    const shell = spawn("sleep", ["60"], { cwd: world.answer.directory, stdio: "ignore" });
    onTestFinished(() => void shell.kill());
    for (const pid of await processesWith(world.mark)) {
      // A second one would end the first process at once.
      if (Number(pid) !== world.pid) tell(Number(pid), "SIGINT");
    }
    const { status, out, log } = await world.end("SIGINT");
    expect(status, log).toBe(0);
    expect(out.split("\n")).toHaveLength(1);
    await expectGone(world);
  });
});

test("a world ends with the process that started it, though that one could not say so", async () => {
  const world = await OwnWorld.start([], (command) => [
    "sh",
    "-c",
    '"$@" & wait',
    "sh",
    ...command,
  ]);
  await world.end("SIGKILL");
  await vi.waitFor(() => expectGone(world), { timeout: 30_000, interval: 200 });
});

const installed = (process.env["PATH"] ?? "")
  .split(delimiter)
  .some((folder) => existsSync(join(folder, "pulumi")));

describe.skipIf(!installed)("with the real CLI (skipped where pulumi is not on the PATH)", () => {
  let world: OwnWorld;
  beforeAll(async () => {
    world = await OwnWorld.start(fast);
  });
  afterAll(() => world.end("SIGTERM"));

  const up = (...words: readonly string[]): Promise<Ended> => world.pulumi("up", "--yes", ...words);
  const setWeight = async (weight: number): Promise<void> => {
    const { status, log } = await world.pulumi(
      ...["config", "set", "lms:trafficWeight", String(weight)],
    );
    expect(status, log).toBe(0);
  };

  test("`pulumi up` straight away sets the system up, without a `stack init`", async () => {
    const { status, out } = await up();
    expect(status, out).toBe(0);
    expect(out).toContain("cutover-gates");
    const { out: ledger } = await world.pulumi("stack", "output", "ledger");
    expect(JSON.parse(ledger)).toMatchObject({ lms: [{ from: "(none)", to: "baseline" }] });
  });

  test("a jump is refused by the ladder, however often, and moves nothing", async () => {
    await setWeight(50);
    for (const _ of ["first", "second"]) {
      const { status, out } = await up();
      expect(status).not.toBe(0);
      expect(out).toContain("baseline → half leaves out canary");
    }
    const { weights } = await world.reading(isOver);
    expect(weights).toEqual({ blue: 100, green: 0 });
  });

  test("the next stage: its diff shows the two weights, and the traffic moves", async () => {
    await world.reading(isOver);
    await setWeight(10);
    const { status, out } = await untilAllowed(() => world.pulumi("preview", "--diff"));
    expect(status, out).toBe(0);
    expect(out).toMatch(/weight: 0 => 10/);
    expect(out).toContain("2 to update");
    expect((await up()).status).toBe(0);
    await world.reading(({ stage, weights }) => stage === "canary" && weights.green === 10);
  });

  test("a refresh finds nothing that the next update would change", async () => {
    const refreshed = await world.pulumi("refresh", "--yes");
    expect(refreshed.status, refreshed.out).toBe(0);
    const { status, out } = await up("--expect-no-changes");
    expect(status, out).toBe(0);
  });

  test("setting the value back is the rollback", async () => {
    await setWeight(0);
    const { status, out } = await up();
    expect(status, out).toBe(0);
    await world.reading(({ stage, weights }) => stage === "baseline" && weights.green === 0);
    const { out: ledger } = await world.pulumi("stack", "output", "ledger");
    const { lms } = JSON.parse(ledger) as { readonly lms: readonly { readonly to: string }[] };
    expect(lms.map(({ to }) => to)).toEqual(["baseline", "canary", "baseline"]);
  });
});
