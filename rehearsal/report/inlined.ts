import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Markup } from "./markup.ts";

/** What the page carries in itself, and the policy that lets it use nothing else. */
export interface Inlined {
  readonly styles: Markup;
  readonly scripts: Markup;
  /** Content security policy: no network at all, and no script but the ones here, by their hashes. */
  readonly policy: string;
}

const { resolve } = createRequire(import.meta.url);

/** In the order of the cascade: the narrow screen and paper have the last word. */
const ownSheets = [
  "page",
  "verdict",
  "timeline",
  "plots",
  "tables",
  "gates",
  "rollback",
  "narrow",
  "print",
] as const;

const hashOf = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Reads uPlot and the report's own style sheet and script. */
export const inlined = (): Inlined => {
  const readOwn = (name: string): string =>
    readFileSync(new URL(`./browser/${name}`, import.meta.url), "utf8");
  const readUPlot = (name: string): string => readFileSync(resolve(`uplot/dist/${name}`), "utf8");
  const sheets = [readUPlot("uPlot.min.css"), ...ownSheets.map((name) => readOwn(`${name}.css`))];
  const scripts = [readOwn("language.js"), readUPlot("uPlot.iife.min.js"), readOwn("plots.js")];
  return {
    styles: new Markup(sheets.map((sheet) => `<style>${sheet}</style>`).join("\n")),
    scripts: new Markup(scripts.map((script) => `<script>${script}</script>`).join("\n")),
    policy: [
      "default-src 'none'",
      // Widths of bars stand in style attributes; elements are pinned by their hashes.
      "style-src 'unsafe-inline'",
      `style-src-elem ${sheets.map(hashOf).join(" ")}`,
      "style-src-attr 'unsafe-inline'",
      `script-src ${scripts.map(hashOf).join(" ")}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; "),
  };
};
