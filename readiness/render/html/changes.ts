/** What became better and worse since another report; nothing where none was given. */
import type { ItemChange, Since } from "../../since/since.ts";
import type { Standing } from "../../verdict.ts";
import { type Markup, markup } from "../markup.ts";
import { changeLines, directionMarks, inOrder, sinceHead } from "../since.ts";
import { type Context, chapter, heading, link, nothing } from "./context.ts";
import { mark, shownStandings, standings } from "./marks.ts";
import { table } from "./table.ts";

export function changesChapter(context: Context): Markup {
  const { report } = context;
  const { since } = report;
  if (since === null) return nothing;
  return chapter(
    context,
    "changes",
    "What changed",
    `${sinceHead(since, report)}.`,
    markup`${counts(context, since)}${items(context, since)}${others(context, since)}`,
    markup`the report <code>${since.file}</code> (<code>npm run check -- --since FILE</code>).`,
  );
}

/** How many items stood how, and stand so now. */
function counts({ report }: Context, { items }: Since): Markup {
  if (items.length === 0) return nothing;
  const rows = shownStandings.flatMap((standing) => {
    if (standing === "later") return [];
    const now = report.checklist.filter((item) => item.standing === standing).length;
    const came = items.filter(({ after }) => after === standing).length;
    const left = items.filter(({ before }) => before === standing).length;
    const change = came - left;
    const signed = change === 0 ? "0" : `${change > 0 ? "+" : "−"}${Math.abs(change)}`;
    return [[stands(standing), String(now - change), String(now), signed]];
  });
  return table(["Standing", "Then", "Now", "Change"], rows, { numeric: [1, 2, 3], narrow: true });
}

function items(context: Context, { items: changed }: Since): Markup {
  const known = new Set<string>(context.items.map(({ id }) => id));
  const rows = inOrder(changed).map(({ id, direction, before, after, statement }: ItemChange) => [
    known.has(id) ? link(context, id) : id,
    markup`<span class="nw">${before ? stands(before) : "new"} → ${after ? stands(after) : "gone"}</span>`,
    markup`<span class="nw">${directionMarks[direction]} ${direction === "worse" ? markup`<b>worse</b>` : direction}</span>`,
    statement,
  ]);
  if (rows.length === 0) return nothing;
  return markup`${heading(context, 3, "Items")}${table(["Item", "Standing", "Direction", "About"], rows)}`;
}

function others(context: Context, since: Since): Markup {
  const rows = changeLines({ ...since, items: [] }).map(({ mark: sign, direction, name, change, about }) => [
    name,
    change,
    markup`<span class="nw">${sign} ${direction}</span>`,
    about,
  ]);
  if (rows.length === 0) return nothing;
  return markup`${heading(context, 3, "Rules and alerts")}${table(["What", "From, to", "Direction", "About"], rows)}`;
}

function stands(standing: Standing): Markup {
  return markup`${mark(standing)} ${standings[standing]}`;
}
