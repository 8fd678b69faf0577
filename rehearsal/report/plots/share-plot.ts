import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { percent, plural } from "../figures.ts";
import type { StageSpan } from "../stage-spans.ts";
import type { TimeAxis } from "../time-axis.ts";
import type { Drawing, PlotInterval } from "./plot-specification.ts";

/** Green's share as it was set and as it was seen, with the interval of each stage. */
export const sharePlot = (
  { series, shares }: RehearsalRecord,
  axis: TimeAxis,
  spans: readonly StageSpan[],
): Drawing => {
  const seen = series.green.map((green, index) => {
    const answered = green + (series.blue[index] ?? 0);
    return answered === 0 ? null : (green / answered) * 100;
  });
  const outside = shares.filter(({ seen: share, low, high }) => share < low || share > high);
  const judged =
    shares.length === 0
      ? "No stage carried enough requests to judge its share."
      : outside.length === 0
        ? `All ${plural(shares.length, "reading")} lie in their 99.9 % interval.`
        : `Outside the 99.9 % interval: ${outside.map(({ stage, seen: share }) => `${stage} (${percent(share)})`).join(", ")}.`;
  return {
    id: "share",
    title: "Green’s share: set against seen",
    unit: "%",
    places: 1,
    top: 100,
    series: [
      { label: "Seen", colour: "green", form: "line", values: seen },
      { label: "Set", colour: "ink", form: "steps", values: series.greenWeight },
    ],
    limits: [],
    intervals: intervalsOf(shares, axis, spans),
    summary: `The box of a stage is the 99.9 % interval in which its share had to lie, the bar in it the share seen. ${judged}`,
  };
};

/** Each reading over the last unclaimed span of its stage; readings are in the order of the night. */
const intervalsOf = (
  shares: RehearsalRecord["shares"],
  axis: TimeAxis,
  spans: readonly StageSpan[],
): readonly PlotInterval[] => {
  const unclaimed = [...spans];
  return shares.flatMap(({ stage, low, high, seen }) => {
    const index = unclaimed.findIndex((span) => span.stage === stage);
    const [span] = index === -1 ? [] : unclaimed.splice(index, 1);
    return span === undefined
      ? []
      : [
          {
            fromSeconds: axis.secondsAt(span.from),
            toSeconds: axis.secondsAt(span.to),
            low: low * 100,
            high: high * 100,
            seen: seen * 100,
          },
        ];
  });
};
