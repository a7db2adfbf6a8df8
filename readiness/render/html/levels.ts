/** What is promised of each service, what was measured of it, where alerts fire, and what may still fail. */
import type { Level, LevelAlert } from "../../operations/levels.ts";
import { type Markup, markup } from "../markup.ts";
import { budgetOf } from "./budget.ts";
import { type Context, chapter, heading, link, missing, nothing } from "./context.ts";
import { keys } from "./marks.ts";
import { holds, limitOf, measuredCell, measuredOf, unmeasured, wherefrom } from "./measured.ts";
import { table } from "./table.ts";
import { count, list, number } from "./words.ts";

export function levelsChapter(context: Context): Markup {
  const told = context.report.operations?.levels;
  if (!told?.value) {
    return chapter(
      context,
      "levels",
      "Service levels",
      "What is promised is not known.",
      markup`${missing(told?.reason ?? "the service levels")}${others(context, [], [])}`,
    );
  }
  const { levels, budgets } = told.value;
  const leads = budgets.map(
    ({ service, targetPercent, minutes }) =>
      `${targetPercent} % of ${service}'s requests succeed, which leaves ${number(minutes, 1)} min a month.`,
  );
  const scale = scaleOf(context, levels);
  const drawn = levels.filter((level) => isDrawn(level, scale.end));
  return chapter(
    context,
    "levels",
    "Service levels",
    [measuredLead(context), ...leads].join(" ").trim() ||
      `${count(levels.length, "level is", "levels are")} declared, and no availability.`,
    markup`${drawn.length === 0 ? nothing : plots(context, drawn, scale)}
${others(context, levels, drawn)}
${unmeasured(context)}
${budgets.map((budget) => budgetOf(context, budget))}`,
    "declared monitors, objectives and checks; what is measured, from evidence and probes of this release. Availability and cache hits are counted by Datadog, and stand in no report.",
  );
}

function measuredLead({ report: { measurements } }: Context): string {
  const over = measurements.filter((one) => !holds(one)).map(({ name }) => name);
  if (measurements.length === 0) return "";
  if (over.length === 0)
    return `All ${count(measurements.length, "value")} that were measured are within their limits.`;
  return `Beyond what is promised: ${list(over)}.`;
}

function plots(context: Context, levels: readonly Level[], scale: Scale): Markup {
  const steps = Array.from({ length: scale.end / scale.step + 1 }, (_, i) => i * scale.step);
  const head = markup`<span class="ax" aria-hidden="true">${steps.map((step) => markup`<span>${number(step)}</span>`)}</span><span class="vh">On a scale to ${number(scale.end)} ms</span>`;
  const rows = levels.map((level) => {
    const [first] = limitsOf(level);
    const measured = measuredOf(context, level.service, level.name);
    const broken = measured !== undefined && !holds(measured);
    return [
      nameOf(context, level),
      measuredCell(measured),
      shown(level.target, level),
      shown(first, level),
      { plot: lines(scale.end, level.target, first, measured?.value, broken) },
      markup`<span class="sec">${watchers(level)}</span>`,
    ];
  });
  return markup`${keys(
    ['<rect y="4" width="26" height="6" class="val"/>', "measured"],
    ['<path d="M13 0v14" class="target"/>', "target: what is promised"],
    ['<path d="M13 0v14" class="alert"/>', "alert: where a person is told"],
  )}
${table(["Latency", "Measured", "Target", "Alert", head, "Watched by"], rows, { numeric: [1, 2, 3] })}`;
}

/** Levels that share no scale with times, and what else is measured of a release. */
function others(context: Context, levels: readonly Level[], drawn: readonly Level[]): Markup {
  const rest = levels.filter((level) => !drawn.includes(level));
  const rows = rest.map((level) => {
    const limits = limitsOf(level);
    const measured = measuredOf(context, level.service, level.name);
    return [
      nameOf(context, level),
      measuredCell(measured),
      shown(level.target, level),
      limits.length === 0 && level.alerts.length > 0 ? "burn rate" : shown(limits[0], level),
      measured ? wherefrom(context, measured) : nothing,
      markup`<span class="sec">${watchers(level)}${level.name === "availability" ? outside(context) : ""}</span>`,
    ];
  });
  const more = context.report.measurements
    .filter(({ name, service }) => !levels.some((level) => level.name === name && level.service === service))
    .map((one) => [
      markup`<span class="nw">${one.name}</span>`,
      measuredCell(one),
      limitOf(one),
      nothing,
      wherefrom(context, one),
      markup`<span class="sec">no page, ${link(context, one.item)}</span>`,
    ]);
  if (rows.length + more.length === 0) return nothing;
  const heads = ["Level", "Measured", "Target", "Alert", "Of, where, when", "Watched by"];
  return markup`${heading(context, 3, "Everything else that is promised")}${table(heads, [...rows, ...more], { numeric: [1, 2, 3] })}`;
}

