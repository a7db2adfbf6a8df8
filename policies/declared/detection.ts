/**
 * How long a fault goes unnoticed, from the declared monitor or check alone, at worst: it begins right after
 * the last look. Every part has a name, so that a message can say which one is too long.
 */

import { evaluationSeconds } from "../../model/alerts/monitor-status.ts";
import type { Series } from "../effects/metric-expression.ts";
import { parseQuery } from "../effects/monitor-query.ts";
import { firesBeyond, shareOf } from "../effects/share.ts";
import { rememberedOf } from "../remembered.ts";
import type { Resource, Stack } from "../resource.ts";
import { project } from "./application.ts";
import type { Chain } from "./chain.ts";
import { type MonitorProps, monitor, type SyntheticCheckProps, syntheticCheck, tagOf } from "./monitoring.ts";
import { declaredTraffic } from "./traffic.ts";

/** A part of the way from the first failed request to a ringing phone. */
export interface Step {
  /** Such as `evaluation delay`. */
  readonly name: string;
  readonly seconds: number;
  /** No vendor promises it and nothing declares it: a number for a normal day. */
  readonly assumed?: true;
}

/** What a total outage looks like: answers are errors at once, come only when a function is stopped, or never. */
export const outages = ["fails", "hangs", "unreachable"] as const;
export type Outage = (typeof outages)[number];

/** What is said of a service in it. */
export const wordOf: Readonly<Record<Outage, string>> = {
  fails: "fails at once",
  hangs: "hangs",
  unreachable: "is unreachable",
};

/**
 * From a request to its trace metric: OpenTelemetry exports spans every 5 s (specification, "Batch Span
 * Processor"); the rest is the way through Datadog. No vendor promises it: `npm run drill -- --send` measures.
 */
const arrivalSeconds = 20;
/** From the last failing location to the alert: a result is judged as it arrives ("Understanding Synthetic Monitor Alerting"). */
const resultSeconds = 5;
/** From Datadog's alert through PagerDuty to the carrier: seconds on a normal day; measured as above. */
const deliverySeconds = 20;
/** Datadog's own limit for a request, where a check sets none ("HTTP Tests": timeout). */
const defaultTimeoutSeconds = 60;

/** What answers at once has answered by then, an error as well. */
const answerSeconds = 1;
/** A function's limit where none is declared (Vercel, "Configuring Maximum Duration", fluid compute). */
const defaultHangSeconds = 300;

/**
 * How a total outage comes to this alert's notice; nothing where the alert does not look for outages of the kind: what
 * AWS measures, a certificate, a forecast and an error budget speak of causes and of hours, ahead of what users feel or
 * long after, and the response time counts from when they fire. For runs of a job, see `overdueOf`.
 */
export function detectionOf(chain: Chain, outage: Outage, stack: Stack): readonly Step[] | undefined {
  const known = detected(chain);
  if (!known.has(outage)) known.set(outage, detect(chain, outage, stack));
  return known.get(outage);
}

/** Several rules ask. */
const detected = rememberedOf((_: Chain) => new Map<Outage, readonly Step[] | undefined>());

function detect({ alert: { resource } }: Chain, outage: Outage, stack: Stack): readonly Step[] | undefined {
  if (resource.type === syntheticCheck.token) {
    return checkSteps(resource as Resource<SyntheticCheckProps>, outage);
  }
  if (!isMonitor(resource) || resource.props.type === "slo alert" || expectsRuns(resource)) return undefined;
  const { query } = resource.props;
  if (!movedBy(query).includes(outage)) return undefined;
  const steps = monitorSteps(resource, furtherFailures(resource, stack, 1));
  return steps && outage === "hangs" && isOfAnswers(query) ? [hang(stack), ...steps] : steps;
}

/** Of a request that hangs, nothing is counted until its function is stopped. */
export function hang(stack: Stack): Step {
  const limits = stack.ofType(project).map(({ props }) => props.resourceConfig?.functionDefaultTimeout);
  const seconds = limits.map((limit) => limit ?? defaultHangSeconds);
  return { name: "hang", seconds: seconds.length > 0 ? Math.max(...seconds) : defaultHangSeconds };
}

