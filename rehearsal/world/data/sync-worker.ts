import { setTimeout as wait } from "node:timers/promises";
import type { CutoverClock } from "../../clock.ts";
import { LoopbackServer } from "../application/loopback-server.ts";
import type { Container } from "../pods/container.ts";
import type { Copier, CopierOptions } from "./copier.ts";
import { differences } from "./differences.ts";
import { syncMetrics, type SyncFigures } from "./sync-metrics.ts";
import { WakeUp } from "./wake-up.ts";

export interface SyncWorkerOptions {
  readonly stores: CopierOptions;
  readonly copier: Copier;
  readonly clock: CutoverClock;
  /** Name under which it reports. */
  readonly service: string;
  /** Whether the copying must stand still. */
  readonly stalled: () => boolean;
}

/** Changes gather so long before they are copied together, milliseconds. */
const GATHER = 10;
/** How long it waits before it looks again at what it could not do, milliseconds. */
const RETRY = 100;
/** How long it rests at most without having heard of a change, milliseconds. */
const REST = 1_000;
/** Cutover milliseconds between two comparisons of the stores. */
const COMPARE_EVERY = 5_000;
/** A comparison costs at most one part in so many of the time. */
const COMPARE_PART = 20;
/** A process that copies needs little memory, percent of its limit. */
const MEMORY_PERCENT = 30;

/** The process that copies between two stores while it runs. What it has not copied waits in its store. */
export class SyncWorker implements Container {
  readonly #options: SyncWorkerOptions;
  readonly #ended = new AbortController();
  readonly #heard = new WakeUp();
  readonly #stopListening: readonly (() => void)[];
  #server: LoopbackServer | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #loaded = false;
  #mismatches: number | undefined;
  /** Cutover time since when changes wait and none is copied. */
  #stuckSince: number | undefined;

  private constructor(options: SyncWorkerOptions) {
    this.#options = options;
    const { blue, green } = options.stores;
    this.#stopListening = [blue, green].map((store) =>
      store.onCapture(() => {
        this.#heard.call();
      }),
    );
  }

  /** Begins to copy, and to report on a free port. */
  static async start(options: SyncWorkerOptions): Promise<SyncWorker> {
    const worker = new SyncWorker(options);
    const metrics = syncMetrics(options.service, () => worker.#figures());
    worker.#server = await LoopbackServer.start((request, response) => {
      if (request.url !== "/metrics") {
        response.end("running");
        return;
      }
      metrics().then(
        (text) => response.writeHead(200, { "content-type": "text/plain" }).end(text),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    worker.#work = Promise.all([worker.#copy(), worker.#compare()]);
    return worker;
  }

  get origin(): string {
    return this.#server?.origin ?? "";
  }

  memoryPercent(): number {
    return MEMORY_PERCENT;
  }

  /** Finishes what it is copying, then ends. */
  async stop(): Promise<void> {
    await this.kill();
    await this.#work;
  }

  async kill(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    this.#ended.abort();
    this.#heard.call();
    await this.#server?.stop();
  }

  async #copy(): Promise<void> {
    const { signal } = this.#ended;
    const { copier, stalled } = this.#options;
    while (!signal.aborted) {
      try {
        if (stalled() || !(await copier.prepared())) {
          await this.#noteStuck();
          await this.#heard.wait(RETRY);
          continue;
        }
        if (!this.#loaded) {
          await copier.load();
          this.#loaded = true;
          continue;
        }
        const copied = await copier.copyOldest();
        this.#stuckSince = undefined;
        if (copied === 0) await this.#heard.wait(REST);
        await wait(GATHER);
      } catch {
        // What could not be copied waits in its store, and is in the figures until it is.
        this.#stuckSince ??= this.#options.clock.now();
        await wait(RETRY);
      }
    }
  }

  async #noteStuck(): Promise<void> {
    const { stores, clock } = this.#options;
    if (this.#stuckSince !== undefined) return;
    const backlogs = [await stores.blue.backlog(), await stores.green.backlog()];
    if (backlogs.some(({ changes }) => changes > 0)) this.#stuckSince = clock.now();
  }

  async #compare(): Promise<void> {
    const { signal } = this.#ended;
    const { stores, clock } = this.#options;
    while (!signal.aborted) {
      const began = performance.now();
      try {
        if (this.#loaded) this.#mismatches = (await differences(stores)).length;
      } catch {
        // A store that does not answer cannot be compared: the last figure stands.
      }
      const took = performance.now() - began;
      await Promise.all([
        clock.sleep(COMPARE_EVERY, signal),
        wait(COMPARE_PART * took, undefined, { signal }).catch(() => undefined),
      ]);
    }
  }

  async #figures(): Promise<SyncFigures> {
    const { stores, clock } = this.#options;
    const backlogs = [await stores.blue.backlog(), await stores.green.backlog()];
    const oldest = Math.min(...backlogs.map((each) => each.oldest ?? Number.POSITIVE_INFINITY));
    const since = this.#stuckSince;
    // Copying is real work and takes wall time; while it stands still, cutover time passes.
    const age = since === undefined ? Date.now() - oldest : clock.now() - since;
    return {
      backlog: backlogs.reduce((sum, { changes }) => sum + changes, 0),
      lag: Number.isFinite(oldest) ? Math.max(0, age) : 0,
      mismatches: this.#mismatches,
    };
  }
}
