/** A stretch of time, half-open, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const overlaps = (one: Span, other: Span): boolean =>
  one.from < other.to && other.from < one.to;

/** The part of a span that lies in another one; one without length where they do not overlap. */
export const clipped = ({ from, to }: Span, within: Span): Span => {
  const start = Math.max(from, within.from);
  return { from: start, to: Math.max(start, Math.min(to, within.to)) };
};

/** The same time in as few spans as can be, in order. */
export const merged = (spans: readonly Span[]): readonly Span[] => {
  const ordered = spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  const result: Span[] = [];
  for (const span of ordered) {
    const last = result.at(-1);
    if (last === undefined || last.to < span.from) result.push(span);
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return result;
};

/** A span without the time of others, in order. */
export const without = (span: Span, taken: readonly Span[]): readonly Span[] => {
  const left: Span[] = [];
  let from = span.from;
  for (const each of merged(taken)) {
    if (each.from > from) left.push(clipped({ from, to: each.from }, span));
    from = Math.max(from, each.to);
  }
  left.push({ from, to: span.to });
  return left.filter((each) => each.from < each.to);
};
