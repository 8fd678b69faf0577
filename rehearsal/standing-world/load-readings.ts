import type { Load } from "../load/start-load.ts";
import type { LoadTotals } from "../load/load-record.ts";
import type { LoadSummary } from "../load/load-summary.ts";
import { shareReading } from "../share-reading.ts";
import type { AppliedWeights } from "../world/gateway.ts";
import type { LiveReading, LiveShare } from "./live-reading.ts";

/** An instant on both clocks, milliseconds. */
interface Instant {
  readonly cutover: number;
  readonly wall: number;
}

/** An instant, and what had become of all requests by then. */
interface Mark extends Instant {
  readonly totals: LoadTotals;
}

/** Seconds that count as lately. */
const latelySeconds = 30;

/** Sums up what the load sees, second by second and lately. */
export class LoadReadings {
  readonly #now: () => Instant;
  #marks: Mark[] = [];
  #weights: AppliedWeights = { blue: 0, green: 0 };
  /** Readings since the weights changed. */
  #since = 0;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /**
   * Sums up the second before the last reading, whose requests have had a whole one to be answered.
   * Call it once a second.
   */
  async take(
    load: Load,
    weights: AppliedWeights,
  ): Promise<Pick<LiveReading, "second" | "lately" | "requests">> {
    await load.flush();
    const totals = load.record.totals();
    this.#marks = [...this.#marks, { ...this.#now(), totals }].slice(-(latelySeconds + 2));
    const same = weights.green === this.#weights.green && weights.blue === this.#weights.blue;
    this.#since = same ? this.#since + 1 : 0;
    this.#weights = weights;
    const [from, to, last] = this.#marks.slice(-3);
    const requests = { sent: totals.sent, failed: totals.failed + totals.lost };
    if (from === undefined || to === undefined || last === undefined) {
      return { second: undefined, lately: undefined, requests };
    }
    const second = load.record.between(from.cutover, to.cutover);
    const sent = load.record.records(from.cutover, to.cutover).length;
    const perSecond = (count: number): number => (count * 1_000) / Math.max(1, to.wall - from.wall);
    return {
      second: {
        blue: perSecond(second.blue.requests),
        green: perSecond(second.green.requests),
        unanswered: perSecond(sent - second.blue.requests - second.green.requests),
        errorPercent: errorPercent(to, last) ?? null,
        blueP95: second.blue.p95Milliseconds ?? null,
        greenP95: second.green.p95Milliseconds ?? null,
        share: this.#share(second) ?? null,
      },
      lately: this.#lately(load, to),
      requests,
    };
  }

  #lately(load: Load, to: Mark): LiveReading["lately"] {
    // The second in which the weights changed holds requests of both.
    const seconds = Math.min(latelySeconds, this.#since - 1);
    const from = seconds < 1 ? undefined : this.#marks.at(-2 - seconds);
    const seen = from && load.record.between(from.cutover, to.cutover);
    const share = seen && this.#share(seen);
    return (
      share && {
        share,
        errorPercent: errorPercent(from, to) ?? 0,
        p95Milliseconds: seen.p95Milliseconds ?? null,
      }
    );
  }

  #share({ blue, green }: LoadSummary): LiveShare | undefined {
    const answered = { blue: blue.requests, green: green.requests };
    const { seen, low, high, requests } = shareReading("", this.#weights.green, answered);
    return requests === 0 ? undefined : { seen, low, high, requests };
  }
}

/** Of the requests that came to an end between two marks, whenever they were sent: some fail late. */
const errorPercent = ({ totals: before }: Mark, { totals: after }: Mark): number | undefined => {
  const ended = after.sent - after.open - (before.sent - before.open);
  const bad = after.failed + after.lost - (before.failed + before.lost);
  return ended <= 0 ? undefined : (100 * bad) / ended;
};