/** What does so without Datadog. */
function outside({ report }: Context): string {
  const watches = report.operations?.outside.value ?? [];
  return watches.map(({ check, severity }) => `; without Datadog ${check} ${severity}`).join("");
}

interface Scale {
  readonly end: number;
  readonly step: number;
}

/** Times share a scale; one that is several times as long as the others would squeeze them. */
function scaleOf(context: Context, levels: readonly Level[]): Scale {
  const times = levels.filter(({ unit }) => unit === "ms");
  const limits = times.flatMap((level) => [level.target ?? 0, ...limitsOf(level)]).toSorted((a, b) => a - b);
  const median = limits[Math.floor(limits.length / 2)] ?? 0;
  const near = times.filter(({ target }) => target !== null && target <= 4 * median);
  const values = near.map(({ service, name }) => measuredOf(context, service, name)?.value ?? 0);
  const most = Math.max(100, ...limits.filter((limit) => limit <= 4 * median), ...values);
  // 1, 2 or 5 of a power of ten, so that five steps or fewer reach the end.
  const power = 10 ** Math.floor(Math.log10(most / 5));
  const step = power * ([1, 2, 5, 10].find((times) => times * power * 5 >= most) ?? 10);
  return { end: Math.ceil(most / step) * step, step };
}

function isDrawn({ unit, target }: Level, end: number): boolean {
  return unit === "ms" && target !== null && target <= end;
}

/** Where its alerts fire, the first first. */
function limitsOf({ alerts }: Level): readonly number[] {
  return alerts.flatMap(({ limit }) => limit ?? []).toSorted((a, b) => a - b);
}

function shown(value: number | null | undefined, { unit }: Level): string {
  return value === null || value === undefined ? "–" : `${number(value, 3)} ${unit}`;
}

/** With its service where there are several. */
function nameOf({ report }: Context, { name, service }: Level): Markup {
  const several = (report.operations?.levels.value?.budgets.length ?? 0) > 1;
  const shownName = markup`<span class="nw">${name}</span>`;
  return several ? markup`${shownName} <span class="sec">${service}</span>` : shownName;
}

/** Alerts by name, without the service's; those on its budget together. */
function watchers({ alerts, service }: Level): string {
  const severityOf = ({ severity }: LevelAlert) => severity?.toUpperCase() ?? "";
  const named = alerts
    .filter(({ limit }) => limit !== null)
    .map((alert) => `${alert.alert.replace(`${service}-`, "")} ${severityOf(alert)}`.trim());
  const burns = alerts.filter(({ limit }) => limit === null).map(severityOf);
  const all = [...named, ...(burns.length > 0 ? [`burn rate ${[...new Set(burns)].sort().join(", ")}`] : [])];
  return all.join("; ") || "nothing";
}

function lines(
  end: number,
  target: number | null,
  alert: number | undefined,
  value: number | undefined,
  broken: boolean,
): Markup {
  const at = (of: number) => `${((of / end) * 100).toFixed(1)}%`;
  const line = (of: number, name: string) =>
    markup`<line class="${name}" x1="${at(of)}" x2="${at(of)}" y1="5%" y2="95%"/>`;
  const bar =
    value === undefined
      ? nothing
      : markup`<rect class="${broken ? "val over" : "val"}" y="32%" height="36%" width="${at(value)}"/>`;
  return markup`<svg aria-hidden="true"><line class="line" x2="100%" y1="50%" y2="50%"/>${bar}${target === null ? nothing : line(target, "target")}${alert === undefined ? nothing : line(alert, "alert")}</svg>`;
}
