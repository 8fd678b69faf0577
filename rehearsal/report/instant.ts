import { utcTime } from "./figures.ts";
import { html, type Markup } from "./markup.ts";

/** An instant for people and for programs. */
export const instant = (at: number): Markup =>
  html`<time datetime="${new Date(at).toISOString()}">${utcTime(at)}</time>`;
