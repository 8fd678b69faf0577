import { html, type Markup } from "../markup.ts";
import { clockTime } from "../figures.ts";
import type { NightMarks } from "./night-marks.ts";
import type { PlotSeries, PlotSpecification } from "./plot-specification.ts";

const width = 720;
const height = 190;
const box = { left: 46, right: 712, top: 18, bottom: 166 };
const mostPoints = 600;

/** A plot as a still drawing: for paper, and for readers without scripts. */
export const stillPlot = (
  plot: PlotSpecification,
  seconds: readonly number[],
  marks: NightMarks,
): Markup => {
  const last = Math.max(marks.wallSeconds, 0.001);
  const x = (at: number): number => round(box.left + (at / last) * (box.right - box.left));
  const y = (value: number): number =>
    round(box.bottom - (Math.min(value, plot.top) / plot.top) * (box.bottom - box.top));
  return html`<svg
    class="still"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${plot.title}. ${plot.summary}"
  >
    ${marks.stages.map(
      ({ stage, from, to }, index) =>
        html`<rect
            class="band ${index % 2 === 0 ? "even" : "odd"}"
            x="${x(from)}"
            y="${box.top}"
            width="${round(x(to) - x(from))}"
            height="${box.bottom - box.top}"
          />${
            x(to) - x(from) > stage.length * 6 &&
            html`<text class="band-name" x="${x(from) + 4}" y="12">${stage}</text>`
          }`,
    )}
    ${plot.ticks.map(
      (tick) =>
        html`<line
            class="grid"
            x1="${box.left}"
            x2="${box.right}"
            y1="${y(tick)}"
            y2="${y(tick)}"
          /><text class="tick" x="${box.left - 6}" y="${y(tick) + 3}" text-anchor="end"
            >${tick}</text
          >`,
    )}
    <text class="tick" x="${box.left - 6}" y="9" text-anchor="end">${plot.unit}</text>
    ${marks.ticks.map(
      ({ at, instant }) =>
        html`<text class="tick" x="${x(at)}" y="182" text-anchor="middle"
          >${clockTime(instant)}</text
        >`,
    )}
    ${plot.series.map(
      (series) =>
        html`<path
          class="${series.form.replace(" ", "-")} ${series.colour}"
          d="${pathOf(series, seconds, x, y)}"
        />`,
    )}
    ${plot.intervals.map(
      ({ fromSeconds, toSeconds, low, high, seen }) =>
        html`<rect
            class="interval"
            x="${x(fromSeconds)}"
            y="${y(high)}"
            width="${round(x(toSeconds) - x(fromSeconds))}"
            height="${round(Math.max(2, y(low) - y(high)))}"
          /><line
            class="seen"
            x1="${x(fromSeconds)}"
            x2="${x(toSeconds)}"
            y1="${y(seen)}"
            y2="${y(seen)}"
          />`,
    )}
    ${limitLines(plot, y)}
    ${marks.fast.map(({ from, to }) => html`<line class="fast" x1="${x(from)}" x2="${x(to)}" y1="${box.bottom - 2}" y2="${box.bottom - 2}" />`)}
    ${marks.events.map(
      ({ at, kind, number }) =>
        html`<line
            class="event ${kind}"
            x1="${x(at)}"
            x2="${x(at)}"
            y1="${box.top}"
            y2="${box.bottom}"
          /><text class="event-number" x="${x(at) + 2}" y="${box.top + 9}">${number}</text>`,
    )}
  </svg>`;
};

/** Names stand above their lines, and below one another where lines are close. */
const limitLines = (plot: PlotSpecification, y: (value: number) => number): readonly Markup[] => {
  let free = box.top + 8;
  return [...plot.limits]
    .sort((one, other) => other.value - one.value)
    .map(({ label, value, orders }) => {
      const at = Math.max(y(value) - 3, free);
      free = at + 11;
      return html`<line
          class="limit ${orders.replace(" ", "-")}"
          x1="${box.left}"
          x2="${box.right}"
          y1="${y(value)}"
          y2="${y(value)}"
        /><text class="limit-name" x="${box.right - 4}" y="${at}" text-anchor="end"
          >${label}: ${orders}</text
        >`;
    });
};

const round = (value: number): number => Math.round(value * 10) / 10;

const pathOf = (
  { form, values }: PlotSeries,
  seconds: readonly number[],
  x: (at: number) => number,
  y: (value: number) => number,
): string => {
  const stride = Math.max(1, Math.ceil(values.length / mostPoints));
  const runs: { at: number; value: number }[][] = [[]];
  for (let start = 0; start < values.length; start += stride) {
    const known = values.slice(start, start + stride).filter((value) => value !== null);
    // The highest of the points that share a pixel: a peak must not vanish on paper.
    if (known.length > 0) runs.at(-1)?.push({ at: seconds[start] ?? 0, value: Math.max(...known) });
    else if (runs.at(-1)?.length !== 0) runs.push([]);
  }
  return runs
    .filter((run) => run.length > 0)
    .map((run) => {
      const places = run.map(({ at, value }) => ({ across: x(at), down: y(value) }));
      const [first, ...rest] = places;
      const last = places.at(-1);
      if (first === undefined || last === undefined) return "";
      const line = rest
        .map(({ across, down }) =>
          form === "steps"
            ? `H${String(across)}V${String(down)}`
            : `L${String(across)} ${String(down)}`,
        )
        .join("");
      const begin = `M${String(first.across)} ${String(first.down)}`;
      // A lone point would be invisible as a path without length.
      const drawn = rest.length === 0 ? `${begin}h1` : `${begin}${line}`;
      return form === "area"
        ? `${drawn}L${String(last.across)} ${String(y(0))}L${String(first.across)} ${String(y(0))}Z`
        : drawn;
    })
    .join("");
};
