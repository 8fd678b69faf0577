import type { RehearsalRecord } from "../rehearsal-record.ts";

/** One bend of the axis: at a cutover instant, wall seconds since the rehearsal began. */
export interface Bend {
  readonly at: number;
  readonly seconds: number;
}

/**
 * The axis that the timeline and all plots share. It is drawn in proportion to the wall clock, so spans
 * in which the cutover clock ran fast are short, and labelled in cutover time.
 */
export interface TimeAxis {
  readonly bends: readonly Bend[];
  readonly wallSeconds: number;
  /** Wall seconds since the beginning at a cutover instant; instants outside are moved to the edge. */
  readonly secondsAt: (instant: number) => number;
  /** Cutover instant at so many wall seconds since the beginning. */
  readonly instantAt: (seconds: number) => number;
  /** Place on the axis in percent of its length. */
  readonly percentAt: (instant: number) => number;
}

type Night = Pick<RehearsalRecord, "beganAt" | "endedAt" | "fast">;

/** The axis of a rehearsal; fast spans that overlap count once, the earlier one. */
export const timeAxis = ({ beganAt, endedAt, fast }: Night): TimeAxis => {
  const bends: Bend[] = [{ at: beganAt, seconds: 0 }];
  const bendAt = (at: number, rate: number): void => {
    const last = bends.at(-1) ?? { at: beganAt, seconds: 0 };
    if (at > last.at) bends.push({ at, seconds: last.seconds + (at - last.at) / 1000 / rate });
  };
  for (const { from, to, rate } of [...fast].sort((one, other) => one.from - other.from)) {
    bendAt(Math.min(from, endedAt), 1);
    bendAt(Math.min(to, endedAt), Math.max(rate, 1));
  }
  bendAt(endedAt, 1);
  const wallSeconds = bends.at(-1)?.seconds ?? 0;
  const secondsAt = (instant: number): number => between(bends, instant, "at", "seconds");
  return {
    bends,
    wallSeconds,
    secondsAt,
    instantAt: (seconds) => between(bends, seconds, "seconds", "at"),
    percentAt: (instant) => (wallSeconds === 0 ? 0 : (secondsAt(instant) / wallSeconds) * 100),
  };
};

const between = (
  bends: readonly Bend[],
  value: number,
  from: keyof Bend,
  to: keyof Bend,
): number => {
  const after = bends.findIndex((bend) => bend[from] >= value);
  const end = bends[after === -1 ? bends.length - 1 : after];
  const start = bends[after - 1];
  if (end === undefined) return 0;
  if (after === -1 || start === undefined) return end[to];
  const part = (value - start[from]) / (end[from] - start[from]);
  return start[to] + part * (end[to] - start[to]);
};

const roundSpans = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map(
  (seconds) => seconds * 1000,
);

/** Instants to label, at most `most` of them, each rounded as far as its neighbourhood allows. */
export const ticksOf = (axis: TimeAxis, most: number): readonly number[] => {
  const apart = axis.wallSeconds / most;
  const ticks: number[] = [];
  for (let index = 0; index < most; index += 1) {
    const seconds = (index + 0.5) * apart;
    const reach = axis.instantAt(seconds + apart / 2) - axis.instantAt(seconds - apart / 2);
    const unit = roundSpans.findLast((candidate) => candidate <= reach / 2) ?? 1000;
    const tick = Math.round(axis.instantAt(seconds) / unit) * unit;
    const last = ticks.at(-1);
    const farEnough = last === undefined || axis.secondsAt(tick) - axis.secondsAt(last) > apart * 0.7;
    if (farEnough) ticks.push(tick);
  }
  return ticks;
};
