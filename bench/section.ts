/** One line of a benchmark's result. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "×" | "ms" | "ms per resource" | "requests/s" | "count";
  /** What the figure is made of or compared with, in a few words. */
  readonly note: string;
  /** Largest value that is good enough, where there is a goal. */
  readonly goal?: number;
}

/** The result of one part of the benchmark. */
export interface Section {
  readonly name: SectionName;
  readonly title: string;
  readonly figures: readonly Figure[];
}

export const sectionNames = [
  "stage",
  "engine",
  "traffic",
  "rollback",
  "broken",
  "systems",
] as const;
export type SectionName = (typeof sectionNames)[number];

/** A section as text for people, a line each figure. */
export const sectionText = ({ title, figures }: Section): string => {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  const values = figures.map(valueText);
  const valueWidth = Math.max(0, ...values.map((value) => value.length));
  const lines = figures.map(
    (figure, index) =>
      `  ${figure.name.padEnd(width)}  ${(values[index] ?? "").padStart(valueWidth)}  ${figure.note}${goalText(figure)}`,
  );
  return [title, ...lines].join("\n");
};

const valueText = ({ value, unit }: Figure): string => {
  const digits = unit === "×" || unit === "ms per resource" ? 2 : 0;
  return unit === "count" ? value.toFixed(0) : `${value.toFixed(digits)} ${unit}`;
};

const goalText = ({ value, goal, unit }: Figure): string =>
  goal === undefined
    ? ""
    : ` (goal: at most ${goal}${unit === "count" ? "" : ` ${unit}`}; ${value <= goal ? "met" : "not met"})`;
