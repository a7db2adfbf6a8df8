/** What blocks: each item with what speaks against it, why it matters, and the command that mends it. */

import { clean } from "../../terminal/layout.ts";
import type { OpenItem } from "../digest.ts";
import { openGroups, shownObservations } from "../digest.ts";
import { type Markup, markup } from "../markup.ts";
import { blockingOf, type Context, chapter, heading, link, nothing, type ShownItem } from "./context.ts";
import { mark, standings } from "./marks.ts";
import { breakable, command, count, path } from "./words.ts";

export function blocks(context: Context): Markup {
  const open = openItems(context);
  const entries = blockingOf(context).map((item) => entry(context, item, open.get(item.id)));
  return chapter(context, "blocks", "What blocks", blockingSentence(context), entries);
}

/** What is open of each item, in the words that all formats have. */
export function openItems({ report }: Context): ReadonlyMap<string, OpenItem> {
  return new Map(
    openGroups(report).flatMap(({ items }) => items.map((open) => [open.item.id, open] as const)),
  );
}

function entry(context: Context, item: ShownItem, open: OpenItem | undefined): Markup {
  const { prefix, report } = context;
  const own = `${prefix}b-${item.id}`;
  const remedy = open?.remedy ?? item.remedy;
  const title = markup`${link(context, item.id)} ${item.statement}`;
  return markup`<article class="block" aria-labelledby="${own}">${mark(item.shown)}
<div>${heading(context, 3, title, markup` id="${own}"`)}
<p class="said"><strong class="${item.shown}">${standings[item.shown]}</strong> ${observed(open)}</p>
<p class="meta">${item.why}</p></div>
<div class="do">${howTo(remedy, `npm run explain -- ${item.id} --stack ${report.stack}`)}</div></article>`;
}

/** What speaks against an item, and where. */
export function observed(open: OpenItem | undefined): Markup {
  if (open === undefined) return nothing;
  const { observations } = open;
  const more = observations.length - shownObservations;
  const shown = observations
    .slice(0, shownObservations)
    .map(
      ({ said, place, waiver }) =>
        markup`<span class="obs">${breakable(said)}. ${place && !said.includes(place.replace(/:\d+$/, "")) ? path(place) : nothing} ${waiver ?? ""}</span>`,
    );
  return markup`${shown}${more > 0 ? markup` And ${count(more, "more finding")}.` : nothing}`;
}

/**
 * A remedy with each command on a line of its own.
 * @param ask the command for a remedy that has none: what has been found, and where
 */
export function howTo(remedy: string, ask: string): Markup {
  const parts = partsOf(remedy);
  const shown = parts.map((part) => {
    if (isCommand(part)) return command(part);
    const words = part.replace(/^[\s).,;]+|(?<![\s(])[\s(]+$/g, "");
    return words === "" || words === "and" ? nothing : markup`<p>${words}</p>`;
  });
  return markup`${shown}${parts.some(isCommand) ? nothing : command(ask)}`;
}

/** The commands that a remedy names. */
export function commandsIn(remedy: string): readonly string[] {
  return partsOf(remedy).filter(isCommand);
}

/** Commands in turn with the words between them. */
function partsOf(remedy: string): readonly string[] {
  return clean(remedy)
    .split(/`([^`]+)`|(npm run [^()]*?)(?=\)|\.?$|\. |, (?:then|and) )/)
    .filter((part) => part !== undefined);
}

function isCommand(text: string): boolean {
  return /^(?:npm|npx|git|aws|gh|pulumi) /.test(text);
}

function blockingSentence(context: Context): string {
  const { length } = blockingOf(context);
  const what = context.report.purpose === "change" ? "change" : "release";
  return length === 0
    ? `Nothing blocks this ${what}.`
    : `${count(length, "item blocks", "items block")} this ${what}; each says how to mend it.`;
}
