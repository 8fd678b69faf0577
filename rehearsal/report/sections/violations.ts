import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { html, type Markup } from "../markup.ts";
import { table } from "../table.ts";

/** What the policies found against the program itself. */
export const violations = ({ violations: found }: RehearsalRecord): Markup =>
  html`<section id="violations" aria-labelledby="violations-heading">
    <h2 id="violations-heading">Policy violations</h2>
    ${
      found.length === 0
        ? html`<p>✓ None.</p>`
        : table(
            "Violations that the policies reported",
            [{ heading: "Policy" }, { heading: "System" }, { heading: "Message" }],
            found.map(({ policy, system, message }) => ({
              cells: [
                html`<code>${policy}</code>`,
                system,
                html`<span class="message">${message}</span>`,
              ],
            })),
          )
    }
  </section>`;
