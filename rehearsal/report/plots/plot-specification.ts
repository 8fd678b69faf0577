/** A line or area of a plot; a `null` is a gap. */
export interface PlotSeries {
  readonly label: string;
  /** Name of the colour in the style sheet, without its dashes. */
  readonly colour: "blue" | "green" | "lost" | "ink";
  readonly form: "area" | "line" | "dashed line" | "steps";
  /** Where it is drawn. */
  readonly values: readonly (number | null)[];
  /** What the legend says, where that differs from where it is drawn (areas that are stacked). */
  readonly shown?: readonly (number | null)[];
}

/** A horizontal line that the measure must stay under. */
export interface PlotLimit {
  readonly label: string;
  /** For a narrow screen. */
  readonly short: string;
  readonly value: number;
  readonly orders: "roll back" | "investigate";
}

/** An interval that held for a while, with the value found in it; all in the plot's units. */
export interface PlotInterval {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly low: number;
  readonly high: number;
  readonly seen: number;
}

/** Everything that one plot draws, for the still drawing and for the one with cursors. */
export interface PlotSpecification {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly places: number;
  /** Top of the scale; the bottom is 0. */
  readonly top: number;
  readonly ticks: readonly number[];
  readonly series: readonly PlotSeries[];
  readonly limits: readonly PlotLimit[];
  readonly intervals: readonly PlotInterval[];
  /** What a reader who cannot see the plot is told; also its caption. */
  readonly summary: string;
}

/** A plot before its scale is divided. */
export type Drawing = Omit<PlotSpecification, "ticks">;
