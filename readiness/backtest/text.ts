/** The backtest for reading: what fired and when, what stayed quiet, what the trace says nothing about. */
import type { Severity } from "../../model/on-call/severities.ts";
import { hanging } from "../terminal/layout.ts";
import type { Page } from "../terminal/page.ts";
import type { Input } from "./columns.ts";
import type { Flap } from "./flapping.ts";
import type { ServiceProfile } from "./profile.ts";
import { type AlertResult, type BacktestReport, type Firing, firedAlerts } from "./report.ts";
import { formatDuration, formatTime } from "./time.ts";

/** Firings of one alert that are written out; the JSON report has them all. */
const shownFirings = 4;
const estimated =
  "estimated: percentiles of single rows cannot be merged exactly, so their mean stands for a window";
const indent = "      ";
const colours = { SEV1: "red", SEV2: "red", SEV3: "yellow", SEV4: "cyan" } as const satisfies Record<
  Severity,
  string
>;

export function backtestText(
  report: BacktestReport,
  profiles: readonly ServiceProfile[],
  page: Page,
): string {
  const fired = firedAlerts(report);
  const quiet = report.alerts.filter((a) => a.firings.length === 0);
  const blocks = [
    head(report, page),
    profiles.flatMap((p) => errorLine(p, page)),
    ...fired.map((alert) => alertLines(alert, report, page)),
    [
      ...list("Quiet", quiet.map((a) => a.key).join(", "), page),
      ...list("Not evaluated", unevaluated(report), page),
      ...(report.alerts.some((a) => a.estimate) ? list("≈", estimated, page) : []),
    ],
    totals(report, page),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** What the columns of a trace may be. */
export function renderColumns(inputs: readonly Input[], page: Page): string {
  const named = inputs.map(({ names: [name], unit, meaning }) => ({
    name: unit === "" ? name : `${name} (${unit})`,
    meaning,
  }));
  const longest = Math.max(...named.map(({ name }) => name.length));
  const bold = (text: string) => page.paint("bold", text);
  const lines = [
    ...hanging("time  ".padEnd(longest + 2), "when the row's interval begins", page.width, undefined, bold),
    ...named.flatMap(({ name, meaning }) =>
      hanging(`${name.padEnd(longest)}  `, meaning, page.width, undefined, bold),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function head({ stack, from, to, stepSeconds, rows, missingRows }: BacktestReport, page: Page): string[] {
  const missing = missingRows > 0 ? `, ${missingRows.toLocaleString("en")} rows missing` : "";
  const what =
    `${formatTime(from)} to ${formatTime(to)} UTC, ${rows.toLocaleString("en")} rows, ` +
    `one every ${formatDuration(stepSeconds)}${missing}`;
  const bold = (text: string) => page.paint("bold", text);
  return hanging(`Backtest of ${stack}  `, what, page.width, undefined, bold);
}

function errorLine({ service, profile }: ServiceProfile, page: Page): string[] {
  const shares = profile(timelineWidth(page));
  const worst = Math.max(...shares);
  const line = shares.map((s) => (s === 0 ? " " : bar(s / worst))).join("");
  const title = `Errors of ${service}, up to ${percent(100 * worst)} of requests`;
  return worst === 0 ? [] : [...hanging("", title, page.width), `${indent}${page.paint("red", line)}`];
}

function bar(share: number): string {
  return "▁▂▃▄▅▆▇█"[Math.min(7, Math.floor(share * 8))] ?? " ";
}

function alertLines(alert: AlertResult, report: BacktestReport, page: Page): string[] {
  const { key, title, severity, estimate, flaps } = alert;
  const mark = estimate ? "≈ " : "";
  const loud = (text: string) => page.paint(["bold", colours[severity]], text);
  const told = [...flaps.map((flap) => flapLine(flap, alert, report)), ...single(alert).map(firingLine)];
  const more = told.length - shownFirings;
  return [
    ...hanging(`${severity}  `, `${mark}${key}: ${title}`, page.width, (t) => page.paint("bold", t), loud),
    `${indent}${timeline(alert, report, page)}`,
    ...told.slice(0, shownFirings).flatMap((line) => hanging(indent, line, page.width)),
    ...(more > 0 ? hanging(indent, `and ${more} more: --format json lists them all`, page.width) : []),
  ];
}

/** Firings that are no part of a flapping. */
function single({ firings, flaps }: AlertResult): readonly Firing[] {
  return firings.filter(
    ({ firedAt }) => !flaps.some((flap) => firedAt >= flap.from && firedAt < (flap.to ?? Infinity)),
  );
}

function flapLine({ from, to, firings }: Flap, { pages }: AlertResult, report: BacktestReport): string {
  const length = (to ?? report.to) - from;
  const each = pages ? ", and paged each time" : "";
  return `flapped from ${formatTime(from)}: fired ${firings} times in ${formatDuration(length)}${each}`;
}

function firingLine(firing: Firing): string {
  const { firedAt, recoveredAt, cause, detectionSeconds, budgetBurntPercent } = firing;
  const end =
    recoveredAt === null ? "not recovered" : `recovered after ${formatDuration(recoveredAt - firedAt)}`;
  return [
    `fired ${formatTime(firedAt)}${cause === "no data" ? " for want of data" : ""}`,
    ...(detectionSeconds === null ? [] : [`${formatDuration(detectionSeconds)} after it began`]),
    ...(budgetBurntPercent === null
      ? []
      : [`${percent(budgetBurntPercent)} of the error budget burnt by then`]),
    end,
  ].join(", ");
}

function timeline({ firings, severity }: AlertResult, { from, to }: BacktestReport, page: Page): string {
  const cells = timelineWidth(page);
  const cell = (time: number) => Math.floor(((time - from) * cells) / (to - from));
  const line = new Array<string>(cells).fill("·");
  for (const { firedAt, recoveredAt } of firings) {
    line.fill("█", Math.min(cell(firedAt), cells - 1), cell(recoveredAt ?? to) + 1);
  }
  return line.join("").replaceAll(/█+/g, (text) => page.paint(colours[severity], text));
}

function timelineWidth({ width }: Page): number {
  return Math.min(width - indent.length, 100);
}

/** How many for which reason: the names would fill the screen. */
function unevaluated({ notEvaluated }: BacktestReport): string {
  const reasons = [...Map.groupBy(notEvaluated, (n) => n.reason)];
  const parts = reasons.map(([reason, alerts]) => `${alerts.length} ${reason}`);
  return parts.length === 0
    ? ""
    : `${parts.join(", ")}; --format json names them, --columns lists what a trace may hold`;
}

function list(title: string, text: string, page: Page): string[] {
  const dim = (line: string) => page.paint("dim", line);
  return text === "" ? [] : hanging(`${title}  `, text, page.width, dim, (t) => page.paint("bold", t));
}

function totals(report: BacktestReport, page: Page): string[] {
  const { pages, tickets, pagesPerWeek, budgets } = report;
  const rate = pagesPerWeek === null ? "" : ` (${pagesPerWeek.toFixed(1)} a week)`;
  const parts = [
    `${counted(pages, "page")}${rate}${flapping(report)}, ${counted(tickets, "ticket")}`,
    ...budgets.map(
      ({ service, burntPercent }) => `${percent(burntPercent)} of ${service}'s error budget of 30 days burnt`,
    ),
  ];
  return hanging("", parts.join("; "), page.width, (t) => page.paint("bold", t));
}

function flapping({ alerts }: BacktestReport): string {
  const flapped = alerts.filter(({ pages, flaps }) => pages && flaps.length > 0);
  const pages = flapped.flatMap(({ flaps }) => flaps).reduce((sum, { firings }) => sum + firings, 0);
  return pages === 0 ? "" : `, ${pages} of them from ${counted(flapped.length, "flapping alert")}`;
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function percent(value: number): string {
  return `${value >= 10 ? value.toFixed(0) : Number(value.toPrecision(2))} %`;
}
