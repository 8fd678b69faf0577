import { html, type Fragment, type Markup } from "./markup.ts";

/** A column of a table; the first column of each row is the row's heading. */
export interface Column {
  readonly heading: string;
  /** Figures stand to the right, with tabular numerals. */
  readonly figures?: boolean;
}

/** A row, with a class where it stands out. */
export interface Row {
  readonly cells: readonly Fragment[];
  readonly tone?: string;
}

/**
 * A table that turns into cards on a narrow screen. The roles are written out because a browser drops
 * them once a style sheet changes how a table is displayed.
 */
export const table = (caption: string, columns: readonly Column[], rows: readonly Row[]): Markup =>
  html`<div class="wide">
    <table role="table">
      <caption>
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(
            (column) =>
              html`<th role="columnheader" scope="col" ${figuresClass(column)}>
                ${column.heading}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          ({ cells, tone }) =>
            html`<tr role="row" ${tone !== undefined && html` class="${tone}"`}>
              ${cells.map((cell, index) => cellOf(cell, index, columns[index]))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;

const figuresClass = (column: Column | undefined): Markup | false =>
  column?.figures === true && html` class="figures"`;

const cellOf = (cell: Fragment, index: number, column: Column | undefined): Markup =>
  index === 0
    ? html`<th
        role="rowheader"
        scope="row"
        data-label="${column?.heading ?? ""}"
        ${figuresClass(column)}
      >
        ${cell}
      </th>`
    : html`<td role="cell" data-label="${column?.heading ?? ""}" ${figuresClass(column)}>
        <div>${cell}</div>
      </td>`;
