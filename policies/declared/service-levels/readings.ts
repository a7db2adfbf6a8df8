/** The numbers of one level, read from everything that is declared for it. */
import { slowLimitOf } from "../../effects/good-events.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type MonitorProps, type ObjectiveProps, type SyntheticCheckProps, tagOf } from "../monitoring.ts";
import {
  burnRateOf,
  type Drawn,
  dashboard,
  drawingsOf,
  type Marker,
  type Measured,
  measuredBy,
  scaleOf,
  standingOf,
} from "./measures.ts";
import { reading, type StatedNumber, type StatedValue, said } from "./numbers.ts";

/** Everything that speaks of a level. */
export interface Sources {
  readonly monitors: readonly Resource<MonitorProps>[];
  readonly objectives: readonly Resource<ObjectiveProps>[];
  /** On how fast an error budget burns. */
  readonly burns: readonly Resource<MonitorProps>[];
  readonly checks: readonly Resource<SyntheticCheckProps>[];
}

/** Where a level's alerts fire, warn and end: they end where the level is kept again, at its target. */
export function measuredNumbers(
  stack: Stack,
  { monitors, objectives, burns, checks }: Sources,
  unit: "ms" | "%",
): readonly StatedNumber[] {
  if (monitors.length === 0) return [];
  const measured = monitors.map((resource) => {
    const { measure = "", limit, more } = measuredBy(resource) ?? {};
    return { resource, measure, limit, more, factor: scaleOf(measure) };
  });
  // Several alerts may be lines of one graph.
  const drawn = [...new Set(measured.map(({ measure }) => measure))].flatMap((measure) =>
    (drawingsOf(stack).get(measure) ?? []).map((drawing) => ({ drawing, factor: scaleOf(measure) })),
  );
  const thresholds = (key: "critical" | "warning" | "criticalRecovery") =>
    measured.map(({ resource, factor, limit, more }) => {
      const value = resource.props.monitorThresholds?.[key];
      // It fires at so many beyond the share, and is over where nothing is beyond it.
      const atLimit = key === "critical" ? Number(value) === more : Number(value) === 0;
      return reading(resource, more !== undefined && atLimit ? limit : value, factor);
    });
  const markers = (kind: Marker["kind"]) =>
    drawn.flatMap(({ drawing, factor }) => marked(drawing, kind, factor));
  const drawnTargets = markers("target");
  // Not every alert warns before it fires.
  const warnings = {
    threshold: thresholds("warning").filter(({ value }) => value !== undefined),
    dashboard: markers("warning"),
  };
  return [
    {
      name: "the alert",
      unit,
      places: {
        query: measured.map(({ resource, limit, factor }) => reading(resource, limit, factor)),
        threshold: thresholds("critical"),
        message: said(monitors, `it alerts (?:above|below) N ${unit}`),
        dashboard: markers("alert"),
        ...(checks.length > 0 && {
          check: checks.flatMap(responseTimes),
          "check's message": said(checks, `an answer within N ${unit}`),
        }),
      },
    },
    {
      name: "the target",
      unit,
      places: {
        recovery: thresholds("criticalRecovery"),
        message: said(monitors, `ends (?:above|below) N ${unit}`),
        ...(drawnTargets.length > 0 && { dashboard: drawnTargets }),
        ...(objectives.length > 0 && {
          "objective of the same expression": objectives.map((slo) => goodLimit(slo, measured)),
          "its alerts' messages": said(burns, `of requests within N ${unit}`),
        }),
      },
    },
    ...(Object.values(warnings).some((readings) => readings.length > 0)
      ? [{ name: "the warning", unit, places: warnings }]
      : []),
  ];
}

/** What a level's objectives promise, and how fast their budgets may burn. */
export function promisedNumbers(stack: Stack, { objectives, burns }: Sources): readonly StatedNumber[] {
  // Datadog has no burn rate for objectives of monitors.
  const burning = objectives.filter(({ props }) => props.type !== "monitor");
  if (burning.length === 0) return [];
  const promises = objectives.map((slo) => {
    const name = tagOf(slo, "objective");
    const { targetThreshold, thresholds = [] } = slo.props;
    const periods = thresholds.map(({ target }) => reading(slo, target));
    const targets = targetThreshold === undefined ? periods : [reading(slo, targetThreshold), ...periods];
    return {
      [`objective ${name}`]: targets,
      [`dashboard of ${name}`]: isShown(stack, slo) ? targets : [],
    };
  });
  return [
    {
      name: "the promise",
      unit: "%",
      places: Object.assign({ "alerts' messages": said(burns, "Promised: N %") }, ...promises),
    },
    {
      name: "the burn rate",
      unit: "times",
      places: {
        // Not the query: it holds the objective's id, which only the deployment knows.
        threshold: burns.map((resource) => reading(resource, resource.props.monitorThresholds?.critical)),
        message: said(burns, "It alerts at N times"),
        dashboard: burning.flatMap((slo) =>
          (drawingsOf(stack).get(burnRateOf(slo)) ?? []).flatMap((drawn) => marked(drawn, "alert")),
        ),
      },
    },
  ];
}

/** The dashboard takes the objective, and has its widget under its name. */
function isShown(stack: Stack, slo: Resource<ObjectiveProps>): boolean {
  const boards = new Set<unknown>(stack.attached(dashboard, "widgets", slo));
  return (
    drawingsOf(stack)
      .get(standingOf(slo))
      ?.some(({ resource }) => boards.has(resource)) ?? false
  );
}

/** Up to where a request counts as good; nothing where they are requests of something else. */
function goodLimit(
  slo: Resource<ObjectiveProps>,
  measured: readonly Pick<Measured, "measure">[],
): StatedValue {
  const { numerator = "", denominator = "" } = slo.props.query ?? {};
  const of = (query: string) => query.replace(/^\w+:/, "").replace(/\.as_count\(\)$/, "");
  const same = measured.some(({ measure }) => of(measure) === of(denominator));
  return reading(slo, same ? slowLimitOf(numerator) : undefined, scaleOf(denominator));
}

function responseTimes(resource: Resource<SyntheticCheckProps>): readonly StatedValue[] {
  const limits = (resource.props.assertions ?? []).filter(({ type }) => type === "responseTime");
  return limits.length > 0
    ? limits.map(({ target }) => reading(resource, target))
    : [reading(resource, undefined)];
}

function marked({ markers, resource }: Drawn, wanted: Marker["kind"], factor = 1): readonly StatedValue[] {
  return markers.filter(({ kind }) => kind === wanted).map(({ value }) => reading(resource, value, factor));
}
