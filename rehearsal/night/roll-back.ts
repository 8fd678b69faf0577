import { setTimeout as sleep } from "node:timers/promises";
import { greenWeightAt, wayBackFrom } from "../../definition/ladder.ts";
import type { Stage, WayBack } from "../../definition/stage.ts";
import type { Duration } from "../../definition/units.ts";
import type { EngineEvent } from "../../engine/engine.ts";
import { weightedBy } from "../../policies/traffic/weighted-resources.ts";
import { restoredMilliseconds, rollbackParts } from "../rollback-timing.ts";
import { shareReading } from "../share-reading.ts";
import type { AlarmChange } from "../world/world.ts";
import { refusedEnding, type Ending, type NightContext } from "./night-context.ts";
import { takeBack } from "./take-back.ts";

/** Requests that must be answered well by the safe side before it counts as healthy. */
const healthyRequests = 200;
/** A rollback that is not healthy after so many times its budget is given up. */
const hopeless = 2;

/** An alarm orders the way back: go, unless there is no safe side to go to. */
export const obeyAlarm = async (
  context: NightContext,
  stage: Stage,
  trigger: AlarmChange,
  injectedAt: number,
): Promise<Ending> => {
  const { operator, journal, definition, onProgress } = context;
  const back = wayBackFrom(definition, stage.name);
  if (!("to" in back)) return refusedEnding;
  const sickness = await operator.knownSickness();
  if (sickness.length > 0) {
    const message = `no safe side: ${sickness.join("; ")}.`;
    journal.refused(definition.name, [{ policy: "safe-side", message }]);
    journal.note("refusal", `No automatic rollback: ${message}`);
    onProgress({
      kind: "note",
      text: `${trigger.threshold} orders the way back, but there is ${message} Nothing is moved; rolling back by hand stays open.`,
    });
    return refusedEnding;
  }
  return rollBack(context, stage, back, trigger, injectedAt);
};

const rollBack = async (
  context: NightContext,
  stage: Stage,
  { to, within }: WayBack,
  trigger: AlarmChange,
  injectedAt: number,
): Promise<Ending> => {
  const { world, journal, onProgress, definition, load } = context;
  const { clock } = world;
  onProgress({ kind: "doing", what: `${trigger.threshold} fires: back to ${to}` });
  await world.letTimePass(false);
  const begunAt = clock.now();
  const writes: Writes = { beganAt: undefined, endedAt: undefined };
  const { type } = weightedBy(definition.traffic);
  await takeBack(context, (event) => {
    noteWrite(event, type, writes, clock.now());
  });
  const { lastUnsafeAt, safeAt } = await untilSafe(context, trigger.at, within);
  const writtenAt = writes.endedAt ?? clock.now();
  const parts = rollbackParts({
    triggeredAt: trigger.at,
    begunAt,
    writingAt: writes.beganAt ?? writtenAt,
    writtenAt,
    lastUnsafeAt,
    safeAt,
  });
  const firstBadAt = load?.record.firstFailureAfter(injectedAt) ?? trigger.at;
  journal.note("rollback", `Rolled back from ${stage.name} to ${to}`, trigger.at);
  journal.note("stage", `${to} carries the traffic again`);
  await observeBack(context, to);
  const text = `traffic is back on ${definition.environments.blue.name} and healthy`;
  onProgress({ kind: "reached", stage: to, text });
  return {
    outcome: "rolled-back",
    rollback: {
      trigger: trigger.threshold,
      detectedMilliseconds: Math.max(0, Math.round(trigger.at - firstBadAt)),
      restoredMilliseconds: restoredMilliseconds(parts),
      budgetMilliseconds: within.milliseconds,
      parts,
    },
  };
};

interface Writes {
  beganAt: number | undefined;
  endedAt: number | undefined;
}

/** Notes when the first write of the weights began, and when the last one ended. */
const noteWrite = (event: EngineEvent, type: string, writes: Writes, now: number): void => {
  if (event.kind === "step-started" && event.urn.includes(type)) writes.beganAt ??= now;
  if (event.kind === "step" && event.step.type === type && event.step.outcome === "done") {
    writes.endedAt = now;
  }
};

/** Waits until enough requests in a row were answered well by the safe side. */
const untilSafe = async (
  { world, signal, load }: NightContext,
  from: number,
  within: Duration,
): Promise<{ lastUnsafeAt: number; safeAt: number }> => {
  const giveUpAt = Date.now() + hopeless * within.milliseconds;
  while (load !== undefined && Date.now() < giveUpAt) {
    signal.throwIfAborted();
    await load.flush();
    const safe = load.record.safeSince(from, "blue");
    if (safe !== undefined && safe.requests >= healthyRequests) {
      const unsafe = load.record
        .records(from, safe.cutoverMilliseconds)
        .filter(({ side, outcome }) => side !== "blue" || outcome !== "ok");
      const ends = unsafe.map((each) => Math.round(each.sentCutover + each.latencyMilliseconds));
      return { lastUnsafeAt: Math.max(0, ...ends), safeAt: Math.round(safe.cutoverMilliseconds) };
    }
    await sleep(50);
  }
  return { lastUnsafeAt: world.clock.now(), safeAt: world.clock.now() };
};

/** A look at the safe side after the way back, at wall speed. */
const observeBack = async (
  { world, journal, definition, load }: NightContext,
  to: string,
): Promise<void> => {
  const from = world.clock.now();
  await sleep(1_000);
  await load?.flush();
  const seen = load?.record.between(from, world.clock.now());
  if (seen === undefined) return;
  const answered = { blue: seen.blue.requests, green: seen.green.requests };
  journal.shares.push(shareReading(to, greenWeightAt(definition, to), answered));
};
