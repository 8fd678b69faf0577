import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { count } from "../figures.ts";
import { peakInWords } from "./peak-in-words.ts";
import type { Drawing } from "./plot-specification.ts";
import { peakOf, scaleTop } from "./scale-top.ts";
import { limitsOn } from "./threshold-lines.ts";

/** The time within which 95 of 100 requests were answered, side by side. */
export const latencyPlot = (record: RehearsalRecord): Drawing => {
  const { blueP95, greenP95 } = record.series;
  const limits = limitsOn(record, "latency");
  const highest = Math.max(peakOf(blueP95)?.value ?? 0, peakOf(greenP95)?.value ?? 0);
  const top = scaleTop(
    highest,
    limits.map(({ value }) => value),
    { times: 4, least: 50 },
  );
  const inWords = (values: readonly (number | null)[]): string =>
    peakInWords(record, values, top, (value) => `${count(value)} ms`);
  return {
    id: "latency",
    title: "Answer time, 95th percentile",
    unit: "ms",
    places: 0,
    top,
    series: [
      { label: "Blue", colour: "blue", form: "dashed line", values: blueP95 },
      { label: "Green", colour: "green", form: "line", values: greenP95 },
    ],
    limits,
    intervals: [],
    summary: `Blue: ${inWords(blueP95)}. Green: ${inWords(greenP95)}. Gaps are steps in which a side answered nothing.`,
  };
};
