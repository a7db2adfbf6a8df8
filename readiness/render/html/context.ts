/** What every chapter of a stack's part of the page knows. */
import type { Report, ReportedFinding, ReportedItem, StackReport } from "../../report.ts";
import type { Standing } from "../../verdict.ts";
import { Markup, markup } from "../markup.ts";
import { type Clock, clockOf, figures } from "./words.ts";

/** A standing as it is shown: what nobody asks of the stack, or cannot be due yet, is not missing. */
export type Shown = Standing | "later";

export interface ShownItem extends ReportedItem {
  readonly shown: Shown;
  readonly findings: readonly ReportedFinding[];
}

export interface Context {
  readonly report: StackReport;
  readonly items: readonly ShownItem[];
  /** When the report was made. */
  readonly now: number;
  readonly timeZone: string;
  readonly clock: Clock;
  /** Of every id of this stack's part; empty where the page is of one stack. */
  readonly prefix: string;
  /** By how much its headings stand below those of a page of one stack. */
  readonly depth: number;
  /** Filled by the chapters as they are made. */
  readonly contents: { readonly id: string; readonly name: string }[];
}

export type Part = Parameters<typeof markup>[1];

export const nothing = markup``;

/** @param place of the stack in the report */
export function contextOf(
  { stacks, notEvaluated, generated }: Report,
  report: StackReport,
  place: number,
): Context {
  const alone = stacks.length + notEvaluated.length === 1;
  const timeZone = report.operations?.onCall.value?.timeZone ?? "UTC";
  const findings = Map.groupBy(report.findings, (finding) => finding.item);
  return {
    report,
    items: report.checklist.map((item) => ({
      ...item,
      shown: shownOf(item),
      findings: findings.get(item.id) ?? [],
    })),
    now: Date.parse(generated),
    timeZone,
    clock: clockOf(timeZone),
    prefix: alone ? "" : `s${place + 1}-`,
    depth: alone ? 0 : 1,
    contents: [],
  };
}

function shownOf({ standing, required, phase }: ReportedItem): Shown {
  if (standing !== "unproven" || required) return standing;
  return phase === "after" ? "later" : "not-applicable";
}

/** Items that keep the verdict from GO, the weightiest first. */
export function blockingOf({ items }: Context): readonly ShownItem[] {
  const blocking: readonly Shown[] = ["failing", "unproven", "undecided"];
  return blocking.flatMap((standing) => items.filter((item) => item.required && item.shown === standing));
}

export function heading({ depth }: Context, level: number, text: Part, attributes: Markup = nothing): Markup {
  const name = new Markup(`h${level + depth}`);
  return markup`<${name}${attributes}>${text}</${name}>`;
}

export function link({ prefix }: Context, id: string, text: Part = id): Markup {
  return markup`<a href="#${prefix}${id}">${text}</a>`;
}

/** A chapter: its name, the one sentence that it is there to say, what shows it, and where that comes from. */
export function chapter(
  context: Context,
  id: string,
  name: string,
  lead: string,
  body: Part,
  source: Part = "",
): Markup {
  const { contents, prefix, report } = context;
  contents.push({ id, name });
  const title = markup`<span class="no">${contents.length + 1}</span>${name}`;
  const own = `${prefix}${id}`;
  const label =
    prefix === "" ? markup`aria-labelledby="${own}-h"` : markup`aria-label="${name} of ${report.stack}"`;
  return markup`<section id="${own}" ${label}>${heading(context, 2, title, markup` id="${own}-h"`)}
<p class="lead">${figures(lead)}</p>
${body}
${source === "" ? nothing : markup`<p class="src">Source: ${source}</p>`}</section>`;
}

/** Instead of what a report does not hold. */
export function missing(what: string): Markup {
  return markup`<p class="src">Not in this report: ${what}.</p>`;
}
