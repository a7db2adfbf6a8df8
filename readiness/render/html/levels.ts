/** What is promised of each service, where alerts fire, and what may fail before a promise is broken. */
import type { Budget, Level } from "../../operations/levels.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, heading, missing, nothing } from "./context.ts";
import { detectionOf, lastOutage } from "./faults.ts";
import { keys } from "./marks.ts";
import { type Cell, table } from "./table.ts";
import { count, duration, list, number, percent } from "./words.ts";

export function levelsChapter(context: Context): Markup {
  const told = context.report.operations?.levels;
  if (!told?.value) {
    return chapter(
      context,
      "levels",
      "Service levels",
      "What is promised is not known.",
      missing(told?.reason ?? "the service levels"),
    );
  }
  const { levels, budgets } = told.value;
  const leads = budgets.map(
    ({ service, targetPercent, minutes }) =>
      `${targetPercent} % of ${service}'s requests succeed, which leaves ${number(minutes, 1)} min a month.`,
  );
  return chapter(
    context,
    "levels",
    "Service levels",
    leads.join(" ") || `${count(levels.length, "level is", "levels are")} declared, and no availability.`,
    markup`${keys(
      ['<path d="M13 0v14" class="target"/>', "target: what is promised"],
      ['<path d="M13 0v14" class="alert"/>', "alert: where a person is told"],
    )}
${table(
  ["Level", "Target", "Alert", scaleHead(levels), "Watched by"],
  levels.map((level) => levelRow(level, endOf(levels))),
  { numeric: [1, 2] },
)}
${budgets.map((budget) => budgetOf(context, budget))}`,
    "declared monitors, objectives and checks. Nothing that is measured is in this report.",
  );
}

/** Times share a scale; a percentage has none, and one that is several times as long as the others would squeeze them. */
function endOf(levels: readonly Level[]): number {
  const limits = levels
    .filter(({ unit }) => unit === "ms")
    .flatMap(({ target, alerts }) => [target ?? 0, ...alerts.map(({ limit }) => limit ?? 0)])
    .toSorted((a, b) => a - b);
  const median = limits[Math.floor(limits.length / 2)] ?? 0;
  return Math.max(100, ...limits.filter((limit) => limit <= 4 * median));
}

function scaleHead(levels: readonly Level[]): Markup {
  const end = endOf(levels);
  const steps = [0, 0.25, 0.5, 0.75, 1].map((share) => markup`<span>${number(end * share)}</span>`);
  return markup`<span class="ax" aria-hidden="true">${steps}</span><span class="vh">On a scale to ${number(end)} ms</span>`;
}

function levelRow({ service, name, unit, target, alerts }: Level, end: number): readonly Cell[] {
  const limits = alerts.flatMap(({ limit }) => limit ?? []);
  const [first] = limits.toSorted((a, b) => a - b);
  const shown = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : `${number(value, 3)} ${unit}`;
  const watching = alerts.map(
    ({ alert, severity }) => `${alert}${severity ? ` ${severity.toUpperCase()}` : ""}`,
  );
  return [
    markup`${name} <span class="sec">${service}</span>`,
    shown(target),
    limits.length === 0 && alerts.length > 0 ? "burn rate" : shown(first),
    { plot: unit === "ms" && target !== null && target <= end ? lines(target, first, end) : nothing },
    markup`<span class="sec">${watching.join(", ") || "nothing"}</span>`,
  ];
}

function lines(target: number, alert: number | undefined, end: number): Markup {
  const at = (value: number) => `${((value / end) * 100).toFixed(1)}%`;
  const line = (value: number, name: string) =>
    markup`<line class="${name}" x1="${at(value)}" x2="${at(value)}" y1="5%" y2="95%"/>`;
  return markup`<svg aria-hidden="true"><line class="line" x2="100%" y1="50%" y2="50%"/>${line(target, "target")}${alert === undefined ? nothing : line(alert, "alert")}</svg>`;
}

/** How much of a month's budget one total outage costs before a phone rings. */
function budgetOf(context: Context, { service, minutes, monthHours, targetPercent }: Budget): Markup {
  const first = lastOutage(detectionOf(context), service);
  const title = `Error budget of ${service}: ${number(minutes, 1)} minutes of ${monthHours} hours`;
  const cost = first?.fault.budgetShare ?? undefined;
  const picture =
    cost === undefined
      ? nothing
      : markup`<div class="tank" aria-hidden="true"><span class="out" style="width:${(cost * 100).toFixed(2)}%"></span><span class="left">${number(minutes, 1)} min at ${targetPercent} %</span></div>`;
  const said =
    first === undefined || cost === undefined
      ? "No alert looks for a total outage of it."
      : `The sliver is what a total outage costs until somebody is told: ${duration(first.fault.seconds)}, ${percent(cost)} of the budget. What is spent of it is not in this report.`;
  return markup`${heading(context, 3, title)}<figure>${picture}<figcaption class="src">${said} ${burns(context, service)}</figcaption></figure>`;
}

function burns({ report }: Context, service: string): string {
  const names = (report.operations?.alerts.value ?? [])
    .filter((alert) => alert.service === service && /^availability-\w+-burn$/.test(alert.id ?? ""))
    .map(({ name, severity }) => `${name} (${severity})`);
  return names.length === 0 ? "" : `How fast it burns is watched by ${list(names)}.`;
}
