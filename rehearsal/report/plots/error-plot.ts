import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { decimal } from "../figures.ts";
import { peakInWords } from "./peak-in-words.ts";
import type { Drawing } from "./plot-specification.ts";
import { peakOf, scaleTop } from "./scale-top.ts";
import { limitsOn } from "./threshold-lines.ts";

/** The share of requests without a good answer. */
export const errorPlot = (record: RehearsalRecord): Drawing => {
  const { errorPercent } = record.series;
  const limits = limitsOn(record, "errors");
  const top = scaleTop(
    peakOf(errorPercent)?.value ?? 0,
    limits.map(({ value }) => value),
    { times: 12, least: 1 },
  );
  return {
    id: "errors",
    title: "Requests without a good answer",
    unit: "%",
    places: 2,
    top,
    series: [
      { label: "Without a good answer", colour: "lost", form: "line", values: errorPercent },
    ],
    limits,
    intervals: [],
    summary: `Share of requests without a good answer: ${peakInWords(record, errorPercent, top, (value) => `${decimal(value, 2)} %`)}.`,
  };
};
