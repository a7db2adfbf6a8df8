/**
 * A table. On a phone its rows become cards with the columns' names, where it is narrow it stays a table, and a picture
 * in a cell gets a line of its own. The roles keep it a table for screen readers, whatever the style makes of it.
 */
import { type Markup, markup } from "../markup.ts";
import { nothing, type Part } from "./context.ts";

/** Rows that stay on one sheet of paper. */
const shortRows = 14;

export type Cell = Part | { readonly plot: Markup };

export interface TableOptions {
  /** Columns of numbers, counted from 0. */
  readonly numeric?: readonly number[];
  readonly narrow?: boolean;
  readonly caption?: string;
}

export function table(
  heads: readonly Part[],
  rows: readonly (readonly Cell[])[],
  { numeric = [], narrow = false, caption }: TableOptions = {},
): Markup {
  const plotted = rows[0]?.some(isPlot) ?? false;
  const kind = narrow ? "narrow" : plotted ? "dense" : "cards";
  const classes = [kind, `k${numeric.length}`, ...(rows.length <= shortRows ? ["short"] : [])].join(" ");
  const classOf = (i: number, cell?: Cell) =>
    numeric.includes(i)
      ? markup` class="n"`
      : isPlot(cell ?? rows[0]?.[i] ?? "")
        ? markup` class="plot"`
        : nothing;
  // Once a table, and not in each of its cells.
  const labels = heads.flatMap((head, i) =>
    kind === "cards" && i > 0 && typeof head === "string" ? [`--l${i + 1}:${JSON.stringify(head)}`] : [],
  );
  const line = ([first = "", ...rest]: readonly Cell[]) => {
    const cells = rest.map(
      (cell, i) => markup`<td role="cell"${classOf(i + 1, cell)}>${isPlot(cell) ? cell.plot : cell}</td>`,
    );
    return markup`<tr role="row"><th role="rowheader" scope="row">${isPlot(first) ? first.plot : first}</th>${cells}</tr>`;
  };
  const columns = heads.map(
    (head, i) => markup`<th role="columnheader" scope="col"${classOf(i)}>${head}</th>`,
  );
  return markup`<table role="table" class="${classes}"${labels.length > 0 ? markup` style="${labels.join(";")}"` : nothing}>${caption ? markup`<caption>${caption}</caption>` : nothing}<thead role="rowgroup"><tr role="row">${columns}</tr></thead>
<tbody role="rowgroup">${rows.map(line)}</tbody></table>`;
}

function isPlot(cell: Cell): cell is { readonly plot: Markup } {
  return typeof cell === "object" && "plot" in cell;
}
