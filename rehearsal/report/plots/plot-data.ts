import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { Markup } from "../markup.ts";
import type { StageSpan } from "../stage-spans.ts";
import type { TimeAxis } from "../time-axis.ts";
import { nightMarks } from "./night-marks.ts";
import { plotsOf } from "./plots-of.ts";

/** What `browser/plots.js` reads: a block of JSON that no browser executes. */
export const plotData = (
  record: RehearsalRecord,
  axis: TimeAxis,
  spans: readonly StageSpan[],
): Markup => {
  const data = {
    bends: axis.bends,
    marks: nightMarks(record, axis, spans),
    seconds: record.series.at.map((instant) => short(axis.secondsAt(instant))),
    plots: plotsOf(record, axis, spans),
  };
  const json = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? short(value) : value,
  );
  // `<` is written as an escape, so that no text can end the block.
  return new Markup(
    `<script type="application/json" id="plot-data">${json.replaceAll("<", "\\u003c")}</script>`,
  );
};

const short = (value: number): number => Math.round(value * 1000) / 1000;
