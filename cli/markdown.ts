/** Characters that Markdown, HTML or a mention would read as more than text. */
const special = /[\\`*_{}[\]()#+!|<>~@]/g;

/** Text from outside, on one line, as a reader sees it and nothing else. */
export const text = (written: string): string =>
  written.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").replaceAll(special, (character) =>
    // A mention notifies people even where it is escaped.
    character === "@" ? "@\u200b" : `\\${character}`,
  );

/** Longest text of a cell: a comment has room for a few screens. */
const longest = 400;

/** Text as a cell of a table or a line of a list. */
export const cell = (written: string): string => {
  const line = written.length > longest ? `${written.slice(0, longest - 1)}…` : written;
  return text(line);
};

/** Text in a fixed font. */
export const code = (written: string): string =>
  `\`${written.replaceAll(/[`\s\p{Cc}\p{Cf}]+/gu, " ").replaceAll("|", "\\|")}\``;

/** A table; its cells are Markdown already. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
