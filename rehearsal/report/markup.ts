/** Text that is HTML already; everything else is escaped on its way into a page. */
export class Markup {
  readonly text: string;

  /** @param text HTML that is safe as it stands. */
  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template may hold: text and numbers are escaped, `null` and `false` write nothing. */
export type Fragment = Markup | string | number | null | false | readonly Fragment[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const written = (fragment: Fragment): string => {
  if (fragment === null || fragment === false) return "";
  if (fragment instanceof Markup) return fragment.text;
  if (typeof fragment === "string") return escaped(fragment);
  if (typeof fragment === "number") return String(fragment);
  return fragment.map(written).join("");
};

/** A template whose holes are escaped, in text and in quoted attributes alike. */
export const html = (pieces: TemplateStringsArray, ...fragments: readonly Fragment[]): Markup =>
  new Markup(pieces.map((piece, index) => piece + written(fragments[index] ?? null)).join(""));
