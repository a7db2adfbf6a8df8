/** What was measured of a service's levels, and what was not yet, with the command that does. */
import type { ItemId } from "../../../model/checklist/checklist.ts";
import type { ReportedMeasurement } from "../../report.ts";
import { type Markup, markup } from "../markup.ts";
import { commandsIn } from "./blocks.ts";
import { type Context, heading, link, nothing } from "./context.ts";
import { mark } from "./marks.ts";
import { table } from "./table.ts";
import { list, number } from "./words.ts";

/** Items whose proof measures something, and what. */
const measuring: Partial<Readonly<Record<ItemId, readonly string[]>>> = {
  "PRE-09": ["p95 of each class", "error rate"],
  "PRE-08": ["page response time", "Core Web Vitals"],
  "PRE-07": ["JavaScript of a page"],
  "PRE-02": ["lines covered by tests"],
  "INC-02": ["restore of a backup"],
  "INC-01": ["rollback of a release"],
};

/** As its level is named; nothing where it was not measured. */
export function measuredOf(
  { report }: Context,
  service: string,
  name: string,
): ReportedMeasurement | undefined {
  return report.measurements.find((one) => one.service === service && one.name === name);
}

export function holds({ value, relation, limit }: ReportedMeasurement): boolean {
  if (relation === ">") return value > limit;
  return relation === "<" ? value < limit : value <= limit;
}

/** `142 ms`, and a mark where it is beyond its limit. */
export function measuredCell(one: ReportedMeasurement | undefined): Markup {
  if (one === undefined) return markup`–`;
  const shown = `${number(one.value, one.value < 10 ? 2 : 0)} ${one.unit}`.trim();
  return holds(one) ? markup`${shown}` : markup`<span class="failing">${mark("failing")} ${shown}</span>`;
}

export function limitOf({ relation, limit, unit }: ReportedMeasurement): string {
  return `${relation} ${number(limit, 3)} ${unit}`.trim();
}

/** Where, of what and when. */
export function wherefrom({ clock }: Context, one: ReportedMeasurement): string {
  const { of, requests, environment, at } = one;
  const what = requests === null ? of : `${number(requests)} requests`;
  return [what, environment, at === null ? "" : clock.day(at)].filter(Boolean).join(", ");
}

/** What no proof of this report measured, each with the command that does. */
export function unmeasured(context: Context): Markup {
  const { report, items } = context;
  const done = new Set(report.measurements.map(({ item }) => item));
  const rows = items.flatMap((item) => {
    const what = measuring[item.id];
    if (what === undefined || !item.required || done.has(item.id)) return [];
    const [first] = commandsIn(item.remedy);
    return [[markup`${list(what)} ${link(context, item.id)}`, markup`<code>${first ?? item.remedy}</code>`]];
  });
  if (rows.length === 0) return nothing;
  return markup`${heading(context, 3, "Not measured yet")}${table(["What", "Measured by"], rows)}`;
}
