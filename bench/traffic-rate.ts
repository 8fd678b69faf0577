import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../engine/engine.ts";
import { startLoad, type Load } from "../rehearsal/load/start-load.ts";
import { startBenchWorld, system } from "./bench-world.ts";
import type { Section } from "./section.ts";
import { rateSteps, sustained, type RateReading } from "./sustained-rate.ts";

const warmUpMilliseconds = 2_000;
const stepMilliseconds = 5_000;

/** (c) Requests a second that gateway, pods and load carry with both sides under traffic, every one accounted for. */
export const trafficRate = async (engine: Engine): Promise<Section> => {
  const bench = await startBenchWorld(engine);
  const { world } = bench;
  await world.disturb({ kind: "weights by hand", green: 50 });
  const load = await startLoad({
    gatewayUrl: world.gatewayUrl,
    example: system.rehearsal,
    seed: 1,
    clock: world.clock,
    requestsPerSecond: rateSteps[0],
    spacing: "even",
  });
  const readings: RateReading[] = [];
  try {
    for (const rate of rateSteps) {
      readings.push(await readingAt(rate, load, () => world.clock.now()));
      if (sustained(readings).exceeded) break;
    }
  } finally {
    await load.stop();
    await bench.stop();
  }
  const { sent, ok, failed, lost, maintenance } = load.record.totals();
  const { rate, unloadedMilliseconds, exceeded, at } = sustained(readings);
  return {
    name: "traffic",
    title:
      "Requests through gateway and pods, until the 95th percentile is three times the unloaded one",
    figures: [
      {
        name: "sustained",
        value: rate,
        unit: "requests/s",
        note: exceeded ? `the step to ${at} exceeded it` : "no step exceeded it",
      },
      {
        name: "95th percentile, unloaded",
        value: unloadedMilliseconds,
        unit: "ms",
        note: `at ${rateSteps[0]} requests a second`,
      },
      {
        name: "lost",
        value: lost,
        unit: "count",
        note: `of ${sent}: ${ok} ok, ${failed} failed, ${maintenance} maintenance`,
        goal: 0,
      },
      {
        name: "unaccounted for",
        value: sent - ok - failed - lost - maintenance,
        unit: "count",
        note: "sent − ok − failed − lost − maintenance",
        goal: 0,
      },
    ],
  };
};

const readingAt = async (rate: number, load: Load, now: () => number): Promise<RateReading> => {
  load.setRequestsPerSecond(rate);
  await sleep(warmUpMilliseconds);
  const from = now();
  await sleep(stepMilliseconds);
  await load.flush();
  const { requests, failed, lost, p95Milliseconds = Infinity } = load.record.between(from, now());
  return {
    rate,
    answeredPerSecond: (1_000 * (requests - failed - lost)) / stepMilliseconds,
    p95Milliseconds,
  };
};
