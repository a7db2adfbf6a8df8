/**
 * What monitors and dashboards measure. A monitor and the graph that draws it write the same expression, and by
 * that they are brought together; an objective's id is not known before the deployment, and its name tells.
 */
import type * as datadog from "@pulumi/datadog";
import type { Unwrap } from "@pulumi/pulumi";
import { rememberedOf } from "../../remembered.ts";
import { type Resource, resourceType, type Stack } from "../../resource.ts";
import type { MonitorProps, ObjectiveProps } from "../monitoring.ts";

/** A monitor's expression, and the number that its query compares it with. */
export interface Measured {
  readonly measure: string;
  readonly limit: number;
  /** How much more than the limit it takes, where the limit is a share of all. */
  readonly more?: number;
}

/** What a graph or a widget of an objective draws, and the lines that it draws across. */
export interface Drawn {
  readonly measures: readonly string[];
  readonly markers: readonly Marker[];
  readonly title: string;
  readonly resource: Resource;
}
export interface Marker {
  readonly kind: "alert" | "warning" | "target";
  readonly value: number;
}

export const dashboard = resourceType<datadog.DashboardArgs>("datadog:index/dashboard:Dashboard");
type Widget = NonNullable<Unwrap<datadog.DashboardArgs>["widgets"]>[number];
type Timeseries = NonNullable<Widget["timeseriesDefinition"]>;
type Inner = Pick<Widget, "timeseriesDefinition" | "serviceLevelObjectiveDefinition">;

/** Nothing for an alert on an objective, whose query holds an id, and for what compares with no number. */
export function measuredBy({ props }: Resource<MonitorProps>): Measured | undefined {
  if (props.type === "slo alert") return undefined;
  const [, measure, limit] =
    /^(?:\w+\([^()]*\):)?(.*?)(?:\.last\("\w+"\))? [<>]=? (-?[\d.]+(?:e[+-]?\d+)?)$/s.exec(props.query) ?? [];
  if (measure === undefined || measure.startsWith("anomalies(")) return undefined;
  // What is beyond a share is drawn as the share, and the share is what it is compared with.
  const [, part, share, whole] = /^(.+) - (\d[\d.e-]*) \* (.+)$/.exec(measure) ?? [];
  if (part === undefined) return { measure, limit: Number(limit) };
  const percent = Number((Number(share) * 100).toPrecision(12));
  return { measure: `100 * ${part} / ${whole}`, limit: percent, more: Number(limit) };
}

/** From the unit of an expression to the one that people speak of: milliseconds, percent. */
export function scaleOf(measure: string): number {
  if (measure.startsWith("100 * ")) return 1;
  // Spans and views are measured in nanoseconds, trace metrics in seconds (Datadog, "Trace Metrics").
  if (/@view\.|\.request\.duration\{/.test(measure)) return 1e-6;
  return /:trace\.[\w.]+\{/.test(measure) ? 1000 : 1;
}

/** What stands for an objective's burn rate, and for the objective itself, on a dashboard. */
export function burnRateOf({ props }: Resource<ObjectiveProps>): string {
  return `burn rate of ${props.name.replace(/^\[.*?\] /, "")}`;
}
export function standingOf({ props }: Resource<ObjectiveProps>): string {
  return `standing of ${props.name.replace(/^\[.*?\] /, "")}`;
}

/** A stack's drawings by what they measure; made when first asked for. */
export const drawingsOf = rememberedOf((stack: Stack): ReadonlyMap<string, readonly Drawn[]> => {
  const index = new Map<string, Drawn[]>();
  for (const drawn of stack.ofType(dashboard).flatMap(drawnOn)) {
    for (const measure of drawn.measures) {
      const same = index.get(measure);
      if (same) same.push(drawn);
      else index.set(measure, [drawn]);
    }
  }
  return index;
});

function drawnOn(resource: Resource<Unwrap<datadog.DashboardArgs>>): readonly Drawn[] {
  return (resource.props.widgets ?? []).flatMap((widget) => {
    const group = widget.groupDefinition;
    const inner: readonly Inner[] = group ? (group.widgets ?? []) : [widget];
    return inner.flatMap(({ timeseriesDefinition: graph, serviceLevelObjectiveDefinition: standing }) => {
      const drawn = { resource: resource as Resource, title: graph?.title ?? standing?.title ?? "" };
      const of = `${group?.title ?? ""}: ${drawn.title.replace(/^[\w ]+: /, "")}`;
      if (standing) return [{ ...drawn, measures: [`standing of ${of}`], markers: [] }];
      return graph ? [{ ...drawn, measures: measuresOf(graph, of), markers: markersOf(graph) }] : [];
    });
  });
}

function measuresOf({ requests = [] }: Timeseries, objective: string): readonly string[] {
  return requests.flatMap(({ q, queries = [] }) => [
    ...(q === undefined ? [] : [q]),
    ...queries.flatMap(({ metricQuery, eventQuery, sloQuery }) => [
      ...(metricQuery ? [metricQuery.query] : []),
      ...(eventQuery ? [eventsOf(eventQuery)] : []),
      ...(sloQuery?.measure === "burn_rate" ? [`burn rate of ${objective}`] : []),
    ]),
  ]);
}

type Request = NonNullable<Timeseries["requests"]>[number];
type EventQuery = NonNullable<NonNullable<Request["queries"]>[number]["eventQuery"]>;

/** As a monitor on events writes it. */
function eventsOf({ dataSource, search, computes }: EventQuery): string {
  const text = (search?.query ?? "").replaceAll('"', '\\"');
  const [{ aggregation, metric } = { aggregation: "count" }] = computes;
  return `${dataSource.replaceAll("_", "-")}("${text}").rollup("${aggregation}"${metric ? `, "${metric}"` : ""})`;
}

function markersOf({ markers = [] }: Timeseries): readonly Marker[] {
  return markers.flatMap(({ displayType = "", value }) => {
    const kind = displayType.startsWith("error")
      ? "alert"
      : displayType.startsWith("warning")
        ? "warning"
        : "target";
    return (value.match(/-?[\d.]+(?:e[+-]?\d+)?/g) ?? []).map((text) => ({ kind, value: Number(text) }));
  });
}
