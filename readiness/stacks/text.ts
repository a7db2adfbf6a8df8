/** The table as text: a line for each stack, what fails in most of them, and the count. */
import { age } from "../render/html/words.ts";
import { clean, hanging } from "../terminal/layout.ts";
import type { Page } from "../terminal/page.ts";
import type { Row, StateVerdict } from "./row.ts";
import {
  goOfWhatExists,
  shownCounts,
  type Table,
  type TableOptions,
  titleOf,
  toldOf,
  verdictOf,
} from "./table.ts";

const colours = {
  GO: "green",
  "NO-GO": "red",
  UNDETERMINED: "yellow",
} as const satisfies Record<StateVerdict, string>;

/** Items of all stacks that are named; the longest name that the others line up with; room for what is said of one. */
const shownItems = 8;
const widestName = 44;
const narrowest = 24;
const widest = goOfWhatExists.length;
const narrow = "UNDETERMINED".length;

export function* tableText(table: Table, { page, quiet }: TableOptions): Iterable<string> {
  const shown = table.stacks.filter(({ verdict }) => !quiet || verdict !== "GO");
  const verdicts = shown.some((row) => verdictOf(row) === goOfWhatExists) ? widest : narrow;
  const names = Math.min(widestName, Math.max(0, ...shown.map((row) => clean(titleOf(row)).length)));
  const now = Date.parse(table.generated);
  const lines = (text: readonly string[]) => `${text.join("\n")}\n`;
  const bold = (text: string) => page.paint("bold", text);
  if (shown.length > 0) yield lines([bold(clean(`Stacks in ${table.source}`))]);
  for (const row of shown) yield lines(rowLines(row, { names, verdicts }, now, page));
  if (table.failsMost.length > 0)
    yield lines(["", bold("What fails in most of them"), ...failing(table, page)]);
  yield lines(["", ...hanging("", countsText(table), page.width, bold)]);
}

interface Widths {
  readonly names: number;
  readonly verdicts: number;
}

function rowLines(
  row: Row,
  { names, verdicts }: Widths,
  now: number,
  { width, paint }: Page,
): readonly string[] {
  const { verdict, updated } = row;
  const written = updated === null ? "–" : age(Math.max(0, now - Date.parse(updated)));
  const standing = `  ${(verdict === null ? "–" : verdictOf(row)).padEnd(verdicts)}  `;
  const lead = `${standing}${written.padStart(6)}  ${clean(titleOf(row)).padEnd(names)}  `;
  const painted = (text: string) =>
    paint(verdict === null ? "red" : colours[verdict], standing) + text.slice(standing.length);
  const says = toldOf(row);
  if (lead.length + narrowest <= width) return hanging(lead, says, width, undefined, painted);
  return [painted(lead.trimEnd()), ...hanging(" ".repeat(standing.length), says, width)];
}

function failing({ failsMost }: Table, { width, paint }: Page): readonly string[] {
  const shown = failsMost.slice(0, shownItems);
  const ids = Math.max(...shown.map(({ item }) => item.length));
  const numbers = Math.max(...shown.map(({ stacks }) => `${stacks}`.length));
  const more = failsMost.length - shown.length;
  return [
    ...shown.flatMap(({ item, stacks, statement }) =>
      hanging(
        `  ${item.padEnd(ids)}  ${`${stacks}`.padStart(numbers)}  `,
        statement,
        width,
        undefined,
        (lead) => paint("red", lead),
      ),
    ),
    ...(more > 0 ? [`  and ${more} more items: --format json or html lists them`] : []),
  ];
}

/** `1,000 stacks: 512 NO-GO, 3 UNDETERMINED, 2 not judged, 483 GO` */
export function countsText({ stacks, counts }: Pick<Table, "stacks" | "counts">): string {
  const parts = Object.entries(shownCounts({ stacks, counts })).filter(([, number]) => number > 0);
  const told = parts.map(([verdict, number]) => `${number.toLocaleString("en-GB")} ${verdict}`).join(", ");
  return `${stacks.length.toLocaleString("en-GB")} ${stacks.length === 1 ? "stack" : "stacks"}: ${told}`;
}
