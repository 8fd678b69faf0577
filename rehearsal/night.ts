import { setTimeout as sleep } from "node:timers/promises";
import { greenWeightAt, postureAt, wayBackFrom } from "../definition/ladder.ts";
import { nothingYet } from "../definition/ledger.ts";
import type { Stage } from "../definition/stage.ts";
import type { SettledSystem, SystemDefinition } from "../definition/system.ts";
import { minutes, type Duration } from "../definition/units.ts";
import type { EngineEvent, OperationResult } from "../engine/engine.ts";
import type { Journal } from "./journal.ts";
import type { Load } from "./load/start-load.ts";
import { routeType, type Operator } from "./operator.ts";
import type { Progress } from "./progress.ts";
import type { Outcome, RollbackResult } from "./rehearsal-record.ts";
import { restoredMilliseconds, rollbackParts } from "./rollback-timing.ts";
import type { Misstep, PlannedFault } from "./scenarios/fault.ts";
import { insideInterval, shareReading } from "./share-reading.ts";
import type { AlarmChange } from "./world/world.ts";
import type { WorldProcess } from "./world/world-process.ts";

export interface NightOptions {
  readonly definition: SystemDefinition;
  readonly system: SettledSystem;
  readonly planned: readonly PlannedFault[];
  readonly world: WorldProcess;
  readonly operator: Operator;
  readonly journal: Journal;
  /** Begins the load, once there is something to answer it. */
  readonly startLoad: () => Promise<Load>;
  readonly onProgress: (progress: Progress) => void;
  /** Cutover seconds per wall second while only time must pass. */
  readonly speed: number;
  readonly signal: AbortSignal;
}

/** How a night ended. */
export interface Ending {
  readonly outcome: Outcome;
  readonly rollback: RollbackResult | null;
}

const refusedEnding: Ending = { outcome: "refused", rollback: null };

/** How long a stage without a soak is watched, so that the gates of the next move have facts. */
const leastWatch = minutes(5);
/** How long an operator goes on asking when the gates refuse, before the move is tried all the same. */
const patience = minutes(3);
/** Requests that must be answered well by the safe side before it counts as healthy. */
const healthyRequests = 200;
/** Longer than any budget: a rollback that is not healthy by then is given up, wall milliseconds. */
const hopeless = 120_000;

/** One cutover night: up the ladder stage by stage, or back. */
export class Night {
  readonly #options: NightOptions;
  #load: Load | undefined;

  constructor(options: NightOptions) {
    this.#options = options;
  }

  async run(): Promise<Ending> {
    const { system, onProgress } = this.#options;
    let from = nothingYet;
    for (const stage of system.ladder) {
      this.#options.signal.throwIfAborted();
      onProgress({ kind: "stage", stage: stage.name, title: stage.title });
      const moved = await this.#move(from, stage);
      if (moved !== undefined) return moved;
      const carried = await this.#carry(stage);
      if (carried !== undefined) return carried;
      from = stage.name;
    }
    return { outcome: "completed", rollback: null };
  }

  /** Ends the load; its record is complete then. */
  async end(): Promise<Load | undefined> {
    await this.#load?.stop();
    return this.#load;
  }

