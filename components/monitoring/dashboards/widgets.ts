/** The few kinds of widget that the dashboards are made of. */
import type * as datadog from "@pulumi/datadog";
import type { Alert } from "../../../spec/alerts/alert.ts";
import { expressionQuery } from "../../../spec/alerts/query.ts";
import type { EventSignal, MetricSignal, Thresholds } from "../../../spec/alerts/signal.ts";

export type Widget = datadog.types.input.DashboardWidgetGroupDefinitionWidget;

/** One line of a graph: a metric query, and what it is called. */
export type Line = readonly [label: string, query: string];

/** One query of events, such as sessions or pipelines; formulas call it by its name. */
export interface Events {
  readonly name: string;
  readonly source: "rum" | "ci_pipelines" | "ci_tests";
  readonly search: string;
  readonly aggregation: "count" | "cardinality" | "avg" | "pc75";
  /** The attribute that is measured; none for a count. */
  readonly attribute?: string;
}

type Display = "line" | "bars";
type Markers = datadog.types.input.DashboardWidgetTimeseriesDefinitionMarker[];

/** Widgets under a common title. */
export function group(title: string, widgets: Widget[]): datadog.types.input.DashboardWidget {
  return { groupDefinition: { title, layoutType: "ordered", widgets } };
}

export function metricGraph(
  title: string,
  lines: readonly Line[],
  { display = "line", markers = [] }: { display?: Display; markers?: Markers } = {},
): Widget {
  return {
    timeseriesDefinition: {
      title,
      showLegend: true,
      requests: lines.map(([label, q]) => ({
        q,
        displayType: display,
        metadatas: [{ expression: q, aliasName: label }],
      })),
      markers,
    },
  };
}

/** A formula over queries of events. */
export function eventGraph(
  title: string,
  events: readonly Events[],
  formula: string,
  { display = "line", markers = [] }: { display?: Display; markers?: Markers } = {},
): Widget {
  return {
    timeseriesDefinition: {
      title,
      requests: [
        {
          displayType: display,
          formulas: [{ formulaExpression: formula }],
          queries: events.map(({ name, source, search, aggregation, attribute }) => ({
            eventQuery: {
              name,
              dataSource: source,
              search: { query: search },
              computes: [{ aggregation, ...(attribute && { metric: attribute }) }],
            },
          })),
        },
      ],
      markers,
    },
  };
}

/** What an alert watches, with the values at which it warns and fires. */
export function alertGraph(title: string, { severity, signal }: Alert<MetricSignal | EventSignal>): Widget {
  const markers = markersOf(signal.thresholds, severity);
  if (signal.kind === "metric") {
    const display = signal.over === "sum" ? "bars" : "line";
    return metricGraph(title, [[title, expressionQuery(signal.expression)]], { display, markers });
  }
  const { kind, search, compute } = signal;
  const events: Events = {
    name: "events",
    source: kind === "rum" ? "rum" : "ci_pipelines",
    search,
    aggregation: compute.aggregate,
    ...("attribute" in compute && { attribute: compute.attribute }),
  };
  return eventGraph(title, [events], "events", { markers });
}

/** Horizontal lines at an alert's thresholds. */
function markersOf({ critical, warning }: Thresholds, severity: string): Markers {
  return [
    { value: `y = ${critical}`, displayType: "error dashed", label: severity },
    ...(warning === undefined
      ? []
      : [{ value: `y = ${warning}`, displayType: "warning dashed", label: "warning" }]),
  ];
}

/** How an objective stands over its three periods, and what is left of its budget. */
export function objectiveSummary(title: string, objective: datadog.ServiceLevelObjective): Widget {
  return {
    serviceLevelObjectiveDefinition: {
      title,
      sloId: objective.id,
      showErrorBudget: true,
      timeWindows: ["7d", "30d", "90d"],
      viewMode: "overall",
      viewType: "detail",
    },
  };
}

/** Which alerts fire right now. */
export function alertSummary(title: string, tags: readonly string[]): Widget {
  return {
    manageStatusDefinition: {
      title,
      query: `tag:(${tags.map((tag) => `"${tag}"`).join(" AND ")})`,
      displayFormat: "countsAndList",
      colorPreference: "background",
      hideZeroCounts: true,
      showPriority: true,
      sort: "priority,asc",
    },
  };
}
