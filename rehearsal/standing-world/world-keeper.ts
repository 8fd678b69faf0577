import type { LedgerEntry } from "../../definition/ledger.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import { carryTime } from "../carry-time.ts";
import { firstPart } from "../load/carried-part.ts";
import { startLoad, type Load } from "../load/start-load.ts";
import type { AppliedWeights } from "../world/gateway.ts";
import type { WorldProcess } from "../world/world-process.ts";
import { alarmStates } from "./alarm-states.ts";
import type { LiveReading } from "./live-reading.ts";
import { LoadPart } from "./load-part.ts";
import { LoadReadings } from "./load-readings.ts";
import { timeAloneMustPass } from "./pace.ts";
import type { StackSight, StackWatch } from "./stack-watch.ts";

export interface WorldKeeperOptions {
  readonly operated: Pick<OperatedSystem, "system">;
  readonly world: WorldProcess;
  readonly watch: StackWatch;
  /** Cutover seconds per wall second while a stage soaks, on a machine that carries the whole load. */
  readonly speed: number;
  readonly seed: number;
}

/** Wall milliseconds between two readings. */
const readEvery = 1_000;
/** Speed for which the example's whole load is meant: that of a rehearsal. */
const speedOfWholeLoad = 60;
/** Moves that a reading shows. */
const shownMoves = 8;

/** Does in a standing world what nobody else does: begins the load, sets the clock's pace, and reads. */
export class WorldKeeper {
  readonly #options: WorldKeeperOptions;
  readonly #readings: LoadReadings;
  readonly #slack: number;
  readonly #thresholds: ReadonlySet<string>;
  #alarms: LiveReading["alarms"] = [];
  #askAlarms: (() => Promise<LiveReading["alarms"]>) | undefined;
  #load: Load | undefined;
  readonly #part: LoadPart;
  /** Part of the load that a fast minute needs to hold enough requests. */
  readonly #fastPart: number;
  #fast = false;
  #nextReadingAt = 0;

  constructor(options: WorldKeeperOptions) {
    this.#options = options;
    const { world, speed } = options;
    const { system } = options.operated;
    this.#fastPart = Math.min(1, Math.max(firstPart, speed / speedOfWholeLoad));
    this.#part = new LoadPart(system.rehearsal.blue.p95Milliseconds);
    const { period, periods } = system.alarms;
    // The gates look at whole periods: the last one of a soak ends a little later.
    this.#slack = (periods + 1) * period.milliseconds;
    this.#readings = new LoadReadings(() => ({ cutover: world.clock.now(), wall: Date.now() }));
    this.#thresholds = new Set(
      system.thresholds.flatMap(({ name, breach }) => (breach === "roll back" ? [name] : [])),
    );
  }

  /**
   * Looks at what goes on and does what follows from it. Call it a few times a second.
   * @returns a reading where a second has passed since the last one; else none.
   * @throws Error when a part of the world ended by itself.
   */
  async look(): Promise<readonly LiveReading[]> {
    const { world, watch } = this.#options;
    const [sight, weights] = await Promise.all([watch.look(), world.weights()]);
    if (this.#load?.failure !== undefined) throw new Error(this.#load.failure);
    await this.#beginLoad(weights);
    await this.#setPace(sight);
    if (Date.now() < this.#nextReadingAt) return [];
    this.#nextReadingAt = Date.now() + readEvery;
    return [await this.#read(sight, weights)];
  }

  async stop(): Promise<void> {
    await this.#load?.stop(readEvery);
  }

  /** As soon as blue answers, so that what is prepared beside it is seen to harm nobody. */
  async #beginLoad({ blue }: AppliedWeights): Promise<void> {
    const { operated, world, seed } = this.#options;
    const { rehearsal: example } = operated.system;
    if (this.#load !== undefined || blue !== 100) return;
    this.#load = await startLoad({
      gatewayUrl: world.gatewayUrl,
      example,
      requestsPerSecond: example.requestsPerSecond * this.#part.part,
      seed,
      clock: world.clock,
    });
  }

  async #setPace({ updating, moves }: StackSight): Promise<void> {
    const { world, speed } = this.#options;
    const soaked = this.#carriesUntil(moves);
    const situation = {
      updating: updating !== undefined,
      alarmed: this.#alarms.some(
        ({ threshold, state }) => state === "Alert" && this.#thresholds.has(threshold),
      ),
      carriesUntil: soaked === undefined ? undefined : soaked + this.#slack,
    };
    const fast = speed > 1 && timeAloneMustPass(situation, world.clock.now());
    if (fast === this.#fast) return;
    this.#fast = fast;
    await this.#setSpeed();
  }

  /** A fast minute needs as many requests as any other: with less load as many fewer seconds pass in one. */
  async #setSpeed(): Promise<void> {
    const { world, speed } = this.#options;
    const part = Math.min(1, this.#part.part / this.#fastPart);
    await world.letTimePass(this.#fast, Math.max(1, speed * part));
  }

  /** At wall speed a part of the load is plenty, and leaves the machine to whoever types. */
  async #setLoad({ second }: Pick<LiveReading, "second">): Promise<void> {
    const { requestsPerSecond } = this.#options.operated.system.rehearsal;
    const before = this.#part.part;
    this.#part.next(p95Of(second), this.#fast ? this.#fastPart : firstPart);
    if (this.#part.part === before) return;
    this.#load?.setRequestsPerSecond(requestsPerSecond * this.#part.part);
    await this.#setSpeed();
  }

  async #read({ updating, moves }: StackSight, weights: AppliedWeights): Promise<LiveReading> {
    const { world } = this.#options;
    this.#askAlarms ??= await alarmStates(world.url);
    // A page without alarms is better than none: the next second asks again.
    this.#alarms = await this.#askAlarms().catch(() => []);
    const load = this.#load;
    const seen = load === undefined ? undefined : await this.#readings.take(load, weights);
    if (seen !== undefined) await this.#setLoad(seen);
    return {
      at: world.clock.now(),
      wallAt: Date.now(),
      rate: world.clock.state.rate,
      weights,
      second: seen?.second,
      lately: seen?.lately,
      requests: seen?.requests,
      alarms: this.#alarms,
      stage: moves.at(-1)?.to,
      carriesUntil: this.#carriesUntil(moves),
      updating: updating?.pid,
      moves: moves
        .slice(-shownMoves)
        .reverse()
        .map(({ at, from, to }) => ({ at, from, to })),
    };
  }

  /** When the stage in force has carried its traffic long enough, cutover milliseconds. */
  #carriesUntil(moves: readonly LedgerEntry[]): number | undefined {
    const last = moves.at(-1);
    const { system } = this.#options.operated;
    const stage = system.ladder.find(({ name }) => name === last?.to);
    if (last === undefined || stage === undefined) return undefined;
    return Date.parse(last.at) + carryTime(system, stage).milliseconds;
  }
}

/** Of a second's requests, by the side that answers sooner; endless where one in 20 still has no answer. */
const p95Of = (second: LiveReading["second"]): number | null => {
  if (second === undefined) return null;
  const { blue, green, unanswered, blueP95, greenP95 } = second;
  if (unanswered > 0.05 * (blue + green + unanswered)) return Infinity;
  return blueP95 === null || greenP95 === null
    ? (blueP95 ?? greenP95)
    : Math.min(blueP95, greenP95);
};
