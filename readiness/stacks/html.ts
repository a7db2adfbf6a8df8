/** The table as one page, by the report's design: no script, for a browser, for paper, in light and in dark. */
import packageJson from "../../package.json" with { type: "json" };
import { nothing, type Part } from "../render/html/context.ts";
import { mark, symbols, verdictMarks } from "../render/html/marks.ts";
import { styleOf } from "../render/html/style.ts";
import { type Cell, table as markedTable } from "../render/html/table.ts";
import { age, breakable, clockOf, count, figures, number } from "../render/html/words.ts";
import { type Markup, markup } from "../render/markup.ts";
import { stacksSchemaVersion } from "./json.ts";
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
import { countsText } from "./text.ts";

export function tableHtml(table: Table, { purpose }: TableOptions): Iterable<string> {
  const { source, generated, stacks, failsMost } = table;
  const { name, version } = packageJson;
  const counted = countsText(table);
  const when = clockOf("UTC").moment(generated);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>${counted}</title>
<style>${styleOf(`${counted}, ${generated.slice(0, 16).replace("T", " ")} UTC`)}</style>
</head>
<body>${symbols}
<main>
<header class="overview"><h1>Production readiness of ${count(stacks.length, "stack")}</h1>
<p class="sec">${breakable(source)}, ${when} UTC, ${asked[purpose]}</p>
</header>
<ul class="counts">${countsOf(table)}</ul>
${chapter(1, "failing", "What fails in most of them", failingSentence(table), failingTable(failsMost))}
${chapter(2, "stacks", "Stacks", worstSentence(table), stacksTable(stacks, Date.parse(generated)))}
</main>
<footer>${name} ${version}, schema of stacks ${stacksSchemaVersion}, ${generated}</footer>
</body>
</html>
`;
  return [page.text];
}

const asked = {
  change: "by the rules alone",
  release: "with all that a release needs",
  update: "with all that an update needs",
} as const satisfies Record<TableOptions["purpose"], string>;

function chapter(place: number, id: string, name: string, lead: string, body: Markup): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h"><span class="no">${place}</span>${name}</h2>
<p class="lead">${figures(lead)}</p>
${body}</section>`;
}

function countsOf(table: Table): readonly Markup[] {
  return Object.entries(shownCounts(table)).map(([verdict, amount]) => {
    const plain = verdict === goOfWhatExists ? "GO" : verdict;
    const standing = verdictMarks[plain as StateVerdict] ?? "unproven";
    const shape = amount === 0 ? nothing : mark(standing);
    return markup`<li${amount === 0 ? markup` class="zero"` : nothing}><b class="${standing}">${shape} ${number(amount)}</b><span>${verdict}</span></li>`;
  });
}

function failingSentence({ failsMost: [first], stacks }: Table): string {
  if (!first) return "No item fails in any of them.";
  return `${first.item} fails in ${number(first.stacks)} of ${count(stacks.length, "stack")}.`;
}

function failingTable(items: Table["failsMost"]): Markup {
  if (items.length === 0) return nothing;
  const rows = items.map(({ item, statement, stacks, findings }): readonly Cell[] => [
    item,
    statement,
    number(stacks),
    number(findings),
  ]);
  return markedTable(["Item", "Demands", "Stacks", "Findings"], rows, { numeric: [2, 3] });
}

function worstSentence({ stacks, counts }: Table): string {
  const open = stacks.length - counts.GO;
  const existing = stacks.some(({ asked }) => asked === "existing");
  if (open === 0)
    return existing ? "All of them are GO, of other projects what exists." : "All of them are GO.";
  return `${number(open)} of ${count(stacks.length, "stack")} not GO.`;
}

function stacksTable(rows: readonly Row[], now: number): Markup {
  return markedTable(
    ["Stack", "Verdict", "What keeps it from GO", "Resources", "Written"],
    rows.map((row): readonly Cell[] => [
      markup`<b>${breakable(titleOf(row))}</b>`,
      verdictCell(row),
      toldOf(row),
      row.verdict === null ? "–" : number(row.resources),
      row.updated === null ? "–" : figures(`${age(Math.max(0, now - Date.parse(row.updated)))} ago`),
    ]),
    { numeric: [3, 4] },
  );
}

function verdictCell(row: Row): Part {
  const { verdict } = row;
  if (verdict === null) return markup`${mark("unproven")} <span class="unproven">not judged</span>`;
  const standing = verdictMarks[verdict];
  return markup`${mark(standing)} <b class="${standing} nw">${verdictOf(row)}</b>`;
}
