import { expect, test, vi } from "vitest";
import { elbWorld } from "./elb-world.ts";

const second = 1_000;
/** Cutover time that passes fast. */
const pass = async ({ clock }: ReturnType<typeof elbWorld>, milliseconds: number) => {
  clock.setRate(100);
  await clock.sleep(milliseconds);
  clock.setRate(1);
};
/** Lets cutover time pass fast until the targets are in these states. */
const become = async (world: ReturnType<typeof elbWorld>, expected: readonly string[]) => {
  world.clock.setRate(100);
  await vi.waitFor(
    () => {
      expect(states(world)).toEqual(expected);
    },
    { timeout: 20_000, interval: 5 },
  );
  world.clock.setRate(1);
};
const states = ({ targets, green }: ReturnType<typeof elbWorld>) =>
  targets.describe(green.arn).map(({ state, reason }) => (reason ? `${state} ${reason}` : state));

test("targets of a group that no rule forwards to are not looked after, and get no request", async () => {
  const world = elbWorld();
  const { pod } = await world.target("green");
  world.targets.register(world.green.arn, [pod]);
  await pass(world, 20 * second);
  expect(states(world)).toEqual(["unused Target.NotInUse"]);
  expect(world.targets.inRotation(world.green.arn)).toEqual([]);
  world.split(0);
  // At once: the next check in turn would be ten seconds away.
  await vi.waitFor(
    () => {
      expect(states(world)).toEqual(["healthy"]);
    },
    { timeout: 5_000 },
  );
  expect(world.targets.inRotation(world.green.arn)).toEqual([pod]);
});

test("a target is new until its first good check, and lost after as many bad ones as the group says", async () => {
  const world = elbWorld();
  world.split(10);
  const [one, other] = [await world.target("green"), await world.target("green")];
  world.targets.register(world.green.arn, [one.pod, other.pod]);
  expect(states(world)).toEqual([
    "initial Elb.InitialHealthChecking",
    "initial Elb.InitialHealthChecking",
  ]);
  expect(world.targets.inRotation(world.green.arn)).toEqual([]);
  await become(world, ["healthy", "healthy"]);
  one.status = 503;
  await pass(world, 15 * second);
  expect(states(world)).toEqual(["healthy", "healthy"]);
  await become(world, ["unhealthy Target.ResponseCodeMismatch", "healthy"]);
  expect(world.targets.inRotation(world.green.arn)).toEqual([other.pod]);
  one.status = 200;
  await become(world, ["healthy", "healthy"]);
});

test("with none healthy all of them get requests: the group fails open", async () => {
  const world = elbWorld();
  world.split(10);
  const [one, other] = [await world.target("green"), await world.target("green")];
  world.targets.register(world.green.arn, [one.pod, other.pod]);
  await become(world, ["healthy", "healthy"]);
  for (const target of [one, other]) target.status = 500;
  await become(world, [
    "unhealthy Target.ResponseCodeMismatch",
    "unhealthy Target.ResponseCodeMismatch",
  ]);
  expect(world.targets.inRotation(world.green.arn)).toHaveLength(2);
});

test("who is deregistered gets no new request at once, and is gone when it has drained", async () => {
  const world = elbWorld();
  world.split(10);
  const { pod } = await world.target("green");
  world.targets.register(world.green.arn, [pod]);
  await become(world, ["healthy"]);
  world.targets.register(world.green.arn, []);
  expect(world.targets.inRotation(world.green.arn)).toEqual([]);
  expect(states(world)).toEqual(["draining Target.DeregistrationInProgress"]);
  await become(world, []);
});

test("one that comes back while it drains is a new target", async () => {
  const world = elbWorld();
  world.split(10);
  const { pod } = await world.target("green");
  world.targets.register(world.green.arn, [pod]);
  world.targets.register(world.green.arn, []);
  world.targets.register(world.green.arn, [pod]);
  await become(world, ["healthy"]);
  await pass(world, 31 * second);
  expect(states(world)).toEqual(["healthy"]);
});

test("nobody listening is no good check", async () => {
  const world = elbWorld();
  world.split(10);
  const { pod, server } = await world.target("green");
  await new Promise((resolve) => server.close(resolve));
  world.targets.register(world.green.arn, [pod]);
  await become(world, ["unhealthy Target.FailedHealthChecks"]);
});
