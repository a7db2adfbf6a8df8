/** The few kinds of widget that the dashboards are made of. */
import type * as datadog from "@pulumi/datadog";

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
export type Markers = datadog.types.input.DashboardWidgetTimeseriesDefinitionMarker[];

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

/** How fast an objective's error budget burns, as its alerts see it over their shortest window. */
export function burnRates(title: string, objective: datadog.ServiceLevelObjective, markers: Markers): Widget {
  return {
    timeseriesDefinition: {
      title,
      requests: [
        {
          displayType: "line",
          formulas: [{ formulaExpression: "rate" }],
          queries: [
            {
              sloQuery: {
                name: "rate",
                dataSource: "slo",
                sloId: objective.id,
                sloQueryType: "metric",
                // As Datadog's API writes it; the SDK's doc comments camel-case it.
                measure: "burn_rate",
              },
            },
          ],
        },
      ],
      markers,
    },
  };
}

/** Text in Markdown. */
export function note(content: string): Widget {
  return { noteDefinition: { content, backgroundColor: "white", fontSize: "14", textAlign: "left" } };
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
