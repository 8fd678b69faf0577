import type { Posture, PostureValue } from "../../../definition/posture.ts";
import type { Operations, RehearsalRecord } from "../../rehearsal-record.ts";
import { count, percent, plural, span } from "../figures.ts";
import { html, type Fragment, type Markup } from "../markup.ts";
import { table } from "../table.ts";

/** What each stage moved and what the load saw of it. */
export const stages = ({ stages: reached }: RehearsalRecord): Markup =>
  html`<section id="stages" aria-labelledby="stages-heading">
    <h2 id="stages-heading">Stages</h2>
    ${
      reached.length === 0
        ? html`<p>No stage was reached: nothing was changed.</p>`
        : table(
            "Every stage that traffic reached, in order",
            [
              { heading: "Stage" },
              { heading: "Posture" },
              { heading: "Changed" },
              { heading: "Operations" },
              { heading: "Update", figures: true },
              { heading: "Requests", figures: true },
              { heading: "Failed", figures: true },
              { heading: "Blue", figures: true },
              { heading: "Green", figures: true },
              { heading: "p95", figures: true },
            ],
            reached.map(({ stage, posture, changed, operations, milliseconds, observed }) => ({
              cells: [
                stage,
                postureList(posture),
                changedList(changed),
                operationsText(operations),
                span(milliseconds),
                count(observed.requests),
                observed.requests === 0
                  ? "–"
                  : html`${count(observed.failed)}${
                      observed.failed > 0 &&
                      html` <small>(${percent(observed.failed / observed.requests)})</small>`
                    }`,
                percent(observed.share.blue),
                percent(observed.share.green),
                span(observed.p95Milliseconds),
              ],
            })),
          )
    }
    <p class="note">
      Update: wall time. Requests, failures, shares and p95: what the load saw while the stage
      carried its traffic.
    </p>
  </section>`;

const valueText = (value: PostureValue): string =>
  typeof value === "object" && !Array.isArray(value)
    ? Object.entries(value)
        .map(([plane, word]) => `${plane} ${word}`)
        .join(", ")
    : String(value);

const postureList = (posture: Posture): Fragment =>
  Object.entries(posture).map(
    ([key, value]) =>
      html`<span class="pair"><span class="key-name">${key}</span> ${valueText(value)}</span> `,
  );

/** A resource's name and its own type without the package: `lms-vs (VirtualService)`. */
export const shortName = (urn: string): { readonly name: string; readonly type: string } => {
  const [, , types = "", ...name] = urn.split("::");
  return { name: name.join("::") || urn, type: types.split(/[$:/]/).at(-1) ?? "" };
};

const mostShown = 4;

const changedList = (urns: readonly string[]): Fragment => {
  if (urns.length === 0) return "nothing";
  const items = html`<ul class="plain">
    ${urns.map((urn) => {
      const { name, type } = shortName(urn);
      return html`<li title="${urn}">${name}${type !== "" && html` <small>${type}</small>`}</li>`;
    })}
  </ul>`;
  return urns.length <= mostShown
    ? items
    : html`<details>
        <summary>${plural(urns.length, "resource")}</summary>
        ${items}
      </details>`;
};

const operationsText = (operations: Operations): Fragment => {
  const words = (["create", "update", "replace", "delete"] as const)
    .filter((kind) => operations[kind] > 0)
    .map((kind) => html`<span class="pair operation-${kind}">${kind} ${operations[kind]}</span> `);
  return [...words, html`<span class="pair quiet">same ${operations.same}</span>`];
};
