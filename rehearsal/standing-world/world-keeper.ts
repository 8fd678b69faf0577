import type { LedgerEntry } from "../../definition/ledger.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import { carryTime } from "../carry-time.ts";
import { climbToCarriedPart, firstPart } from "../load/carried-part.ts";
import { startLoad, type Load } from "../load/start-load.ts";
import type { AppliedWeights } from "../world/gateway.ts";
import type { WorldProcess } from "../world/world-process.ts";
import { alarmStates } from "./alarm-states.ts";
import type { LiveReading } from "./live-reading.ts";
import { LoadReadings } from "./load-readings.ts";
import { timeAloneMustPass } from "./pace.ts";
import type { StackSight, StackWatch } from "./stack-watch.ts";

export interface WorldKeeperOptions {
  readonly operated: Pick<OperatedSystem, "system">;
  readonly world: WorldProcess;
  readonly watch: StackWatch;
  /** Cutover seconds per wall second while a stage soaks. */
  readonly speed: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Wall milliseconds between two readings. */
const readEvery = 1_000;
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
  #climbing = false;
  /** Part of the example's load that this machine carries; undefined until that is known. */
  #carried: number | undefined;
  #fast = false;
  #nextReadingAt = 0;

  constructor(options: WorldKeeperOptions) {
    this.#options = options;
    const { world } = options;
    const { system } = options.operated;
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
    await this.#beginLoad(sight, weights);
    await this.#setPace(sight);
    if (Date.now() < this.#nextReadingAt) return [];
    this.#nextReadingAt = Date.now() + readEvery;
    return [await this.#read(sight, weights)];
  }

  async stop(): Promise<void> {
    await this.#load?.stop(readEvery);
  }

  /** As soon as blue answers, so that what is prepared beside it is seen to harm nobody. */
  async #beginLoad({ updating }: StackSight, { blue }: AppliedWeights): Promise<void> {
    const { operated, world, seed, speed, signal } = this.#options;
    const { rehearsal: example } = operated.system;
    if (this.#load === undefined) {
      if (blue !== 100) return;
      this.#load = await startLoad({
        gatewayUrl: world.gatewayUrl,
        example,
        requestsPerSecond: example.requestsPerSecond * firstPart,
        seed,
        clock: world.clock,
      });
      return;
    }
    if (this.#climbing || speed === 1 || updating !== undefined) return;
    this.#climbing = true;
    void climbToCarriedPart(this.#load, example, world.clock, signal).then(
      (part) => {
        this.#carried = part;
        this.#load?.setRequestsPerSecond(example.requestsPerSecond * firstPart);
      },
      () => undefined,
    );
  }

  async #setPace({ updating, moves }: StackSight): Promise<void> {
    const { world, speed, operated } = this.#options;
    if (this.#carried === undefined) return;
    const soaked = this.#carriesUntil(moves);
    const situation = {
      updating: updating !== undefined,
      alarmed: this.#alarms.some(
        ({ threshold, state }) => state === "Alert" && this.#thresholds.has(threshold),
      ),
      carriesUntil: soaked === undefined ? undefined : soaked + this.#slack,
    };
    const fast = timeAloneMustPass(situation, world.clock.now());
    if (fast === this.#fast) return;
    this.#fast = fast;
    // A fast minute needs as many requests as any other; at wall speed a part is plenty, and leaves the
    // machine to whoever types. With less load as many fewer seconds pass in one.
    const part = fast ? this.#carried : firstPart;
    this.#load?.setRequestsPerSecond(operated.system.rehearsal.requestsPerSecond * part);
    await world.letTimePass(fast, Math.max(1, speed * this.#carried));
  }

  async #read({ updating, moves }: StackSight, weights: AppliedWeights): Promise<LiveReading> {
    const { world } = this.#options;
    this.#askAlarms ??= await alarmStates(world.url);
    // A page without alarms is better than none: the next second asks again.
    this.#alarms = await this.#askAlarms().catch(() => []);
    const load = this.#load;
    const seen = load === undefined ? undefined : await this.#readings.take(load, weights);
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
    const stage = this.#options.operated.system.ladder.find(({ name }) => name === last?.to);
    if (last === undefined || stage === undefined) return undefined;
    return Date.parse(last.at) + carryTime(stage).milliseconds;
  }
}
