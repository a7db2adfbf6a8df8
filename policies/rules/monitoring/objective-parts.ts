/** What makes an objective of Datadog's a promise: its targets, its requests, its slices of time, its checks. */
import { type ObjectiveProps, syntheticCheck, tagged } from "../../declared/monitoring.ts";
import { slowLimitOf } from "../../effects/good-events.ts";
import { parseExpression, type Series } from "../../effects/metric-expression.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Doubt, Violation } from "../../rule.ts";
import { between, ifSet, is, off, oneOf, unsound } from "../../sound/sound.ts";

/** Every number that it promises, over every period, is high enough; a month is among the periods. */
export function targets(slo: Resource<ObjectiveProps>, least: number): readonly (Violation | Doubt)[] {
  const { props } = slo;
  const target = between(least, 100, "%");
  const month = (props.thresholds ?? []).some(({ timeframe }) => timeframe === "30d");
  return [
    ...unsound(slo as Resource, {
      forceDelete: off,
      validate: ifSet(is(true)),
      targetThreshold: target,
      "thresholds.*.target": target,
      // A week forgets what was broken in the week before.
      timeframe: ifSet(oneOf("30d", "90d")),
      "thresholds.*.timeframe": oneOf("7d", "30d", "90d"),
    }),
    ...(month ? [] : [{ observed: "thresholds have no period of 30d", wanted: "one" }]),
    ...[props, ...(props.thresholds ?? [])].flatMap((promise: Warning) => warnsLate(promise)),
  ];
}

interface Warning {
  readonly target?: number | undefined;
  readonly targetThreshold?: number | undefined;
  readonly warning?: number | undefined;
  readonly warningThreshold?: number | undefined;
}

/** Below its target it is too late to warn. */
function warnsLate({ target, targetThreshold, warning, warningThreshold }: Warning): readonly Violation[] {
  const [promise = 0, warns] = [target ?? targetThreshold, warning ?? warningThreshold];
  return warns === undefined || warns > promise
    ? []
    : [{ observed: `it warns at ${warns} %`, wanted: `above its target, ${promise}` }];
}

/** The requests are the service's own, in this stack, all of them. */
export function ownRequests(query: string, stack: Stack, service: string): readonly Violation[] {
  const all = parseExpression(query);
  if (all?.kind !== "series") return [];
  return /^trace\.http\.server\.request\.hits(\.by_http_status)?$/.test(all.metric)
    ? ofService(all, stack, service, [])
    : [{ observed: `it counts ${all.metric}`, wanted: "trace.http.server.request.hits" }];
}

/** Requests of the class, all of them, of which those within the target are good. */
export function fastOnes(
  slo: Resource<ObjectiveProps>,
  stack: Stack,
  service: string,
  endpointClass: string,
  target: number,
): readonly (Violation | Doubt)[] {
  const { numerator = "", denominator = "" } = slo.props.query ?? {};
  const all = parseExpression(denominator);
  const limit = slowLimitOf(numerator);
  if (all?.kind !== "series") return [{ doubt: "its denominator says what no rule can read" }];
  if (limit === undefined) {
    return [{ observed: `it counts ${numerator || "nothing"} as good`, wanted: "requests within a time" }];
  }
  const same = numerator.replace(/^count\(.*?\):/, "count:") === denominator;
  const counts = all.metric.endsWith(".request.duration") && all.aggregate === "count";
  return [
    ...(limit <= target
      ? []
      : [{ observed: `its requests are good up to ${limit} ns`, wanted: `≤ ${target}` }]),
    ...(same ? [] : [{ observed: "good ones are not of the same requests as all", wanted: "of the same" }]),
    ...(counts ? [] : [{ observed: `it counts ${all.aggregate} of ${all.metric}`, wanted: "requests" }]),
    ...ofService(all, stack, service, [`endpoint_class:${endpointClass}`]),
  ];
}

function ofService(
  { filters, by, functions }: Series,
  stack: Stack,
  service: string,
  more: readonly string[],
): readonly Violation[] {
  const wanted = [`env:${stack.name}`, `service:${service}`, ...more];
  const found = filters.map(({ key, value, negated }) => `${negated ? "!" : ""}${key}:${value}`);
  const same = wanted.every((one) => found.includes(one)) && found.every((one) => wanted.includes(one));
  const plain = by.length === 0 && functions.every(({ name }) => name === "as_count");
  return same && plain
    ? []
    : [{ observed: `it looks at ${found.join(", ") || "everything"}`, wanted: wanted.join(", ") }];
}

/** Checks of the service that it leaves out: what it does not count cannot break it. */
export function unchecked(
  slo: Resource<ObjectiveProps>,
  stack: Stack,
  service: string,
): readonly Violation[] {
  const counted = new Set(linked(slo as Resource, "monitorIds", syntheticCheck));
  if (counted.size === 0) {
    return [{ observed: "monitorIds names no synthetic check", wanted: "checks of the service" }];
  }
  const http = tagged(stack.ofType(syntheticCheck), { service }).filter(
    ({ props }) => props.subtype === "http",
  );
  const left = http.filter((check) => !counted.has(check));
  // Whose ids they are, only the deployment knows; how many there are is known before.
  const ids = slo.props.monitorIds?.length ?? 0;
  if (left.length === 0 && ids < counted.size) {
    return [{ observed: `monitorIds has ${ids} ids`, wanted: `those of ${counted.size} checks` }];
  }
  return left.length === 0
    ? []
    : [
        {
          observed: `monitorIds leaves out ${left.map(({ name }) => name).join(", ")}`,
          wanted: "every check of it",
        },
      ];
}
