import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Markup } from "./markup.ts";

/** What a page carries in itself, and the policy that lets it use nothing else. */
export interface Inlined {
  readonly styles: Markup;
  readonly scripts: Markup;
  /** Content security policy: no script but the ones here, by their hashes. */
  readonly policy: string;
}

/** Files that a page carries, each list in the order in which it counts. */
export interface PageParts {
  /** Addresses of style sheets, after uPlot's own. */
  readonly sheets: readonly URL[];
  /** Addresses of scripts, after uPlot itself. */
  readonly scripts: readonly URL[];
  /** Whether the page may ask the server that it came from, and nobody else. */
  readonly asksItsServer: boolean;
}

const { resolve } = createRequire(import.meta.url);

/** Reads uPlot and a page's own style sheets and scripts. */
export const inlined = ({
  sheets: own,
  scripts: ownScripts,
  asksItsServer,
}: PageParts): Inlined => {
  const readUPlot = (name: string): string => readFileSync(resolve(`uplot/dist/${name}`), "utf8");
  const read = (file: URL): string => readFileSync(file, "utf8");
  const sheets = [readUPlot("uPlot.min.css"), ...own.map(read)];
  const scripts = [
    read(browserPart("language.js")),
    readUPlot("uPlot.iife.min.js"),
    ...ownScripts.map(read),
  ];
  return {
    styles: new Markup(sheets.map((sheet) => `<style>${sheet}</style>`).join("\n")),
    scripts: new Markup(scripts.map((text) => `<script>${text}</script>`).join("\n")),
    policy: [
      "default-src 'none'",
      // Widths of bars stand in style attributes; elements are pinned by their hashes.
      "style-src 'unsafe-inline'",
      `style-src-elem ${sheets.map(hashOf).join(" ")}`,
      "style-src-attr 'unsafe-inline'",
      `script-src ${scripts.map(hashOf).join(" ")}`,
      "img-src data:",
      ...(asksItsServer ? ["connect-src 'self'"] : []),
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; "),
  };
};

/** Address of a part that the pages share. */
export const browserPart = (name: string): URL => new URL(`./browser/${name}`, import.meta.url);

const hashOf = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
