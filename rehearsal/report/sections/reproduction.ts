import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { span } from "../figures.ts";
import { html, type Markup } from "../markup.ts";

/** How to see the same again: the command with its seed, and what it ran on. */
export const reproduction = (record: RehearsalRecord): Markup =>
  html`<section id="reproduction" aria-labelledby="reproduction-heading">
    <h2 id="reproduction-heading">Reproduction</h2>
    <p class="lead">
      From a clone, with Node.js and
      ${record.engine === "pulumi" ? "the Pulumi CLI" : "nothing else"}:
    </p>
    <pre tabindex="0"><code>${commandOf(record)}</code></pre>
    <p class="note">
      The seed fixes arrivals, answer times and faults; what is measured on a machine (updates, the
      way back) varies by what that machine does. Engine ${record.engine}, clock at most
      ${record.speed} times wall speed, ${span(record.wallMilliseconds)} of wall time.
    </p>
  </section>`;

/** The command that repeats a rehearsal, ready to be pasted into a shell. */
export const commandOf = ({ system, faults, engine, speed, seed }: RehearsalRecord): string =>
  [
    "npm ci && npm run cutover -- rehearse",
    inShell(system),
    ...faults.map(({ name, stage }) => `--fault ${inShell(`${name}@${stage}`)}`),
    `--engine ${engine}`,
    `--speed ${String(speed)}`,
    `--seed ${String(seed)}`,
    "--report report.html",
  ].join(" ");

const inShell = (word: string): string =>
  /^[\w@.:/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
