/** What a monitor on an objective looks at: of which events how many may be bad, over which windows. */
import { burnChance } from "../../model/alerts/quietness/burn.ts";
import { binomial, inRuns, poisson } from "../../model/alerts/quietness/counts.ts";
import {
  type Chance,
  chanceBeyond,
  chanceOf,
  excess,
  percentile,
} from "../../model/alerts/quietness/window.ts";
import { burnRateAlert, burnSpeeds } from "../../model/service-levels/burn-rate.ts";
import { endpointClasses } from "../../model/service-levels/targets.ts";
import { slowShare } from "../effects/chance.ts";
import { slowLimitOf } from "../effects/good-events.ts";
import type { Health } from "../effects/healthy.ts";
import { parseExpression } from "../effects/metric-expression.ts";
import { parseQuery } from "../effects/monitor-query.ts";
import { linked, type Resource } from "../resource.ts";
import { whenKnown } from "../unknown-value.ts";
import { type MonitorProps, type ObjectiveProps, objective } from "./monitoring.ts";

export interface Burn {
  /** Windows, in minutes. */
  readonly long: number;
  readonly short: number;
  /** The share of events above which it fires. */
  readonly share: number;
  readonly events: BurntEvents;
}

/** Events that an objective counts: requests, or slices of time that hold some. */
interface BurntEvents {
  readonly perRequest: number;
  /** The share of a healthy service's that are bad. */
  readonly bad: number;
  readonly ofErrors: boolean;
  /** Of slices of time: minutes of one. */
  readonly sliceMinutes?: number;
}

const weekMinutes = 7 * 24 * 60;

/** A healthy service keeps its objective: of the budget it spends this part, as its p95 is at this part of the target. */
const kept = 0.8;

/** A sentence where nobody can tell. */
export function burnOf(resource: Resource<MonitorProps>, health: Health): Burn | string {
  const [slo] = linked(resource as Resource, "query", objective);
  if (!slo) return "it stands on no objective of this stack";
  const windows = windowsOf(resource);
  if (!windows) return "it has no windows of a burn rate that can be read";
  const budget = (100 - (slo.props.targetThreshold ?? 100)) / 100;
  const events = eventsOf(slo, health, budget);
  if (typeof events === "string") return events;
  const { long, short, rate } = windows;
  return { long, short, share: rate * budget, events };
}

/** @param together how many bad events come at once, on average */
export function burnChanceAt(
  { long, short, share, events }: Burn,
  perMinute: number,
  together: number,
): Chance & { readonly looks: number } {
  const requests = perMinute * events.perRequest;
  const { sliceMinutes = 1 } = events;
  const least = (minutes: number) =>
    Math.floor(share * minutes * (events.sliceMinutes ? 1 : requests) + 1e-9) + 1;
  if (long === short) {
    const flow = { bad: requests * events.bad, good: requests * (1 - events.bad), together };
    return { ...chanceOf({ goodBelow: excess(share * 100) }, flow, long, 60), looks: weekMinutes / 60 };
  }
  const [longLooks, shortLooks] = [long / sliceMinutes, short / sliceMinutes];
  const windows = {
    long: longLooks,
    short: shortLooks,
    leastLong: least(longLooks),
    leastShort: least(shortLooks),
  };
  const looks = weekMinutes / sliceMinutes;
  if (events.sliceMinutes === undefined) {
    return { ...burnChance(windows, (n) => inRuns(requests * events.bad * n, together)), looks };
  }
  const slow = requests * events.bad * sliceMinutes;
  const fast = requests * (1 - events.bad) * sliceMinutes;
  const badSlice = chanceBeyond({ goodBelow: percentile(0.95) }, inRuns(slow, together), poisson(fast));
  return { ...burnChance(windows, (n) => binomial(n, badSlice)), looks };
}

export function burnReason({ long, short, share, events }: Burn): string {
  const what = events.sliceMinutes ? `slices of ${events.sliceMinutes} minutes` : "requests";
  return `${Number((share * 100).toPrecision(3))} % bad ${what} over ${long} and ${short} minutes fire it`;
}

/** Before the deployment the query is not known, as it holds an id; the windows follow from the speed (burn-rate.ts). */
export function windowsOf({ props }: Resource<MonitorProps>) {
  const critical = Number(props.monitorThresholds?.critical);
  const query = parseQuery(whenKnown(() => props.query) ?? "");
  if (query?.kind === "objective" && query.longHours !== undefined && query.shortMinutes !== undefined) {
    return { long: query.longHours * 60, short: query.shortMinutes, rate: query.limit };
  }
  const own = burnSpeeds.find((speed) => props.tags?.some((tag) => tag.endsWith(`-${speed}-burn`)));
  if (own) {
    const { longWindowHours, shortWindowMinutes } = burnRateAlert(30, own);
    return { long: longWindowHours * 60, short: shortWindowMinutes, rate: critical };
  }
  // A spent budget: so many percent of a month's.
  const month = 30 * 24 * 60;
  return isBudget(props) ? { long: month, short: month, rate: critical / 100 } : undefined;
}

function isBudget({ tags = [] }: MonitorProps): boolean {
  return tags.some((tag) => /^alert:.*-budget-spent$/.test(tag));
}

function eventsOf(
  { props }: Resource<ObjectiveProps>,
  { errorPercent }: Health,
  budget: number,
): BurntEvents | string {
  const classShare = 1 / endpointClasses.length;
  if (props.type === "metric") {
    const limit = slowLimitOf(props.query?.numerator ?? "");
    return limit === undefined
      ? { perRequest: 1, bad: Math.min(errorPercent / 100, kept * budget), ofErrors: true }
      : { perRequest: classShare, bad: slowShare(limit, limit, 0.95), ofErrors: false };
  }
  const slice = props.sliSpecification?.timeSlice;
  if (props.type !== "time_slice" || !slice) return "its objective has no burn rate";
  const series = parseExpression(slice.query.queries?.[0]?.metricQuery?.query ?? "");
  if (series?.kind !== "series") return "its objective computes something that no rule knows";
  return {
    perRequest: series.filters.some(({ key }) => key === "endpoint_class") ? classShare : 1,
    bad: slowShare(slice.threshold, slice.threshold, 0.95),
    ofErrors: false,
    sliceMinutes: (slice.queryIntervalSeconds ?? 300) / 60,
  };
}
