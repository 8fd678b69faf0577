import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { pathTemplate } from "../world/application/path-template.ts";
import { seededRandom } from "../world/application/seeded-random.ts";
import { weightedPick } from "./weighted-pick.ts";
import { arrivalGap } from "./arrivals.ts";
import type { FinishedRow, FromLoad, LoadConfiguration, SentRow } from "./messages.ts";
import { outcomeOf, sideOf } from "./outcome.ts";

const EMPLOYEES = 100;
const REPORT_MILLISECONDS = 100;
/**
 * Users who wait for an answer send nothing: nobody sends while as many wait as come in so many seconds. A machine that
 * stands still for a while would else never catch up.
 */
const waitingSeconds = 4;
/** So many may wait at any rate. */
const fewestWaiting = 50;
/** How long the generator sleeps at most, so that a new rate is taken up soon. */
const LONGEST_SLEEP_MILLISECONDS = 50;

/** Sends requests at a rate of its own, however slow the answers are, unless very many wait, and accounts for each one. */
export class Generator {
  readonly #configuration: LoadConfiguration;
  readonly #report: (message: FromLoad) => void;
  readonly #pool: Pool;
  readonly #random: () => number;
  readonly #calls;
  readonly #open = new Map<number, number>();
  readonly #stopping = new AbortController();
  #requestsPerSecond: number;
  #sentCount = 0;
  #sent: SentRow[] = [];
  #finished: FinishedRow[] = [];
  #written: string[] = [];

  constructor(configuration: LoadConfiguration, report: (message: FromLoad) => void) {
    this.#configuration = configuration;
    this.#report = report;
    this.#requestsPerSecond = configuration.requestsPerSecond;
    this.#random = seededRandom(configuration.seed);
    this.#pool = new Pool(configuration.gatewayUrl, { headersTimeout: 0, bodyTimeout: 0 });
    this.#calls = configuration.requests.map(({ method, path, share }, index) => ({
      method,
      path: pathTemplate(path),
      index,
      weight: share,
    }));
  }

  setRequestsPerSecond(requestsPerSecond: number): void {
    this.#requestsPerSecond = requestsPerSecond;
  }

  /** Sends until it is stopped. */
  async run(): Promise<void> {
    const reports = setInterval(() => {
      this.flush();
    }, REPORT_MILLISECONDS);
    let previous = performance.now();
    let gap = this.#gap();
    let rate = this.#requestsPerSecond;
    while (!this.#stopping.signal.aborted) {
      if (rate !== this.#requestsPerSecond) {
        rate = this.#requestsPerSecond;
        previous = performance.now();
        gap = this.#gap();
      }
      if (this.#open.size >= Math.max(fewestWaiting, waitingSeconds * rate)) {
        await wait(LONGEST_SLEEP_MILLISECONDS);
        previous = performance.now();
        continue;
      }
      const remaining = previous + gap - performance.now();
      if (remaining > 0) {
        await wait(Math.min(remaining, LONGEST_SLEEP_MILLISECONDS));
        continue;
      }
      previous += gap;
      gap = this.#gap();
      void this.#send();
      // Answers and orders come in between, also while it is late: else it might never catch up.
      await nextTurn();
    }
    clearInterval(reports);
  }

  /** Reports everything up to now. */
  flush(): void {
    if (this.#sent.length === 0 && this.#finished.length === 0) return;
    const [sent, finished, written] = [this.#sent, this.#finished, this.#written];
    this.#report({ type: "batch", sent, finished, written });
    this.#sent = [];
    this.#finished = [];
    this.#written = [];
  }

  /** Sends nothing more, waits for answers so long, counts the rest as lost, and reports. */
  async stop(drainMilliseconds: number): Promise<void> {
    this.#stopping.abort();
    const until = performance.now() + drainMilliseconds;
    while (this.#open.size > 0 && performance.now() < until) await wait(10);
    for (const [number, startedAt] of this.#open) {
      this.#finish([number, "lost", null, 0, performance.now() - startedAt]);
    }
    this.flush();
    await this.#pool.destroy();
  }

  #gap(): number {
    return arrivalGap(this.#requestsPerSecond, this.#configuration.spacing, this.#random);
  }

  async #send(): Promise<void> {
    const call = weightedPick(this.#calls, this.#random);
    if (call === undefined) return;
    const number = this.#sentCount;
    this.#sentCount += 1;
    const startedAt = performance.now();
    this.#open.set(number, startedAt);
    this.#sent.push([number, call.index, Date.now()]);
    const expired = new AbortController();
    const timer = setTimeout(() => {
      expired.abort();
    }, this.#configuration.timeoutMilliseconds);
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: call.method,
        path: call.path.fill(String(1 + Math.floor(this.#random() * EMPLOYEES))),
        headers: { "x-request-id": String(number), "content-type": "application/json" },
        body: call.method === "GET" ? null : "{}",
        signal: expired.signal,
      });
      await body.dump({ limit: Number.MAX_SAFE_INTEGER });
      const answer = {
        status: statusCode,
        servedBy: headers["x-served-by"]?.toString(),
        maintenance: headers["x-maintenance"]?.toString(),
      };
      const latency = performance.now() - startedAt;
      const written = headers["x-written"]?.toString();
      // Whatever became of the request in the account: its client was told that it is written.
      if (written !== undefined && statusCode < 300) this.#written.push(written);
      this.#finish([number, outcomeOf(answer), sideOf(answer) ?? null, statusCode, latency]);
    } catch {
      // Refused, reset, or not answered in time: the user has seen a failure.
      this.#finish([number, "failed", null, 0, performance.now() - startedAt]);
    } finally {
      clearTimeout(timer);
    }
  }

  #finish(row: FinishedRow): void {
    if (this.#open.delete(row[0])) this.#finished.push(row);
  }
}
