import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { instant } from "../instant.ts";
import { html, type Markup } from "../markup.ts";
import { table } from "../table.ts";

/** What was broken on purpose, where and when. */
export const faults = ({ faults: injected }: RehearsalRecord): Markup =>
  html`<section id="faults" aria-labelledby="faults-heading">
    <h2 id="faults-heading">Faults injected</h2>
    ${
      injected.length === 0
        ? html`<p>None: this rehearsal shows the plan undisturbed.</p>`
        : table(
            "What was broken on purpose",
            [
              { heading: "Fault" },
              { heading: "At stage" },
              { heading: "Time" },
              { heading: "What it does" },
            ],
            injected.map(({ name, stage, sentence, at }) => ({
              cells: [html`<code>${name}</code>`, stage, instant(at), sentence],
            })),
          )
    }
  </section>`;
