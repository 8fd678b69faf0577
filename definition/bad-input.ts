/** What was wrong with something a person wrote, and what would be right. */
export interface BadInputDetails {
  /** File, command or variable in which it stands. */
  readonly where: string;
  /** The key or option, when there is one. */
  readonly key?: string;
  readonly found: string;
  readonly expected: string;
  /** What to do, as a sentence, when `expected` does not say it. */
  readonly remedy?: string;
}

/** What is wrong with one place of a file. */
export type Problem = Omit<BadInputDetails, "where">;

/** Input that is refused before anything changes. Commands print its one line and exit with 2. */
export class BadInput extends Error {
  override readonly name = "BadInput";
  readonly details: BadInputDetails;
  constructor(details: BadInputDetails) {
    const subject = details.key === undefined ? "" : `${details.key} is `;
    const remedy = details.remedy === undefined ? "" : ` ${details.remedy}`;
    super(
      `${details.where}: ${subject}${details.found}, expected ${details.expected}.${remedy} Nothing changed.`,
    );
    this.details = details;
  }
}

/** A value of config or of a definition as an error shows it: short, on one line, without anything a terminal would obey. */
export const shown = (value: unknown): string => {
  const text = visible(value === undefined ? "nothing" : JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** A name that a person wrote, as an error shows it: as it stands, unless it could break the line. */
export const shownName = (name: string): string =>
  /^[\p{L}\p{N}_.:-]{1,60}$/u.test(name) ? name : shown(name);

/** Line separators and control characters that JSON leaves as they are. */
const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
