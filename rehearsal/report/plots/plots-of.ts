import type { RehearsalRecord } from "../../rehearsal-record.ts";
import type { StageSpan } from "../stage-spans.ts";
import type { TimeAxis } from "../time-axis.ts";
import { errorPlot } from "./error-plot.ts";
import { latencyPlot } from "./latency-plot.ts";
import type { PlotSpecification } from "./plot-specification.ts";
import { scaleTicks } from "./scale-top.ts";
import { sharePlot } from "./share-plot.ts";
import { trafficPlot } from "./traffic-plot.ts";

/** The four plots of a rehearsal, top to bottom. */
export const plotsOf = (
  record: RehearsalRecord,
  axis: TimeAxis,
  spans: readonly StageSpan[],
): readonly PlotSpecification[] =>
  [trafficPlot(record), sharePlot(record, axis, spans), errorPlot(record), latencyPlot(record)].map(
    (plot) => ({ ...plot, ticks: scaleTicks(plot.top) }),
  );
