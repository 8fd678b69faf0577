import type { RehearsalRecord, ThresholdLine } from "../../rehearsal-record.ts";
import { count, decimal, percent, plural, utcTime } from "../figures.ts";
import type { StageSpan } from "../stage-spans.ts";
import type { TimeAxis } from "../time-axis.ts";
import type { PlotInterval, PlotLimit, PlotSpecification } from "./plot-specification.ts";
import { peakOf, roundUp, scaleTicks, scaleTop } from "./scale-top.ts";

/** The four plots of a rehearsal, top to bottom. */
export const plotsOf = (
  record: RehearsalRecord,
  axis: TimeAxis,
  spans: readonly StageSpan[],
): readonly PlotSpecification[] =>
  [trafficPlot(record), sharePlot(record, axis, spans), errorPlot(record), latencyPlot(record)].map(
    (plot) => ({ ...plot, ticks: scaleTicks(plot.top) }),
  );

/** Whether a threshold limits the error rate or the answer time that the plots show. */
export const plotOfThreshold = ({
  name,
  title,
  unit,
}: ThresholdLine): "errors" | "latency" | null => {
  const words = `${name} ${title}`;
  if (unit === "%" && /error|fail|5xx/i.test(words)) return "errors";
  return unit === "ms" && /p95|latency|response/i.test(words) ? "latency" : null;
};

type Drawing = Omit<PlotSpecification, "ticks">;

const limitsOn = (record: RehearsalRecord, plot: "errors" | "latency"): readonly PlotLimit[] =>
  record.thresholds
    .filter((threshold) => plotOfThreshold(threshold) === plot)
    .map(({ title, limit, unit, breach }) => ({
      label: `${title} ${String(limit)} ${unit}`,
      short: `${String(limit)} ${unit}`,
      value: limit,
      orders: breach,
    }));

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);

const trafficPlot = ({ series }: RehearsalRecord): Drawing => {
  const { blue, green, unanswered } = series;
  const answered = blue.map((value, index) => value + (green[index] ?? 0));
  const all = answered.map((value, index) => value + (unanswered[index] ?? 0));
  const highest = peakOf(all)?.value ?? 0;
  const mean = all.length === 0 ? 0 : sum(all) / all.length;
  return {
    id: "traffic",
    title: "Requests per second, by who answered",
    unit: "/s",
    places: 0,
    top: roundUp(Math.max(highest * 1.05, 1)),
    series: [
      { label: "Unanswered", colour: "lost", form: "area", values: all, shown: unanswered },
      { label: "Green", colour: "green", form: "area", values: answered, shown: green },
      { label: "Blue", colour: "blue", form: "area", values: blue, shown: blue },
    ],
    limits: [],
    intervals: [],
    summary: `Stacked: Blue below, Green on it, unanswered on top. On average ${count(mean)} requests a second of wall time, at most ${count(highest)}.`,
  };
};

const sharePlot = (
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

const peakInWords = (
  record: RehearsalRecord,
  values: readonly (number | null)[],
  top: number,
  inUnits: (value: number) => string,
): string => {
  const peak = peakOf(values);
  if (peak === null) return "no answers";
  if (peak.value === 0) return "never above 0";
  const at = record.series.at[peak.index] ?? record.beganAt;
  const above = peak.value > top ? ", above the scale" : "";
  return `highest ${inUnits(peak.value)} at ${utcTime(at)}${above}`;
};

const errorPlot = (record: RehearsalRecord): Drawing => {
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

const latencyPlot = (record: RehearsalRecord): Drawing => {
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
