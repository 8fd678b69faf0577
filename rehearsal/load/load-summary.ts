import { quantileSorted } from "simple-statistics";
import type { Side } from "../world/behaviour.ts";
import type { RequestRecord } from "./request-record.ts";

/** One side's part of a span; requests that got no answer belong to neither side. */
export interface SideSummary {
  readonly requests: number;
  readonly failed: number;
  /** Of its answers, milliseconds; undefined without any. */
  readonly p95Milliseconds: number | undefined;
}

/** What the requests of a span came to; those still open are not in it. */
export interface LoadSummary {
  readonly requests: number;
  readonly ok: number;
  readonly failed: number;
  readonly lost: number;
  readonly maintenance: number;
  readonly blue: SideSummary;
  readonly green: SideSummary;
  /** Share of the answers that name a side, 0–1; both 0 without any. */
  readonly share: Readonly<Record<Side, number>>;
  /** Of all answers, milliseconds; undefined without any. */
  readonly p95Milliseconds: number | undefined;
}

const p95 = (records: readonly RequestRecord[]): number | undefined => {
  const latencies = records
    .filter(({ status }) => status > 0)
    .map((each) => each.latencyMilliseconds);
  return latencies.length === 0
    ? undefined
    : quantileSorted(
        latencies.sort((a, b) => a - b),
        0.95,
      );
};

const failures = (records: readonly RequestRecord[]): number =>
  records.filter(({ outcome }) => outcome === "failed").length;

const sideSummary = (records: readonly RequestRecord[]): SideSummary => ({
  requests: records.length,
  failed: failures(records),
  p95Milliseconds: p95(records),
});

/** Sums up requests: counts by outcome and side, shares, and the 95th percentile of latency. */
export const loadSummary = (records: readonly RequestRecord[]): LoadSummary => {
  const finished = records.filter(({ outcome }) => outcome !== undefined);
  const count = (wanted: RequestRecord["outcome"]): number =>
    finished.filter(({ outcome }) => outcome === wanted).length;
  const blue = sideSummary(finished.filter(({ side }) => side === "blue"));
  const green = sideSummary(finished.filter(({ side }) => side === "green"));
  const named = Math.max(1, blue.requests + green.requests);
  return {
    requests: finished.length,
    ok: count("ok"),
    failed: count("failed"),
    lost: count("lost"),
    maintenance: count("maintenance"),
    blue,
    green,
    share: { blue: blue.requests / named, green: green.requests / named },
    p95Milliseconds: p95(finished),
  };
};
