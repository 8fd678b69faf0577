import type { RehearsalRecord } from "../rehearsal-record.ts";
import { browserPart, inlined } from "./inlined.ts";
import { clockTime, span, utcDate, utcTime } from "./figures.ts";
import { html, Markup } from "./markup.ts";
import { plotData } from "./plots/plot-data.ts";
import { faults } from "./sections/faults.ts";
import { gates } from "./sections/gates.ts";
import { plots } from "./sections/plots.ts";
import { reproduction } from "./sections/reproduction.ts";
import { rollback } from "./sections/rollback.ts";
import { stages } from "./sections/stages.ts";
import { timeline } from "./sections/timeline.ts";
import { verdict } from "./sections/verdict.ts";
import { violations } from "./sections/violations.ts";
import { stageSpans } from "./stage-spans.ts";
import { thinned } from "./thinned.ts";
import { timeAxis } from "./time-axis.ts";

const contents = {
  verdict: "Verdict",
  timeline: "Timeline",
  plots: "Plots",
  stages: "Stages",
  gates: "Gates",
  faults: "Faults",
  rollback: "Rollback",
  violations: "Violations",
  reproduction: "Reproduction",
};

/** In the order of the cascade: the narrow screen and paper have the last word. */
const sheets = [
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

/** The report of a rehearsal: one HTML file that holds everything and asks the network for nothing. */
export const htmlReport = (whole: RehearsalRecord): string => {
  const record = { ...whole, series: thinned(whole.series) };
  const axis = timeAxis(record);
  const spans = stageSpans(record);
  const { styles, scripts, policy } = inlined({
    sheets: sheets.map((name) => browserPart(`${name}.css`)),
    scripts: [browserPart("plots.js")],
    asksItsServer: false,
  });
  return html`${new Markup("<!doctype html>")}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="data:," />
        <title>Rehearsal of ${record.title}: ${record.outcome}</title>
        ${styles}
      </head>
      <body>
        <a class="skip" href="#verdict">To the verdict</a>
        ${masthead(record)}
        <main>
          ${verdict(record)} ${timeline(record, axis, spans)} ${plots(record, axis, spans)}
          ${stages(record)} ${gates(record)} ${faults(record)} ${rollback(record)}
          ${violations(record)} ${reproduction(record)}
        </main>
        <footer>
          <p>Written by <code>cutover rehearse</code>. Nothing in this file leaves this file.</p>
        </footer>
        ${plotData(record, axis, spans)} ${scripts}
      </body>
    </html> `.toString();
};

const masthead = (record: RehearsalRecord): Markup =>
  html`<header class="masthead">
    <p class="kind-of-page">Rehearsal report</p>
    <h1>${record.title}</h1>
    <dl class="facts">
      ${fact("System", record.system)} ${fact("Plan", record.document)}
      ${fact("Night", html`${utcDate(record.beganAt)}, ${clockTime(record.beganAt)} – ${utcTime(record.endedAt)}`)}
      ${fact("Blue → green", `${record.versions.blue} → ${record.versions.green}`)}
      ${fact("Rehearsed", `in ${span(record.wallMilliseconds)}, ${record.engine} engine, seed ${String(record.seed)}`)}
    </dl>
    <nav aria-label="Contents">
      <ul>
        ${Object.entries(contents).map(
          ([id, title]) => html`<li><a href="#${id}">${title}</a></li>`,
        )}
      </ul>
    </nav>
  </header>`;

const fact = (name: string, value: Markup | string): Markup =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div> `;
