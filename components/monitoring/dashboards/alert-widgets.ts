/** Widgets made of the alert catalogue: what an alert watches, where it fires, what to do about it. */
import { type Alert, isOfKind } from "../../../model/alerts/alert.ts";
import { type DashboardName, runbookUrl } from "../../../model/alerts/links.ts";
import { anomalyBandOf, expressionQuery, forecastOf } from "../../../model/alerts/query.ts";
import type {
  AnomalySignal,
  EventSignal,
  ForecastSignal,
  MetricSignal,
  Thresholds,
} from "../../../model/alerts/signal.ts";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { severities } from "../../../model/on-call/severities.ts";
import type { DeclaredObjective } from "../objective.ts";
import {
  burnRates,
  type Events,
  eventGraph,
  type Markers,
  metricGraph,
  note,
  type Widget,
} from "./widgets.ts";

type Drawn = Alert<MetricSignal | ForecastSignal | AnomalySignal | EventSignal>;

/** One graph for each title, with the values at which its alerts warn and fire. */
export function alertGraphs(dashboard: DashboardName, alerts: readonly Alert[]): Widget[] {
  const drawn = alerts
    .filter((a) => isOfKind(a, "metric", "forecast", "anomaly", "rum", "ci-pipelines"))
    .filter((a) => a.dashboard === dashboard);
  return [...Map.groupBy(drawn, ({ graph = "" }) => graph)].map(([title, sharing]) => graph(title, sharing));
}

function graph(title: string, alerts: readonly Drawn[]): Widget {
  const markers = alerts.flatMap(markersOf);
  const events = alerts.flatMap(({ signal }) => eventsOf(signal));
  if (events.length > 0) return eventGraph(title, events, "events", { markers });
  const counted = alerts.every(({ signal }) => signal.kind === "metric" && signal.over === "sum");
  // Alerts of one title may differ in their thresholds only.
  const labels = new Map(alerts.flatMap(({ signal }) => linesOf(signal, title)));
  return metricGraph(
    title,
    [...labels].map(([query, label]) => [label, query]),
    { display: counted ? "bars" : "line", markers },
  );
}

/** The query that draws a metric's signal, and what the line is called. */
function linesOf(
  signal: Drawn["signal"],
  title: string,
): readonly (readonly [query: string, label: string])[] {
  switch (signal.kind) {
    case "metric":
      return [[expressionQuery(signal.expression), signal.name ?? title]];
    case "forecast":
      return [[forecastOf(signal.expression), title]];
    case "anomaly":
      return [[anomalyBandOf(signal.expression), title]];
    default:
      return [];
  }
}

function eventsOf(signal: Drawn["signal"]): readonly Events[] {
  if (signal.kind !== "rum" && signal.kind !== "ci-pipelines") return [];
  const { compute } = signal;
  return [
    {
      name: "events",
      source: signal.kind === "rum" ? "rum" : "ci_pipelines",
      search: signal.search,
      aggregation: compute.aggregate,
      ...("attribute" in compute && { attribute: compute.attribute }),
    },
  ];
}

/** Horizontal lines at an alert's thresholds; an anomaly has its band instead. */
function markersOf({ severity, signal }: Drawn): Markers {
  return signal.kind === "anomaly" ? [] : lines(signal.thresholds, severity);
}

function lines({ critical, warning }: Thresholds, severity: string): Markers {
  return [
    { value: `y = ${critical}`, displayType: "error dashed", label: severity },
    ...(warning === undefined
      ? []
      : [{ value: `y = ${warning}`, displayType: "warning dashed", label: "warning" }]),
  ];
}

/** How fast an objective's error budget burns, with the rates that alert; none where Datadog has no burn rate. */
export function burnRateGraph(
  { objective, resource }: DeclaredObjective,
  alerts: readonly Alert[],
): Widget[] {
  if (objective.kind === "checks") return [];
  const markers = alerts
    .filter((a) => isOfKind(a, "burn-rate"))
    .filter((a) => a.signal.objective === objective.name)
    .flatMap(({ severity, signal }) => lines({ critical: signal.rate }, severity));
  return [burnRates(`Burn rate: ${objective.title}`, resource, markers)];
}

/** What to do about each alert, the worst first. */
export function runbookLinks(alerts: readonly Alert[], spec: StackSpec): Widget {
  const links = new Map(
    alerts
      .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
      .map(({ id, severity, runbook }) => [id, `- ${severity} [${id}](${runbookUrl(spec, runbook, id)})`]),
  );
  return note(`**Runbooks**\n\n${[...links.values()].join("\n")}`);
}
