import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { SystemDefinition } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import { minutes, percent } from "../../definition/units.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { lms } from "../../stacks/lms.ts";
import { changedCheckout, type ChangedCheckout } from "./changed-checkout.ts";
import { LiveCutover, nightTimeout, refusedBy } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

/**
 * The LMS with what the plan of another system asks for: no worse than blue, by ten percent at the most. Of
 * memory, as a busy machine that answers slowly does not change that.
 */
const comparisons = [
  {
    name: "larger-than-blue",
    title: "Memory utilisation",
    measure: "memory",
    worse: "higher",
    tolerance: percent(10),
    leastValues: 8,
    source: "S3-21",
  },
] as const;
/** And a figure that every stage names, as if it told of data: memory again, as the world has no data to copy. */
const dataChecks = [
  {
    name: "not-in-step",
    title: "What is not in step",
    query:
      "100 * max:kubernetes.memory.usage_pct{kube_namespace:production AND kube_deployment:lms-green}",
    limit: { below: percent(60) },
    notOlderThan: minutes(5),
    source: "S4-14",
  },
] as const;
const data = dataChecks.map(({ name }) => name);
const definition: SystemDefinition = {
  ...lms,
  comparisons,
  dataChecks,
  ladder: lms.ladder.map((stage) =>
    stage.leave?.greenRequests === undefined
      ? stage
      : { ...stage, leave: { ...stage.leave, data } },
  ),
};

let checkout: ChangedCheckout;
let cutover: LiveCutover;

beforeAll(async () => {
  checkout = await changedCheckout("stacks/lms.ts", (text) =>
    text
      .replace(
        "thresholds: [",
        `comparisons: ${JSON.stringify(comparisons)},\n  dataChecks: ${JSON.stringify(dataChecks)},\n  thresholds: [`,
      )
      .replaceAll("greenRequests: 600,", `greenRequests: 600, data: ${JSON.stringify(data)},`),
  );
  cutover = await LiveCutover.start(new EmbeddedEngine(), {
    definition,
    system: settle(definition, { rehearsal: true, file: "stacks/lms.ts" }),
    policyPack: join(checkout.directory, "policies"),
  });
  const file = join(cutover.workspace.directory, "Pulumi.yaml");
  const settings = await readFile(file, "utf8");
  const main = join(checkout.directory, "start/program.mjs");
  await writeFile(file, settings.replace(/^main: .*$/m, `main: ${main}`));
  await cutover.reach("baseline");
  await moveToCanary();
});
afterAll(async () => {
  await cutover.stop();
  await checkout.remove();
});

/** Lets time pass until the first step up goes through. @throws Error with what refused it in the end. */
const moveToCanary = async (): Promise<void> => {
  let refused: readonly string[] = [];
  for (let tried = 0; tried < 10; tried += 1) {
    await cutover.carry(2 * 60_000);
    await cutover.letSign("canary");
    refused = refusedBy(await cutover.up("canary"));
    if (refused.length === 0) return;
  }
  throw new Error(`canary stayed closed: ${refused.join(", ")}`);
};

/** What the two gates say when an update would move on from a stage that has lasted its whole soak. */
const saidOfNext = async () => {
  const next = cutover.green() === 10 ? "half" : "full";
  await cutover.letSign(next);
  const { violations } = await cutover.up(next);
  const said = (gate: string) => violations.find(({ policy }) => policy === gate)?.message;
  return { compared: said("no-worse-than-blue"), data: said("data-in-step") };
};

// Each test goes on where the one before it stopped: it is one night.

test("S3-29, S4-14: a green that is no worse than blue, on data in step, is let through", async () => {
  await cutover.carry(16 * 60_000);
  expect(await saidOfNext()).toEqual({ compared: undefined, data: undefined });
});

test("S3-29, S4-14: one that is worse, or whose data is not in step, takes no more, before anything is written", async () => {
  await cutover.world.disturb({
    kind: "pods",
    side: "green",
    change: { memoryGrowthPercentPerMinute: 10, memoryCeilingPercent: 70 },
  });
  await cutover.carry(21 * 60_000);
  const [before, writes] = [cutover.green(), await cutover.routeWrites()];
  const { compared, data } = await saidOfNext();
  expect(compared).toMatch(
    /refused: Memory utilisation on green is [\d.]+ % worse than on blue, at most 10 % worse is tolerated; this is no chance\.$/,
  );
  expect(data).toMatch(/refused: What is not in step: [\d.]+ %, limit below 60 %\.$/);
  expect(await cutover.routeWrites()).toBe(writes);
  expect(cutover.green()).toBe(before);
});

test("S3-29, S4-14: nor while nobody can read how either side stands", async () => {
  const before = cutover.green();
  cutover.front.let("/datadog/", "answered 503");
  const { compared, data } = await saidOfNext();
  expect(compared).toMatch(/refused: Memory utilisation cannot be compared: Datadog/);
  expect(data).toMatch(/refused: What is not in step: Datadog/);
  expect(cutover.green()).toBe(before);
});

test("S3-29, S4-14: it goes back all the same", async () => {
  await cutover.reach("baseline");
  expect(cutover.green()).toBe(0);
});
