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

const roundSpans = [3600, 1800, 900, 600, 300, 120, 60, 30, 15, 10, 5, 2, 1].map(
  (seconds) => seconds * 1000,
);

/** Instants to label, at most `most` of them: the roundest first, finer ones where there is room left. */
export const ticksOf = (axis: TimeAxis, most: number): readonly number[] => {
  const apart = axis.wallSeconds / most;
  const [edge, otherEdge] = [apart / 4, axis.wallSeconds - apart / 3];
  const placed: { readonly at: number; readonly instant: number }[] = [];
  for (const unit of roundSpans) {
    const last = axis.instantAt(otherEdge);
    for (
      let instant = Math.ceil(axis.instantAt(edge) / unit) * unit;
      instant <= last;
      instant += unit
    ) {
      const at = axis.secondsAt(instant);
      if (placed.every((other) => Math.abs(other.at - at) >= apart)) placed.push({ at, instant });
    }
  }
  return placed.map(({ instant }) => instant).sort((one, other) => one - other);
};
