import { closedStretches } from "./closed-stretches.ts";
import { judgedWindows, openSpans, type KnownCalendar } from "./judged-windows.ts";
import { clipped, merged, overlaps, without, type Span } from "./span.ts";

/** A span of a calendar, every moment of it either open or closed for a reason. */
export interface CalendarView {
  readonly windows: readonly Span[];
  readonly closed: readonly ClosedSpan[];
}

/** A stretch with everything that keeps it closed. */
export interface ClosedSpan extends Span {
  readonly reasons: readonly string[];
}

/** Why a moment is closed that nothing else closes. */
export const outsideEveryWindow = "outside every window";

/**
 * When forward moves may go, and everywhere else why not. Windows and closed stretches are cut to the span,
 * in order, and together they are the span.
 * @throws RangeError where it is not known what is a public holiday.
 */
export const calendarView = (known: KnownCalendar, span: Span): CalendarView => {
  const windows = merged(openSpans(known, span).map((open) => clipped(open, span)));
  const judged = judgedWindows(known, span);
  const reasoned = [
    ...without(
      span,
      judged.map(({ planned }) => planned),
    ).map((gap) => ({ ...gap, reason: outsideEveryWindow })),
    ...judged.flatMap(({ closed }) => closed),
    ...closedStretches(known.calendar, known.holidays, span),
  ];
  const closed = without(span, windows);
  const edges = [...closed, ...reasoned].flatMap(({ from, to }) => [from, to]);
  return { windows, closed: joined(explained(cut(closed, edges), reasoned)) };
};

/** Spans cut at every edge inside of them. */
const cut = (spans: readonly Span[], edges: readonly number[]): readonly Span[] => {
  const ordered = [...new Set(edges)].sort((a, b) => a - b);
  let next = 0;
  return spans.flatMap(({ from, to }) => {
    const pieces: Span[] = [];
    let start = from;
    for (; next < ordered.length && (ordered[next] ?? to) <= to; next += 1) {
      const edge = ordered[next] ?? to;
      if (edge > start) pieces.push({ from: start, to: edge });
      start = Math.max(start, edge);
    }
    return pieces;
  });
};

interface Reasoned extends Span {
  readonly reason: string;
}

/** Pieces in order, each with the reasons that hold over it, what is always so at the end. */
const explained = (
  pieces: readonly Span[],
  reasoned: readonly Reasoned[],
): readonly ClosedSpan[] => {
  const waiting = [...reasoned].sort((a, b) => b.from - a.from);
  let holding: readonly Reasoned[] = [];
  return pieces.map((piece) => {
    const begun: Reasoned[] = [];
    for (let last = waiting.at(-1); last !== undefined && last.from < piece.to;) {
      begun.push(last);
      waiting.pop();
      last = waiting.at(-1);
    }
    holding = [...holding, ...begun].filter((each) => overlaps(each, piece));
    const reasons = new Set(holding.map(({ reason }) => reason));
    const outside = reasons.delete(outsideEveryWindow) ? [outsideEveryWindow] : [];
    return { ...piece, reasons: [...reasons, ...outside] };
  });
};

/** Neighbours that are closed for the same reasons, as one. */
export const joined = (pieces: readonly ClosedSpan[]): readonly ClosedSpan[] => {
  const result: ClosedSpan[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.to === piece.from && last.reasons.join("\n") === piece.reasons.join("\n")) {
      result[result.length - 1] = { ...last, to: piece.to };
    } else {
      result.push(piece);
    }
  }
  return result;
};
