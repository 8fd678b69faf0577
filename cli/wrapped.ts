/** Columns that every terminal has. */
export const columns = 80;

/** A text broken at spaces into lines of at most `width` columns; words that are longer are broken too. */
export const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter((each) => each !== "")) {
    for (const piece of pieces(word, width)) {
      if (line !== "" && line.length + 1 + piece.length > width) {
        lines.push(line);
        line = piece;
      } else {
        line = line === "" ? piece : `${line} ${piece}`;
      }
    }
  }
  return line === "" ? lines : [...lines, line];
};

/** A text after `lead`, its further lines below the first one, within the columns of a terminal. */
export const hanging = (lead: string, text: string): string => {
  const indent = " ".repeat(lead.length);
  return wrapped(text, columns - lead.length)
    .map((line, index) => `${index === 0 ? lead : indent}${line}`)
    .join("\n");
};

const pieces = (word: string, width: number): readonly string[] =>
  word.length <= width ? [word] : [word.slice(0, width), ...pieces(word.slice(width), width)];
