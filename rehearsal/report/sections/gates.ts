import type { GateReading, RehearsalRecord } from "../../rehearsal-record.ts";
import { plural } from "../figures.ts";
import { instant } from "../instant.ts";
import { html, type Markup } from "../markup.ts";

/** Every attempted move with the verdict of each gate: what refused first, what passed folded away. */
export const gates = ({ gates: readings }: RehearsalRecord): Markup =>
  html`<section id="gates" aria-labelledby="gates-heading">
    <h2 id="gates-heading">Gates</h2>
    ${readings.length === 0 ? html`<p>No move was attempted.</p>` : readings.map(attempt)}
  </section>`;

type Verdict = GateReading["verdicts"][number];

const attempt = ({ at, from, to, verdicts }: GateReading): Markup => {
  const of = (outcome: Verdict["outcome"]): readonly Verdict[] =>
    verdicts.filter((verdict) => verdict.outcome === outcome);
  const refused = of("refused");
  const passed = of("passed");
  const silent = of("not-applicable");
  return html`<article class="attempt ${refused.length > 0 ? "bad" : "good"}">
    <h3>
      ${instant(at)}
      <span class="move">${from} → ${to}</span>
      <span class="result"
        >${
          refused.length > 0
            ? `✕ refused by ${String(refused.length)} of ${plural(verdicts.length, "gate")}`
            : `✓ let through by ${plural(passed.length, "gate")}`
        }</span
      >
    </h3>
    ${
      refused.length > 0 &&
      html`<ul class="verdicts refused">
        ${refused.map(verdictItem)}
      </ul>`
    }
    ${folded("Passed", passed)} ${folded("Not applicable", silent)}
  </article>`;
};

const folded = (title: string, verdicts: readonly Verdict[]): Markup | false =>
  verdicts.length > 0 &&
  html`<details>
    <summary>${title} (${verdicts.length})</summary>
    <ul class="verdicts">
      ${verdicts.map(verdictItem)}
    </ul>
  </details>`;

const verdictItem = ({ rule, sentence, message }: Verdict): Markup =>
  html`<li>
    <p><code>${rule}</code> <span class="rule">${sentence}</span></p>
    ${message !== "" && html`<p class="message">${message}</p>`}
  </li>`;
