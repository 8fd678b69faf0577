import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { count } from "../figures.ts";
import type { Drawing } from "./plot-specification.ts";
import { peakOf, roundUp } from "./scale-top.ts";

/** Requests per second, stacked by who answered. */
export const trafficPlot = ({ series }: RehearsalRecord): Drawing => {
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

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);
