import type { RehearsalRecord, ShareReading, ThresholdLine } from "../../rehearsal-record.ts";
import { count, percent } from "../figures.ts";
import { html, type Markup } from "../markup.ts";
import { nightMarks } from "../plots/night-marks.ts";
import { plotsOf } from "../plots/plots-of.ts";
import { stillPlot } from "../plots/still-plot.ts";
import { plotOfThreshold } from "../plots/threshold-lines.ts";
import type { StageSpan } from "../stage-spans.ts";
import { table } from "../table.ts";
import type { TimeAxis } from "../time-axis.ts";

/** The plots on their shared axis, each with a still drawing for paper, and the figures behind them. */
export const plots = (
  record: RehearsalRecord,
  axis: TimeAxis,
  spans: readonly StageSpan[],
): Markup => {
  const marks = nightMarks(record, axis, spans);
  const seconds = record.series.at.map(axis.secondsAt);
  return html`<section id="plots" aria-labelledby="plots-heading">
    <h2 id="plots-heading">What the load saw</h2>
    <p class="lead">
      One axis for all: the timeline’s. Shaded bands are stages, numbered lines the timeline’s
      faults, alarms and rollbacks, dashed lines
      thresholds.${record.fast.length > 0 && " Hatched along the bottom: the clock ran fast."}
      <span class="needs-script"
        >Drag across a plot to zoom all of them, double-click to go back.</span
      >
    </p>
    <noscript
      ><p class="lead">
        Without scripts the plots stand still; they show the same figures.
      </p></noscript
    >
    ${plotsOf(record, axis, spans).map(
      (plot) =>
        html`<figure class="plot" id="plot-${plot.id}">
          <h3>${plot.title} <small>${plot.unit}</small></h3>
          <ul class="key" aria-hidden="true">
            ${plot.series.map(({ label, colour, form }) => html`<li><i class="${colour} ${form.replace(" ", "-")}"></i>${label}</li>`)}
          </ul>
          <div
            class="live"
            data-plot="${plot.id}"
            role="img"
            aria-label="${plot.title}. ${plot.summary}"
          ></div>
          ${stillPlot(plot, seconds, marks)}
          <figcaption>${plot.summary}</figcaption>
        </figure>`,
    )}
    <div class="columns">${shareTable(record.shares)} ${thresholdTable(record.thresholds)}</div>
  </section>`;
};

/** Whether each share seen lies in the interval around the share set. */
export const shareTable = (shares: readonly ShareReading[]): Markup | false =>
  shares.length > 0 &&
  html`<div>
    <h3>Green’s share per stage</h3>
    ${table(
      "Set against seen, with the 99.9 % interval",
      [
        { heading: "Stage" },
        { heading: "Set", figures: true },
        { heading: "Seen", figures: true },
        { heading: "Interval", figures: true },
        { heading: "Requests", figures: true },
        { heading: "Inside" },
      ],
      shares.map(({ stage, set, seen, low, high, requests }) => {
        const inside = seen >= low && seen <= high;
        return {
          ...(!inside && { tone: "bad" }),
          cells: [
            stage,
            percent(set),
            percent(seen),
            `${percent(low)} – ${percent(high)}`,
            count(requests),
            html`<span class="inside"
              >${whisker({ set, seen, low, high })}${inside ? "✓ yes" : "✕ no"}</span
            >`,
          ],
        };
      }),
    )}
  </div>`;

/** The interval, the share set and the share seen, drawn large: on a scale to 100 % they are one line. */
const whisker = ({
  set,
  seen,
  low,
  high,
}: Pick<ShareReading, "set" | "seen" | "low" | "high">): Markup => {
  const reach = Math.max(high - set, set - low, 0.001) * 1.6;
  const place = (share: number): string =>
    Math.min(100, Math.max(0, ((share - set) / reach + 1) * 50)).toFixed(1);
  return html`<span class="whisker" aria-hidden="true"
    ><i
      class="allowed"
      style="left:${place(low)}%;right:${(100 - Number(place(high))).toFixed(1)}%"
    ></i
    ><i class="set" style="left:50%"></i><i class="seen" style="left:${place(seen)}%"></i
  ></span>`;
};

const thresholdTable = (thresholds: readonly ThresholdLine[]): Markup | false =>
  thresholds.length > 0 &&
  html`<div>
    <h3>Thresholds watched</h3>
    ${table(
      "What had to hold while Green carried traffic",
      [
        { heading: "Threshold" },
        { heading: "Limit", figures: true },
        { heading: "When breached" },
        { heading: "Drawn" },
      ],
      thresholds.map((threshold) => ({
        cells: [
          threshold.title,
          `${String(threshold.limit)} ${threshold.unit}`,
          threshold.breach,
          plotOfThreshold(threshold) === null ? "–" : "✓",
        ],
      })),
    )}
  </div>`;
