import type { Side } from "../world/behaviour.ts";
import { loadSeries, type LoadPoint } from "./load-series.ts";
import { loadSummary, type LoadSummary } from "./load-summary.ts";
import type { FinishedRow, SentRow } from "./messages.ts";
import type { Outcome } from "./outcome.ts";
import type { RequestRecord } from "./request-record.ts";
import { safeSince, type SafeSince } from "./safe-since.ts";

/** Every request that was sent, by what it came to: sent = ok + failed + lost + maintenance + open. */
export type LoadTotals = Readonly<Record<Outcome | "sent" | "open", number>>;

/** So many requests are kept one by one; older ones are in the totals only. 40 minutes at 400 a second. */
const KEPT = 1_000_000;

/** What is known of the load's requests, request by request. */
export class LoadRecord {
  readonly #cutoverAt: (wallMilliseconds: number) => number;
  readonly #kept: number;
  readonly #counts = { sent: 0, ok: 0, failed: 0, lost: 0, maintenance: 0, open: 0 };
  #records: RequestRecord[] = [];

  /** @param cutoverAt what the cutover clock showed at a wall time. */
  constructor(cutoverAt: (wallMilliseconds: number) => number, kept = KEPT) {
    this.#cutoverAt = cutoverAt;
    this.#kept = kept;
  }

  totals(): LoadTotals {
    return { ...this.#counts };
  }

  /** The requests sent from one cutover instant until before another one, milliseconds. */
  between(cutoverFrom: number, cutoverTo: number): LoadSummary {
    return loadSummary(this.records(cutoverFrom, cutoverTo));
  }

  /** Cutover time of the first failed or lost request that was sent at an instant or later. */
  firstFailureAfter(cutoverMilliseconds: number): number | undefined {
    return this.records(cutoverMilliseconds).find(
      ({ outcome }) => outcome === "failed" || outcome === "lost",
    )?.sentCutover;
  }

  /** From when on, not before an instant, every request was served well by one side. */
  safeSince(cutoverMilliseconds: number, side: Side): SafeSince | undefined {
    return safeSince(this.records(cutoverMilliseconds), side);
  }

  /** Points for plots, a step of wall milliseconds each. */
  series(stepMilliseconds: number): readonly LoadPoint[] {
    return loadSeries(this.#records, stepMilliseconds);
  }

  /** The requests that were sent in a span of cutover time, in the order of sending. */
  records(cutoverFrom: number, cutoverTo = Number.POSITIVE_INFINITY): readonly RequestRecord[] {
    return this.#records.slice(this.#firstAt(cutoverFrom), this.#firstAt(cutoverTo));
  }

  /** Adds what the load's process reports. */
  add(sent: readonly SentRow[], finished: readonly FinishedRow[]): void {
    for (const [number, call, sentWall] of sent) {
      this.#counts.sent += 1;
      this.#counts.open += 1;
      const sentCutover = this.#cutoverAt(sentWall);
      this.#records.push({
        ...{ number, call, sentWall, sentCutover },
        ...{ outcome: undefined, side: undefined, status: 0, latencyMilliseconds: 0 },
      });
    }
    for (const row of finished) this.#finish(row);
    // By tenths, since each cut copies the rest.
    if (this.#records.length > this.#kept * 1.1) this.#records = this.#records.slice(-this.#kept);
  }

  /** Stamps anew what was sent at a wall time or later, when the clock's change there is heard of late. */
  restamp(wallMilliseconds: number): void {
    for (let index = this.#records.length - 1; index >= 0; index -= 1) {
      const record = this.#records[index];
      if (record === undefined || record.sentWall < wallMilliseconds) return;
      record.sentCutover = this.#cutoverAt(record.sentWall);
    }
  }

  /** Ends the account: no outcome will come any more, so what is open is lost. */
  close(): void {
    for (const { number, outcome } of this.#records) {
      if (outcome === undefined) this.#finish([number, "lost", null, 0, 0]);
    }
    this.#counts.lost += this.#counts.open;
    this.#counts.open = 0;
  }

  #finish([number, outcome, side, status, latencyMilliseconds]: FinishedRow): void {
    const record = this.#records[number - (this.#records[0]?.number ?? 0)];
    if (record?.outcome !== undefined) return;
    this.#counts.open -= 1;
    this.#counts[outcome] += 1;
    if (record !== undefined) {
      Object.assign(record, { outcome, side: side ?? undefined, status, latencyMilliseconds });
    }
  }

  /** Index of the first request sent at a cutover instant or later; they are in that order. */
  #firstAt(cutoverMilliseconds: number): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.sentCutover ?? 0) < cutoverMilliseconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
