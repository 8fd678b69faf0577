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

/** A value as an error shows it: short, on one line. */
export const shown = (value: unknown): string => {
  const text =
    typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
