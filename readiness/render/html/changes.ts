/** What became better and worse since another report; nothing where none was given. */
import { type Markup, markup } from "../markup.ts";
import { changeLines, sinceHead } from "../since.ts";
import { type Context, chapter, link, nothing } from "./context.ts";
import { table } from "./table.ts";

export function changesChapter(context: Context): Markup {
  const { report, items } = context;
  const { since } = report;
  if (since === null) return nothing;
  const known = new Set<string>(items.map(({ id }) => id));
  const rows = changeLines(since).map(({ mark, direction, name, change, about }) => [
    known.has(name) ? link(context, name) : name,
    markup`<span class="nw">${mark} ${direction}</span>`,
    change,
    about,
  ]);
  const body = rows.length === 0 ? nothing : table(["What", "Direction", "From, to", "About"], rows);
  return chapter(
    context,
    "changes",
    "What changed",
    `${sinceHead(since, report)}.`,
    body,
    markup`the report <code>${since.file}</code> (<code>npm run check -- --since FILE</code>).`,
  );
}
