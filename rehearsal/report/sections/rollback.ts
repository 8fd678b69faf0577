import type { RehearsalRecord, RollbackParts } from "../../rehearsal-record.ts";
import { decimal, span } from "../figures.ts";
import { html, type Markup } from "../markup.ts";
import { table } from "../table.ts";

const parts: readonly { readonly name: keyof RollbackParts; readonly meaning: string }[] = [
  { name: "decide", meaning: "from the trigger until the operator’s command begins" },
  { name: "gates", meaning: "until the gates have let the move through" },
  { name: "apply", meaning: "until the traffic resource is written" },
  { name: "effective", meaning: "until the last request that Green answered" },
  { name: "healthy", meaning: "until every request is answered well by Blue" },
];

/** Where the time of the way back went: one bar to scale, and figures that add up. */
export const rollback = ({ rollback: back }: RehearsalRecord): Markup => {
  if (back === null)
    return html`<section id="rollback" aria-labelledby="rollback-heading">
      <h2 id="rollback-heading">Rollback</h2>
      <p>No rollback took place.</p>
    </section>`;
  const total = parts.reduce((sum, { name }) => sum + back.parts[name], 0);
  // Each part is rounded once, to a millisecond; rounding may leave one over for each part.
  const addsUp = Math.abs(total - back.restoredMilliseconds) <= parts.length;
  const words = parts.map(({ name }) => `${name} ${span(back.parts[name])}`).join(", ");
  return html`<section id="rollback" aria-labelledby="rollback-heading">
    <h2 id="rollback-heading">Rollback</h2>
    <p class="lead">
      Ordered by <strong>${back.trigger}</strong>, ${span(back.detectedMilliseconds)} after the
      first bad request. From then until all was well it took
      <strong>${span(back.restoredMilliseconds)}</strong> of the ${span(back.budgetMilliseconds)}
      allowed.
    </p>
    <div class="parts" role="img" aria-label="The parts of the way back: ${words}.">
      ${parts.map(
        ({ name }, index) =>
          back.parts[name] > 0 &&
          html`<span class="part part-${index + 1}" style="flex-grow:${back.parts[name]}"
            ><span>${name}</span></span
          >`,
      )}
    </div>
    ${table(
      "The parts of the way back",
      [
        { heading: "Part" },
        { heading: "Meaning" },
        { heading: "Seconds", figures: true },
        { heading: "Of the whole", figures: true },
      ],
      [
        ...parts.map(({ name, meaning }, index) => ({
          cells: [
            html`<i class="swatch part-${index + 1}"></i> ${name}`,
            meaning,
            inSeconds(back.parts[name]),
            total === 0 ? "–" : `${decimal((back.parts[name] / total) * 100, 1)} %`,
          ],
        })),
        {
          tone: addsUp ? "total" : "total bad",
          cells: [
            "sum",
            addsUp
              ? "✓ trigger to healthy"
              : `✕ the parts do not add up to the ${inSeconds(back.restoredMilliseconds)} s measured`,
            inSeconds(total),
            "",
          ],
        },
      ],
    )}
  </section>`;
};

const inSeconds = (milliseconds: number): string => decimal(milliseconds / 1000, 3);
