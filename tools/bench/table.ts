/** The table that the bench prints. */

/** Two figures side by side. */
export interface Row {
  readonly label: string;
  readonly ours: number;
  readonly other: number;
  readonly unit: Unit;
  /** What is demanded; nothing where nothing is. */
  readonly bar?: Bar;
}

/** A limit of the ratio, or of our own figure in the unit of the row. */
export type Bar = { readonly ratio: number } | { readonly ours: number };

export interface Section {
  readonly title: string;
  /** What stands in the column `other` of its rows. */
  readonly other: string;
  readonly rows: readonly Row[];
}

/** How a figure is shown; figures are milliseconds or megabytes. */
export type Unit = (figure: number) => string;
export const seconds: Unit = (ms) => `${(ms / 1000).toFixed(2)} s`;
export const milliseconds: Unit = (ms) => `${ms.toFixed(2)} ms`;
export const kilobytes: Unit = (mb) => `${(mb * 1024).toFixed(0)} KB`;
export const megabytes: Unit = (mb) => `${mb.toFixed(0)} MB`;

/** The text of a section, with the verdict on each bar. */
export function render({ title, other, rows }: Section): string {
  const lines = rows.map((row) =>
    columns(`  ${row.label}`, row.unit(row.ours), row.unit(row.other), ratioOf(row).toFixed(2), verdict(row)),
  );
  return [columns(title, "ours", other, "ratio", "bar"), ...lines, ""].join("\n");
}

function verdict(row: Row): string {
  if (!row.bar) return "";
  const limit =
    "ratio" in row.bar ? `ratio ≤ ${row.bar.ratio.toFixed(2)}` : `ours ≤ ${row.unit(row.bar.ours)}`;
  return `${isMet(row, row.bar) ? "met" : "MISSED"}, ${limit}`;
}

function isMet(row: Row, bar: Bar): boolean {
  return "ratio" in bar ? ratioOf(row) <= bar.ratio : row.ours <= bar.ours;
}

function ratioOf({ ours, other }: Row): number {
  return ours / other;
}

function columns(label: string, ours: string, other: string, ratio: string, bar: string): string {
  return `${label.padEnd(46)}${ours.padStart(10)}${other.padStart(18)}${ratio.padStart(8)}   ${bar}`.trimEnd();
}