  /** One step up: ask the gates, then update. */
  async #move(from: string, stage: Stage): Promise<Ending | undefined> {
    const { world, operator, journal, onProgress, definition } = this.#options;
    if (from !== nothingYet) await this.#askGates(from, stage.name);
    await world.letTimePass(false);
    await this.#inject("into", stage.name);
    await operator.set(stage.name);
    onProgress({ kind: "doing", what: `pulumi up (${inConfig(definition, stage.name)})` });
    const began = world.clock.now();
    const updated = new AbortController();
    const loading = this.#load === undefined ? this.#beginLoad(updated.signal) : undefined;
    const result = await this.#update(stage.name).finally(() => {
      updated.abort();
    });
    await loading;
    journal.note("update", `Update to ${stage.name}`, began);
    if (result?.succeeded !== true) return refusedEnding;
    journal.weights.push({ at: world.clock.now(), green: (await world.weights()).green });
    journal.stages.push({
      stage: stage.name,
      posture: postureAt(definition, stage.name),
      operations: result.operations,
      changed: result.steps.filter(({ operation }) => changes.has(operation)).map(({ urn }) => urn),
      milliseconds: result.milliseconds,
      observed: {
        requests: 0,
        failed: 0,
        share: { blue: 0, green: 0 },
        p95Milliseconds: 0,
      },
    });
    journal.note("stage", `${stage.name} carries the traffic`);
    if (loading !== undefined) await this.#settle();
    return undefined;
  }

  /** Begins the load as soon as blue answers, so that what is prepared beside it is seen to harm nobody. */
  async #beginLoad(updated: AbortSignal): Promise<void> {
    const { world } = this.#options;
    while ((await world.weights()).blue !== 100) {
      if (updated.aborted) return;
      await sleep(50);
    }
    this.#load = await this.#options.startLoad();
  }

  /**
   * Finds the load that this machine can carry: on a busy one fewer requests, and as many fewer cutover
   * seconds a second, so that every soak still sees as many requests.
   */
  async #settle(): Promise<void> {
    const { world, system, onProgress, signal } = this.#options;
    const load = this.#load;
    if (load === undefined) return;
    const { requestsPerSecond, blue } = system.rehearsal;
    for (let part = 1; part >= 1 / 4; part /= 2) {
      if (part < 1) {
        const rate = requestsPerSecond * part;
        onProgress({ kind: "note", text: `This machine is busy: ${rate} requests a second.` });
        load.setRequestsPerSecond(rate);
        await world.letTimePass(false, this.#options.speed * part);
      }
      // The first requests open connections and warm up; those after them count.
      await sleep(1_500, undefined, { signal });
      const from = world.clock.now();
      await sleep(1_500, undefined, { signal });
      await load.flush();
      const { p95Milliseconds = Infinity } = load.record.between(from, world.clock.now());
      if (p95Milliseconds <= 3 * blue.p95Milliseconds) return;
    }
  }

  /** Updates; an update that fails half-way without a refusal is resumed once by the same command. */
  async #update(stage: string): Promise<OperationResult | undefined> {
    const { operator, journal, onProgress } = this.#options;
    if (this.#misstep("into", stage) === "is killed while updating") {
      await operator.upAndDie();
      journal.updateFailed = true;
      journal.note("note", "The updating process was killed");
      onProgress({
        kind: "note",
        text: "The updating process was killed; the same command again.",
      });
    }
    const first = await operator.up();
    if (first.succeeded || this.#noteRefusal(first)) return first;
    this.#options.signal.throwIfAborted();
    journal.updateFailed = true;
    onProgress({ kind: "note", text: `The update failed: ${firstError(first)} Once more.` });
    journal.note("note", `The update failed: ${firstError(first)}`);
    const second = await operator.up();
    if (!second.succeeded && !this.#noteRefusal(second)) {
      const message = firstError(second);
      journal.note("refusal", `The update failed again: ${message}`);
      onProgress({ kind: "note", text: `The update failed again: ${message}` });
    }
    return second;
  }

  #noteRefusal({ violations }: OperationResult): boolean {
    const { journal, definition, onProgress } = this.#options;
    const mandatory = violations
      .filter(({ level }) => level === "mandatory")
      // Pulumi puts the policy's description before what it says.
      .map(({ policy, message }) => ({ policy, message: message.split("\n").at(-1) ?? message }));
    journal.refused(definition.name, mandatory);
    for (const { policy, message } of mandatory) {
      journal.note("refusal", `${policy}: ${message}`);
      onProgress({ kind: "note", text: `${policy}: ${message}` });
    }
    return mandatory.length > 0;
  }

  /** Asks until the gates let the move through or patience ends, and keeps what they said last. */
  async #askGates(from: string, to: string): Promise<void> {
    const { world, operator, journal, onProgress, signal } = this.#options;
    onProgress({ kind: "doing", what: `asking the gates about ${to}` });
    const giveUpAt = world.clock.now() + patience.milliseconds;
    for (;;) {
      const judgement = await operator.judge(to);
      if (judgement === undefined) return;
      const now = world.clock.now();
      if (judgement.allowed || now >= giveUpAt) {
        journal.judged(from, to, judgement);
        return;
      }
      // The next minute's figures, or the instant that the gates name.
      const next = Math.max(judgement.nextPossibleAt ?? now + minutes(1).milliseconds, now + 1_000);
      await world.letTimePass(true);
      await world.clock.until(Math.min(next, giveUpAt), signal);
    }
  }

  /** Lets the stage carry its traffic for its whole soak, watched. */
  async #carry(stage: Stage): Promise<Ending | undefined> {
    const { world, system, journal, definition, onProgress, signal } = this.#options;
    const soak: Duration = stage.leave?.soak ?? leastWatch;
    const began = world.clock.now();
    const ends = began + soak.milliseconds;
    const alarmed = new AbortController();
    let trigger: AlarmChange | undefined;
    const stopListening = world.onAlarm((change) => {
      this.#noteAlarm(change);
      const ordersRollback = system.thresholds.some(
        ({ name, breach }) => name === change.threshold && breach === "roll back",
      );
      if (change.state !== "Alert" || !ordersRollback || trigger !== undefined) return;
      trigger = change;
      alarmed.abort();
    });
    const stopWatching = this.#watch(stage, began, ends);
    const stop = AbortSignal.any([alarmed.signal, signal]);
    let injectedAt = began;
    try {
      await world.letTimePass(true);
      await world.clock.until(began + soak.milliseconds / 5, stop);
      injectedAt = world.clock.now();
      if (trigger === undefined) await this.#inject("during", stage.name);
      await world.clock.until(ends, stop);
    } finally {
      stopWatching();
      stopListening();
    }
    signal.throwIfAborted();
    await this.#observe(stage, began);
    journal.note("soak", `${stage.name} carries its traffic`, began);
    if (trigger !== undefined) return this.#onRollbackAlarm(stage, trigger, injectedAt);
    if (this.#misstep("during", stage.name) === "skips a stage") return this.#skip(stage);
    return this.#checkShare(stage, definition.ladder.at(-1)?.name === stage.name, onProgress);
  }

  /** What the load saw of the stage. */
  async #observe(stage: Stage, began: number): Promise<void> {
    const { world, journal, definition } = this.#options;
    const load = this.#load;
    if (load === undefined) return;
    await load.flush();
    const seen = load.record.between(began, world.clock.now());
    const last = journal.stages.pop();
    if (last === undefined) return;
    journal.stages.push({
      ...last,
      observed: {
        requests: seen.requests,
        failed: seen.failed + seen.lost,
        share: seen.share,
        p95Milliseconds: Math.round(seen.p95Milliseconds ?? 0),
      },
    });
    journal.shares.push(
      shareReading(stage.name, greenWeightAt(definition, stage.name), {
        blue: seen.blue.requests,
        green: seen.green.requests,
      }),
    );
  }

  /** A stage is reached when traffic says so. Before a further move the gates judge that themselves. */
  #checkShare(
    stage: Stage,
    last: boolean,
    onProgress: NightOptions["onProgress"],
  ): Ending | undefined {
    const { journal, definition } = this.#options;
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
    if (!last) return undefined;
    const message = `refused: ${text}.`;
    journal.refused(definition.name, [{ policy: "observed-share", message }]);
    journal.note("refusal", `observed-share: ${message}`);
    return refusedEnding;
  }

  /** The operator sets the value of the stage after the next and is refused, however often. */
  async #skip(stage: Stage): Promise<Ending> {
    const { world, system, operator, definition, onProgress } = this.#options;
    const { ladder } = system;
    const target = ladder[ladder.findIndex(({ name }) => name === stage.name) + 2];
    if (target === undefined) return refusedEnding;
    await world.letTimePass(false);
    await operator.set(target.name);
    for (const attempt of ["first", "second"]) {
      onProgress({
        kind: "doing",
        what: `pulumi up (${inConfig(definition, target.name)}), ${attempt} try`,
      });
      const result = await operator.up();
      if (!this.#noteRefusal(result)) {
        return { outcome: result.succeeded ? "completed" : "refused", rollback: null };
      }
    }
    return refusedEnding;
  }

  /** An alarm orders the way back: go, unless there is no safe side to go to. */
  async #onRollbackAlarm(stage: Stage, trigger: AlarmChange, injectedAt: number): Promise<Ending> {
    const { operator, journal, definition, onProgress } = this.#options;
    const back = wayBackFrom(definition, stage.name);
    if (!("to" in back)) return refusedEnding;
    const judgement = await operator.judgeStanding();
    const safe = judgement?.verdicts.find(({ rule }) => rule === "safe-side");
    if (safe?.verdict.outcome === "refused") {
      const { message } = safe.verdict;
      journal.refused(definition.name, [{ policy: safe.rule, message }]);
      journal.note("refusal", `No automatic rollback: ${message}`);
      onProgress({
        kind: "note",
        text: `${trigger.threshold} orders the way back, but ${message} Nothing is moved; rolling back by hand stays open.`,
      });
      return refusedEnding;
    }
    return this.#rollBack(stage, back.to, back.within, trigger, injectedAt);
  }

  async #rollBack(
    stage: Stage,
    to: string,
    within: Duration,
    trigger: AlarmChange,
    injectedAt: number,
  ): Promise<Ending> {
    const { world, operator, journal, onProgress, definition } = this.#options;
    const { clock } = world;
    onProgress({ kind: "doing", what: `${trigger.threshold} fires: back to ${to}` });
    await world.letTimePass(false);
    await operator.set(to);
    const begunAt = clock.now();
    const writes = { beganAt: 0, endedAt: 0 };
    const result = await operator.up((event) => {
      noteWrite(event, writes, clock.now());
    });
    this.#noteRefusal(result);
    journal.weights.push({ at: clock.now(), green: (await world.weights()).green });
    const safe = await this.#untilSafe(trigger.at);
    const writingAt = writes.beganAt === 0 ? begunAt : writes.beganAt;
    const writtenAt = writes.endedAt === 0 ? clock.now() : writes.endedAt;
    const parts = rollbackParts({
      triggeredAt: trigger.at,
      begunAt,
      writingAt,
      writtenAt,
      lastUnsafeAt: safe.lastUnsafeAt,
      safeAt: safe.safeAt,
    });
    const firstBad = this.#load?.record.firstFailureAfter(injectedAt) ?? trigger.at;
    journal.note("rollback", `Rolled back from ${stage.name} to ${to}`, trigger.at);
    if (!result.succeeded)
      onProgress({ kind: "note", text: `The update failed: ${firstError(result)}` });
    journal.note("stage", `${to} carries the traffic again`);
    await this.#observeBack(to);
    onProgress({
      kind: "reached",
      stage: to,
      text: `traffic is back on ${definition.environments.blue.name} and healthy`,
    });
    return {
      outcome: "rolled-back",
      rollback: {
        trigger: trigger.threshold,
        detectedMilliseconds: Math.max(0, Math.round(trigger.at - firstBad)),
        restoredMilliseconds: restoredMilliseconds(parts),
        budgetMilliseconds: within.milliseconds,
        parts,
      },
    };
  }

  /** Waits until enough requests in a row were answered well by the safe side. */
  async #untilSafe(from: number): Promise<{ lastUnsafeAt: number; safeAt: number }> {
    const { world, signal } = this.#options;
    const load = this.#load;
    const giveUpAt = Date.now() + hopeless;
    while (load !== undefined && Date.now() < giveUpAt) {
      signal.throwIfAborted();
      await load.flush();
      const safe = load.record.safeSince(from, "blue");
      if (safe !== undefined && safe.requests >= healthyRequests) {
        const unsafe = load.record
          .records(from, safe.cutoverMilliseconds)
          .filter(({ side, outcome }) => side !== "blue" || outcome !== "ok");
        const ends = unsafe.map((each) => each.sentCutover + each.latencyMilliseconds);
        return { lastUnsafeAt: Math.max(0, ...ends), safeAt: safe.cutoverMilliseconds };
      }
      await sleep(50);
    }
    return { lastUnsafeAt: world.clock.now(), safeAt: world.clock.now() };
  }

  /** A look at the safe side after the way back, at wall speed. */
  async #observeBack(to: string): Promise<void> {
    const { world, journal, definition } = this.#options;
    const from = world.clock.now();
    await sleep(1_000);
    await this.#load?.flush();
    const seen = this.#load?.record.between(from, world.clock.now());
    if (seen === undefined) return;
    journal.shares.push(
      shareReading(to, greenWeightAt(definition, to), {
        blue: seen.blue.requests,
        green: seen.green.requests,
      }),
    );
  }

  #planned(moment: "into" | "during", stage: string): readonly PlannedFault[] {
    return this.#options.planned.filter(
      (each) => each.stage === stage && each.fault.moment === moment,
    );
  }

  #misstep(moment: "into" | "during", stage: string): Misstep | undefined {
    return this.#planned(moment, stage).find(({ fault }) => fault.misstep !== undefined)?.fault
      .misstep;
  }

  async #inject(moment: "into" | "during", stage: string): Promise<void> {
    const { world, journal, onProgress } = this.#options;
    for (const { fault } of this.#planned(moment, stage)) {
      for (const disturbance of fault.disturbances) await world.disturb(disturbance);
      journal.faults.push({
        name: fault.name,
        stage,
        sentence: fault.sentence,
        at: world.clock.now(),
      });
      journal.note("fault", `${fault.name}: ${fault.sentence}`);
      onProgress({ kind: "note", text: `Fault ${fault.name}: ${fault.sentence}` });
    }
  }

  #noteAlarm({ threshold, state, value }: AlarmChange): void {
    const { journal, onProgress } = this.#options;
    const text = `Alarm ${threshold}: ${state}${value === undefined ? "" : ` at ${value.toFixed(2)}`}`;
    journal.note("alarm", text);
    if (state === "Alert") onProgress({ kind: "note", text });
  }

  /** Tells about the last minute, twice a second, until the returned function is called. */
  #watch(stage: Stage, began: number, ends: number): () => void {
    const { world, definition, onProgress } = this.#options;
    const set = greenWeightAt(definition, stage.name);
    const timer = setInterval(() => {
      const now = world.clock.now();
      const seen = this.#load?.record.between(Math.max(began, now - 60_000), now);
      if (seen === undefined || seen.requests === 0) return;
      onProgress({
        kind: "watching",
        watched: {
          set,
          seen: 100 * seen.share.green,
          errorPercent: (100 * (seen.failed + seen.lost)) / seen.requests,
          p95Milliseconds: seen.p95Milliseconds ?? 0,
          remainingMilliseconds: Math.max(0, ends - now),
          rate: world.clock.state.rate,
        },
      });
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }
}

const changes = new Set(["create", "update", "replace", "delete"]);

/** When the first write of the weights began, and when the last one ended. */
const noteWrite = (
  event: EngineEvent,
  writes: { beganAt: number; endedAt: number },
  now: number,
): void => {
  if (event.kind === "step-started" && event.urn.includes(routeType) && writes.beganAt === 0) {
    writes.beganAt = now;
  }
  if (event.kind === "step" && event.step.type === routeType && event.step.outcome === "done") {
    writes.endedAt = now;
  }
};

const firstError = ({ diagnostics }: OperationResult): string => {
  const error =
    diagnostics.find(({ severity }) => severity === "error")?.message ?? "no reason given";
  return error.split("\n")[0] ?? error;
};

const inConfig = (definition: SystemDefinition, stage: string): string =>
  Object.entries(postureAt(definition, stage))
    .map(([key, value]) => `${definition.name}:${key} ${JSON.stringify(value)}`)
    .join(", ");
