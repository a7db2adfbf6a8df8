/** What a backtest found, as data: for each alert when it would have fired, and what that would have meant. */

import type { Alert } from "../../model/alerts/alert.ts";
import { alertsOf } from "../../model/alerts/catalogue.ts";
import { objectivesOf } from "../../model/alerts/objectives.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { exact } from "../../model/exact.ts";
import { type Severity, severities, severityLevels } from "../../model/on-call/severities.ts";
import { type Burnt, budgetOf } from "./budget.ts";
import type { Data } from "./columns.ts";
import { type Episode, evaluateMeasure } from "./evaluate.ts";
import { type Flap, flapsOf } from "./flapping.ts";
import { measureOf } from "./measure.ts";
import type { Unmeasured } from "./measured.ts";
import { endOf, type Trace } from "./trace.ts";

/** One time that an alert fired. Times are in seconds since 1970. */
export interface Firing extends Omit<Episode, "badSince"> {
  /** When the incident began: as told, or the first bad sample; null where neither is known. */
  readonly since: number | null;
  /** Seconds from then until the alert fired. */
  readonly detectionSeconds: number | null;
  /** Percent of the service's error budget of 30 days that was gone since then, when the alert fired. */
  readonly budgetBurntPercent: number | null;
}

export interface AlertResult {
  readonly key: string;
  readonly title: string;
  readonly severity: Severity;
  readonly pages: boolean;
  /** Of the values at which it fired; empty for a plain number, such as a burn rate. */
  readonly unit: string;
  /** Its window holds results that cannot be merged exactly, so Datadog's moment may differ. */
  readonly estimate: boolean;
  readonly warnings: number;
  readonly firings: readonly Firing[];
  /** Stretches in which it fired over and over; each of those firings is told, and pages where the alert does. */
  readonly flaps: readonly Flap[];
}

export interface UnevaluatedAlert extends Unmeasured {
  readonly key: string;
}

export interface BacktestReport {
  readonly stack: string;
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
  readonly rows: number;
  /** Steps between the first and the last row that have no row: no data then. */
  readonly missingRows: number;
  readonly alerts: readonly AlertResult[];
  readonly notEvaluated: readonly UnevaluatedAlert[];
  /** Firings of alerts that page, and the others. */
  readonly pages: number;
  readonly tickets: number;
  /** Null for a trace of less than a week: one bad hour is no rate. */
  readonly pagesPerWeek: number | null;
  /** Of each service's budget of 30 days, over the whole trace. */
  readonly budgets: readonly { readonly service: string; readonly burntPercent: number }[];
}

/** The alerts that fired, the most severe first. */
export function firedAlerts({ alerts }: BacktestReport): readonly AlertResult[] {
  return alerts
    .filter((alert) => alert.firings.length > 0)
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

export interface BacktestOptions {
  /** When the incident began, in seconds since 1970; the first bad sample where absent. */
  readonly incidentStart?: number;
  /** Seconds between two evaluations; Datadog's where absent. */
  readonly every?: number;
}

const weekSeconds = 7 * 86_400;

/** Evaluates every alert of a stack on a trace. */
export function backtestReport(
  spec: StackSpec,
  trace: Trace,
  data: Data,
  options: BacktestOptions = {},
): BacktestReport {
  const [from, to] = [trace.times[0] ?? 0, endOf(trace)];
  const budgets = new Map<string, Burnt>();
  for (const service of spec.services) {
    const { targetPercent } = objectivesOf(service, spec).availability;
    const burnt = budgetOf(service.name, targetPercent, data, trace);
    if (burnt) budgets.set(service.name, burnt);
  }

  const alerts: AlertResult[] = [];
  const notEvaluated: UnevaluatedAlert[] = [];
  for (const alert of alertsOf(spec)) {
    const measure = measureOf(alert, { trace, data, spec });
    if ("reason" in measure) {
      notEvaluated.push({ key: alert.key, ...measure });
      continue;
    }
    const { episodes, warnings } = evaluateMeasure(measure, trace, options.every);
    const { key, title, severity } = alert;
    const pages = severityLevels[severity].urgency !== "low";
    const burnt = budgetBehind(alert, budgets);
    const firings = withDelays(episodes, burnt, options.incidentStart);
    const { estimate, unit } = measure;
    const flaps = flapsOf(firings);
    alerts.push({ key, title, severity, pages, unit, estimate, warnings, firings, flaps });
  }

  const count = (paging: boolean) =>
    alerts.filter((a) => a.pages === paging).reduce((sum, a) => sum + a.firings.length, 0);
  const pages = count(true);
  return {
    stack: spec.stack,
    from,
    to,
    stepSeconds: trace.stepSeconds,
    rows: trace.times.length,
    missingRows: Math.round((to - from) / trace.stepSeconds) - trace.times.length,
    alerts,
    notEvaluated,
    pages,
    tickets: count(false),
    pagesPerWeek: to - from < weekSeconds ? null : exact((pages * weekSeconds) / (to - from)),
    budgets: [...budgets].map(([service, burnt]) => ({ service, burntPercent: burnt(from, to) })),
  };
}

/** The service's own; what the services share burns the budget of the only service that the trace is about. */
function budgetBehind({ subject }: Alert, budgets: ReadonlyMap<string, Burnt>): Burnt | undefined {
  return budgets.get(subject) ?? (budgets.size === 1 ? [...budgets.values()][0] : undefined);
}

/** An incident's start that is told counts for the first firing after it, and for no other. */
function withDelays(
  episodes: readonly Episode[],
  burnt: Burnt | undefined,
  incidentStart: number | undefined,
): readonly Firing[] {
  const first = episodes.find(({ firedAt }) => incidentStart === undefined || firedAt >= incidentStart);
  return episodes.map((episode) => {
    const { badSince, ...rest } = episode;
    const told = episode === first ? incidentStart : undefined;
    const since = incidentStart === undefined ? badSince : (told ?? null);
    return {
      ...rest,
      since,
      detectionSeconds: since === null ? null : exact(rest.firedAt - since),
      budgetBurntPercent: since === null || !burnt ? null : burnt(since, rest.firedAt),
    };
  });
}
