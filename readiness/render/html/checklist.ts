/** Every item: a strip of all standings, then section by section with proof, age, signer and place. */
import { sections } from "../../../model/checklist/checklist.ts";
import type { OpenItem } from "../digest.ts";
import { type Markup, markup } from "../markup.ts";
import { openItems } from "./blocks.ts";
import { row } from "./checklist-row.ts";
import { type Context, chapter, heading, nothing, type ShownItem } from "./context.ts";
import { mark, shownStandings, standings, uncoloured } from "./marks.ts";

interface Group {
  readonly name: string;
  readonly items: readonly ShownItem[];
}

export function checklistChapter(context: Context): Markup {
  const { items, report } = context;
  const groups = sections
    .map((name) => ({ name, items: items.filter(({ section }) => section === name) }))
    .filter((group) => group.items.length > 0);
  const proven = items.filter(({ shown }) => shown === "proven");
  const byRules = proven.filter(({ proofs }) => proofs.every(({ kind }) => kind === "policy")).length;
  const others = proven.length - byRules;
  const lead = `${proven.length} of ${items.length} items are proven: ${byRules} by rules over the declared resources${others > 0 ? `, ${others} by evidence, probes and people` : ""}.`;
  const open = openItems(context);
  return chapter(
    context,
    "checklist",
    "Checklist",
    lead,
    markup`${strip(context, groups)}${heading(context, 3, "Each item")}${groups.map((group) => section(context, group, open))}`,
    report.source.kind === "state"
      ? "rules ran over the state when this report was made. An item opens to the rules behind it."
      : "rules ran over what is declared when this report was made, so their age is the report's. An item opens to the rules and files behind it.",
  );
}

/** Where are the holes? */
function strip({ prefix }: Context, groups: readonly Group[]): Markup {
  const cell = ({ id, shown, statement }: ShownItem) =>
    markup`<a class="${shown}" href="#${prefix}${id}" title="${id} ${standings[shown]}: ${statement}">${uncoloured(shown)}</a>`;
  const rows = groups.map(
    (group) =>
      markup`<dt>${group.name}</dt><dd class="sec">${tally(group)}</dd><dd>${group.items.map(cell)}</dd>`,
  );
  return markup`<dl class="strip">${rows}</dl>`;
}

function tally({ items }: Group): string {
  const counted = items.filter(({ required }) => required);
  const stands = counted.filter(({ shown }) => shown === "proven" || shown === "waived").length;
  if (counted.length > 0) return `${stands} of ${counted.length}`;
  return items.some(({ shown }) => shown === "later") ? "later" : "not asked";
}

/** Open where something of it is: nothing folded hides a problem. */
function section(context: Context, group: Group, open: ReadonlyMap<string, OpenItem>): Markup {
  const hidden = ["proven", "later", "not-applicable"];
  const isOpen = group.items.some(({ shown }) => !hidden.includes(shown));
  const others = shownStandings
    .filter((standing) => standing !== "proven")
    .map((standing) => ({ standing, amount: group.items.filter(({ shown }) => shown === standing).length }))
    .filter(({ amount }) => amount > 0)
    .map(({ standing, amount }) => markup` ${mark(standing)} ${amount} ${standings[standing]}`);
  return markup`<details class="group"${isOpen ? markup` open=""` : nothing}><summary>${heading(context, 4, group.name)}<span class="sec">${tally(group)}${others}</span></summary>
<div class="rows"><p class="cols" aria-hidden="true"><span></span><span>Item</span><span>What is true when it passes</span><span>Proof</span><span>Age, limit</span><span>Where, by whom</span></p>
${group.items.map((item) => row(context, item, open.get(item.id)))}</div></details>`;
}