const isErrorShare = (query: string) => errorShareOf(query) !== undefined;
const isPercentile = (query: string) => /^percentile\(|"pc\d\d"/.test(query);
const isOfAnswers = (query: string) => isErrorShare(query) || isPercentile(query);

/**
 * The outages that move a measure: what is slow is answered late, and too few requests are those that never arrived. Of
 * any other measure nothing is known, but that nothing is counted of what does not arrive.
 */
function movedBy(query: string): readonly Outage[] {
  if (isPercentile(query)) return ["hangs"];
  return /^sum\(.* < [\d.]+$/.test(query) ? ["unreachable"] : ["fails", "hangs"];
}

/**
 * Seconds after which it may fire already: a look falls right behind the fault, everybody asks, and what a vendor takes
 * takes no time. Of a measure of which nothing is known the whole window, as above.
 */
export function earliest(steps: readonly Step[]): number {
  const sure = ["hang", "window", "minimum duration", "evaluation delay"];
  return total(steps.filter(({ name }) => sure.includes(name)));
}

/**
 * From when a job's run is overdue to the alert; nothing where the alert does not wait for runs. Its window is how
 * long a run may take to come: a rarer job has a longer one, and no part of that is a delay.
 */
export function overdueOf({ alert: { resource } }: Chain): readonly Step[] | undefined {
  if (!isMonitor(resource) || !expectsRuns(resource)) return undefined;
  return monitorSteps(resource)?.filter(({ name }) => name !== "window");
}

/** From the alert to the phone of whoever is on call. */
export const delivery: Step = { name: "delivery", seconds: deliverySeconds, assumed: true };

/** From a value beyond its threshold to the alert, of a metric with a window below a day. */
export const metricSteps: readonly Step[] = [
  { name: "arrival", seconds: arrivalSeconds, assumed: true },
  { name: "evaluation", seconds: evaluationSeconds(60) },
];

export function total(steps: readonly Step[]): number {
  return steps.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** `60 s interval + 17 s attempts + 20 s delivery, 20 s of it assumed`. */
export function sentence(steps: readonly Step[]): string {
  const assumed = total(steps.filter((step) => step.assumed));
  return sum(steps) + (assumed > 0 ? `, ${assumed} s of it assumed` : "");
}

/** `60 s interval + 17 s attempts`. */
export function sum(steps: readonly Step[]): string {
  return steps.map(({ name, seconds }) => `${seconds} s ${name}`).join(" + ");
}

/** The interval of a location, then every attempt: into its timeout where no answer comes. */
function checkSteps({ props }: Resource<SyntheticCheckProps>, outage: Outage): readonly Step[] | undefined {
  const { optionsList, requestDefinition, subtype } = props;
  if (subtype !== "http" || optionsList === undefined) return undefined;
  const { count = 0, interval = 300 } = optionsList.retry ?? {};
  const limit = requestDefinition?.timeout ?? defaultTimeoutSeconds;
  const attempt = outage === "fails" ? Math.min(answerSeconds, limit) : limit;
  return [
    { name: "interval", seconds: optionsList.tickEvery },
    { name: "attempts", seconds: (count + 1) * attempt + (count * interval) / 1000 },
    ...(optionsList.minFailureDuration
      ? [{ name: "minimum duration", seconds: optionsList.minFailureDuration }]
      : []),
    { name: "result", seconds: resultSeconds, assumed: true },
  ];
}

function isMonitor(resource: Resource): resource is Resource & Resource<MonitorProps> {
  return resource.type === monitor.token;
}

/** Whether it fires once too few jobs have finished. The query of an SLO's monitor holds an id that is not known yet. */
function expectsRuns({ props }: Resource<MonitorProps>): boolean {
  return props.type === "query alert" && inOrder(props.query, ":job.completed{", " < ");
}

function monitorSteps(
  { props }: Resource<MonitorProps>,
  further: readonly Step[] = [],
): readonly Step[] | undefined {
  if (/:aws\.|forecast\(/.test(props.query)) return undefined;
  const window = windowSeconds(props.query);
  if (window === undefined) return undefined;
  const share = neededShare(props.query);
  const delay = props.evaluationDelay ?? 0;
  return [
    { name: "window", seconds: Math.ceil(window * share) },
    ...further,
    ...(delay > 0 ? [{ name: "evaluation delay", seconds: delay }] : []),
    { name: "arrival", seconds: arrivalSeconds, assumed: true },
    { name: "evaluation", seconds: evaluationSeconds(window) },
  ];
}

/** Whether a text holds all parts, one behind the other. */
function inOrder(text: string, ...parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** The window that is judged: of a metric, of events, of an anomaly. */
function windowSeconds(query: string): number | undefined {
  const [, number, unit] =
    /alert_window='last_(\d+)([mhd])'/.exec(query) ?? /last(?:_|\(")(\d+)([mhd])/.exec(query) ?? [];
  const factor = { m: 60, h: 3600, d: 86_400 }[unit ?? ""];
  return factor && Number(number) * factor;
}

/**
 * The share of the window that must lie within a total outage before its value is beyond the threshold. A ratio
 * of errors in percent is there once as many percent have failed, a percentile once the rest of a hundred is slow;
 * of any other measure nothing is known, and it takes the whole window.
 */
function neededShare(text: string): number {
  const share = errorShareOf(text);
  if (share) return Math.min(share.percent / 100, 1);
  const percentile = /^percentile\(.*?:p(\d\d):|"pc(\d\d)"/.exec(text);
  return percentile ? (100 - Number(percentile[1] ?? percentile[2])) / 100 : 1;
}

/** Above which percentage of errors it fires, and how many more it takes. */
function errorShareOf(text: string): { percent: number; more: number } | undefined {
  const query = parseQuery(text);
  if (query?.kind !== "metric" || query.over !== "sum" || !query.comparator.startsWith(">")) return undefined;
  const share = shareOf(query.expression);
  return share && isOfErrors(share.part) ? firesBeyond(query) : undefined;
}

function isOfErrors({ metric, filters }: Series): boolean {
  if (/errors$|\.request\.failed$|\.logs\.edge_unreachable$/.test(metric)) return true;
  return filters.some(({ key, value, negated }) => key === "edge_status" && value === "5*" && !negated);
}

/** Until so many requests more have failed, in the quietest hour that is declared. */
function furtherFailures(
  { props }: Resource<MonitorProps>,
  stack: Stack,
  errorShare: number,
): readonly Step[] {
  const more = errorShareOf(props.query)?.more ?? 0;
  if (more <= 0) return [];
  const service = tagOf({ props } as Resource<MonitorProps>, "service");
  const traffic = service === undefined ? [] : declaredTraffic(stack, service);
  const perMinute = Math.min(...traffic.map((level) => level.perMinute));
  if (!(perMinute > 0) || perMinute === Number.POSITIVE_INFINITY) return [];
  return [{ name: "further failures", seconds: Math.ceil((60 * more) / (perMinute * errorShare)) }];
}

/** The same for a fault that only some requests meet; nothing where the alert may not notice it at all. */
export function partialDetectionOf(
  chain: Chain,
  errorShare: number,
  stack: Stack,
): readonly Step[] | undefined {
  const { resource } = chain.alert;
  if (!isMonitor(resource)) return undefined;
  const { props } = resource;
  if (props.type === "slo alert" || !isErrorShare(props.query)) return undefined;
  const share = neededShare(props.query) / errorShare;
  if (share >= 1) return undefined;
  const window = windowSeconds(props.query) ?? 0;
  const [further] = furtherFailures(resource, stack, errorShare);
  return detectionOf(chain, "fails", stack)?.map((step) => {
    if (step.name === "window") return { ...step, seconds: Math.ceil(window * share) };
    return step.name === further?.name ? further : step;
  });
}
