import { followedWithin } from "../../definition/followed-within.ts";
import { greenWeightAt } from "../../definition/ladder.ts";
import type { Stage } from "../../definition/stage.ts";
import { inWords } from "../../definition/units.ts";
import { carryTime } from "../carry-time.ts";
import { insideInterval, shareReading } from "../share-reading.ts";
import type { AlarmChange } from "../world/world.ts";
import { inject, misstepAt } from "./injection.ts";
import { inConfig } from "./move.ts";
import { refusedEnding, type Ending, type NightContext } from "./night-context.ts";
import { noteRefusal } from "./refusal.ts";
import { obeyAlarm } from "./roll-back.ts";
import { passStretch } from "./pass-stretch.ts";
import { stretchesOf } from "./stretches.ts";
import { watch } from "./watch.ts";

/** Lets a stage carry its traffic for its whole soak, watched. @returns an ending when that ends the night. */
export const carry = async (context: NightContext, stage: Stage): Promise<Ending | undefined> => {
  const { world, journal, signal, system } = context;
  const { clock } = world;
  const stretches = stretchesOf(system, stage, context.speed);
  const began = clock.now();
  const ends = began + carryTime(system, stage).milliseconds;
  const alarm = listenForAlarm(context);
  const stopWatching = watch(context, stage, began, ends);
  const stop = AbortSignal.any([alarm.fired, signal]);
  let injectedAt = began;
  try {
    for (const [index, stretch] of stretches.entries()) {
      const from = clock.now();
      if (index === 0) {
        // A fault comes into a stage that has been healthy for a while.
        await passStretch(context, stretch, began + stretch.ends / 5, stop);
        injectedAt = clock.now();
        if (!alarm.fired.aborted) await inject(context, "during", stage.name);
      }
      await passStretch(context, stretch, began + stretch.ends, stop);
      if (stop.aborted) break;
      if (!stretch.real)
        journal.note("note", `${passedFast(clock.now() - from)} passed fast`, from);
    }
  } finally {
    stopWatching();
    alarm.stopListening();
  }
  signal.throwIfAborted();
  await observe(context, stage, began);
  journal.note("soak", `${stage.name} carries its traffic`, began);
  const trigger = alarm.change();
  if (trigger !== undefined) return obeyAlarm(context, stage, trigger, injectedAt);
  if (misstepAt(context, "during", stage.name) === "skips a stage") return skip(context, stage);
  return checkShare(context, stage);
};

/** In whole minutes, as a clock that runs fast stops at no exact second. */
const passedFast = (milliseconds: number): string =>
  inWords({ milliseconds: Math.round(milliseconds / 60_000) * 60_000 });

/** Notes every alarm, and stops the waiting at the first one that orders the way back. */
const listenForAlarm = ({ world, system, journal, onProgress }: NightContext) => {
  const fired = new AbortController();
  let first: AlarmChange | undefined;
  const stopListening = world.onAlarm((change) => {
    const { threshold, state, value } = change;
    const text = `Alarm ${threshold}: ${state}${value === undefined ? "" : ` at ${value.toFixed(2)}`}`;
    journal.note("alarm", text);
    if (state !== "Alert") return;
    onProgress({ kind: "note", text });
    const { breach } = system.thresholds.find(({ name }) => name === threshold) ?? {};
    if (breach !== "roll back" || first !== undefined) return;
    first = change;
    fired.abort();
  });
  return { fired: fired.signal, change: () => first, stopListening };
};

/** Writes down what the load saw of the stage. */
const observe = async (
  { world, journal, definition, load }: NightContext,
  stage: Stage,
  began: number,
): Promise<void> => {
  const last = journal.stages.at(-1);
  if (load === undefined || last === undefined) return;
  await load.flush();
  const now = world.clock.now();
  const seen = load.record.between(began, now);
  // Before, clients may still go where they went at the stage before.
  const { blue, green, share } = load.record.between(
    began + followedWithin(definition.traffic).milliseconds,
    now,
  );
  journal.stages[journal.stages.length - 1] = {
    ...last,
    observed: {
      requests: seen.requests,
      failed: seen.failed + seen.lost,
      share,
      p95Milliseconds: Math.round(seen.p95Milliseconds ?? 0),
    },
  };
  const answered = { blue: blue.requests, green: green.requests };
  journal.shares.push(shareReading(stage.name, greenWeightAt(definition, stage.name), answered));
};

/** A stage is reached when traffic says so. Before a further move the gates judge that themselves. */
const checkShare = (context: NightContext, stage: Stage): Ending | undefined => {
  const { journal, definition, onProgress } = context;
  const reading = journal.shares.at(-1);
  if (reading === undefined) return undefined;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const text = `green answered ${percent(reading.seen)} of ${reading.requests} requests; the weight set is ${percent(reading.set)}`;
  if (insideInterval(reading)) {
    onProgress({ kind: "reached", stage: stage.name, text });
    journal.note("note", `${stage.name} reached: ${text}`);
    return undefined;
  }
  onProgress({ kind: "note", text: `${stage.name} is not reached: ${text}` });
  if (definition.ladder.at(-1)?.name !== stage.name) return undefined;
  const message = `refused: ${text}.`;
  journal.refused(definition.name, [{ policy: "observed-share", message }]);
  journal.note("refusal", `observed-share: ${message}`);
  return refusedEnding;
};

/** The operator sets the value of the stage after the next and is refused, however often. */
const skip = async (context: NightContext, stage: Stage): Promise<Ending> => {
  const { world, system, operator, definition, onProgress } = context;
  const target = system.ladder[system.ladder.findIndex(({ name }) => name === stage.name) + 2];
  if (target === undefined) return refusedEnding;
  await world.letTimePass(false);
  await operator.set(target.name);
  for (const attempt of ["first", "second"]) {
    const what = `pulumi up (${inConfig(definition, target.name)}), ${attempt} try`;
    onProgress({ kind: "doing", what });
    const result = await operator.up();
    if (!noteRefusal(context, result)) {
      return { outcome: result.succeeded ? "completed" : "refused", rollback: null };
    }
  }
  return refusedEnding;
};
