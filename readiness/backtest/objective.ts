/** What a monitor of a service level objective would see: burn rates and spent budgets. */
import type { Alert } from "../../model/alerts/alert.ts";
import { objectivesOf } from "../../model/alerts/objectives.ts";
import { slowerThan } from "../../model/alerts/quietness/latency.ts";
import type { BurnRateSignal, ErrorBudgetSignal } from "../../model/alerts/signal.ts";
import { classLatency } from "../../model/alerts/telemetry.ts";
import type { ServiceSpec } from "../../model/config/stack-spec.ts";
import { exact } from "../../model/exact.ts";
import { errorBudget } from "../../model/service-levels/error-budget.ts";
import { budgetDays } from "./budget.ts";
import { columnOfSeries } from "./columns.ts";
import { type Source, type Unmeasured, type WatchedValue, wants } from "./measured.ts";
import { type Counts, meanOf, rollingShare, shareAt } from "./rows.ts";

/** What of an objective is bad and of how much, by row, and how much of it may be. */
interface BadOfAll extends Counts {
  /** 0 to 1. */
  readonly budget: number;
  /** Rows stand for other stretches of time than the objective's. */
  readonly estimate: boolean;
}

/**
 * Datadog, "Burn Rate Alerts": a burn rate is a window's error rate divided by the one that the target allows.
 * Windows of hours and days reach back before most traces: what was there counts as traffic like the trace's
 * mean without a failure, or ten bad minutes would spend the budget of a month.
 */
export function objectiveMeasure(
  alert: Alert<BurnRateSignal | ErrorBudgetSignal>,
  source: Source,
): WatchedValue | Unmeasured {
  const { signal, subject } = alert;
  const service = source.spec.services.find(({ name }) => name === subject);
  if (!service) return wants(alert.key);
  const bad = badOfAll(signal.objective, service, source);
  if ("reason" in bad) return bad;
  const { trace } = source;
  const burns = signal.kind === "burn-rate";
  const windows = burns
    ? [signal.longWindowHours * 3600, signal.shortWindowMinutes * 60]
    : [budgetDays * 86_400];
  const usual = meanOf(bad.whole);
  const shares = windows.map((seconds) => rollingShare(bad, trace, seconds, usual));
  const scaled = (share: number) => exact((share * (burns ? 1 : 100)) / bad.budget);
  return {
    unit: burns ? "" : "%",
    shortestSeconds: Math.min(...windows),
    longestSeconds: Math.max(...windows),
    delaySeconds: 0,
    wantsFullWindow: false,
    estimate: bad.estimate,
    condition: {
      comparator: ">",
      thresholds: burns ? { critical: signal.rate } : signal.thresholds,
      // Without a request nothing failed.
      onMissingData: "resolve",
      counts: false,
    },
    // All windows are above a rate exactly when the least of them is.
    at: (until) => {
      const values = shares.map((share) => share(until)).filter((share) => share !== undefined);
      return values.length < windows.length ? undefined : scaled(Math.min(...values));
    },
    alone: (row) => {
      const share = shareAt(bad, row);
      return share === undefined ? undefined : scaled(share);
    },
  };
}

function badOfAll(
  name: BurnRateSignal["objective"],
  service: ServiceSpec,
  source: Source,
): BadOfAll | Unmeasured {
  const { data, spec } = source;
  const { availability, latency } = objectivesOf(service, spec);
  if (name === availability.name) {
    const [whole, part] = [data.get(`${service.name}.requests`), data.get(`${service.name}.errors`)];
    if (!whole || !part) return wants(`${service.name}.${whole ? "errors" : "requests"}`);
    return { part, whole, budget: errorBudget(availability.targetPercent), estimate: false };
  }
  const objective = Object.values(latency).find((o) => o.name === name);
  const values =
    objective && columnOfSeries(classLatency(spec, service, objective.endpointClass), data, spec);
  if (!objective || !values) return wants(`${service.name}-${name}`);
  // The trace has each row's p95, and not how many were slow: a usual spread around it tells (effects/chance.ts).
  return {
    part: values.map((p95) => (Number.isNaN(p95) ? p95 : slowerThan(objective.below, p95))),
    whole: values.map((p95) => (Number.isNaN(p95) ? p95 : 1)),
    budget: errorBudget(objective.targetPercent),
    estimate: true,
  };
}
