/** How a column of a table is headed and on which side its cells end. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** A table as aligned lines, its head first. */
export const textTable = (
  heads: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] => {
  const widths = heads.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    heads
      .map(({ align }, index) => {
        const cell = cells[index] ?? "";
        const width = widths[index] ?? 0;
        return align === "left" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [heads.map(({ title }) => title), ...rows].map(line);
};
