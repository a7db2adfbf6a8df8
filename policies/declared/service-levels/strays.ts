/** Numbers that hold a service to what no level promises. */
import { platform } from "../../../model/on-call/routing.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Violation } from "../../rule.ts";
import { type MonitorProps, monitor, objective, syntheticCheck, tagged } from "../monitoring.ts";
import { serviceLevelsOf } from "./levels.ts";
import { burnRateOf, type Drawn, drawingsOf, type Measured, measuredBy } from "./measures.ts";

/**
 * What people feel of a service: how long requests and pages take, how many fail; and the cache that all share.
 * Of single databases, caches and the edge other alerts speak: those are causes, and nobody is promised them.
 */
const promised = [
  /\b(?:avg|min|max|sum|p\d\d):(?:trace\.http\.server\.request|[\w.]+\.request\.duration)\{/,
  /trace\.http\.server\.request\.errors|http\.status_class/,
  /@view\.loading_time/,
  /elasticache\.cache_hits/,
];
const isPromised = (measure: string) =>
  promised.some((pattern) => pattern.test(measure)) && !isNarrower(measure);

/** What a level is promised for: all that a service answers, or a class of it. */
const scopes = /^(env|environment|product|service|endpoint_class|http\.status_class|@type|@session\.type):/;

/** Whether it looks at a part of a service, of which no level speaks, such as one route. */
function isNarrower(measure: string): boolean {
  const terms = [...measure.matchAll(/\{([^{}]*)\}|\("([^"]*)"\)/g)].flatMap(
    ([, filter, search]) => filter?.split(",") ?? search?.split(" ") ?? [],
  );
  return terms.some((term) => /^[^!-][^:]*:/.test(term) && !scopes.test(term));
}

/** Numbers that belong to no level of these services. */
export function strays(stack: Stack, services: ReadonlySet<string>): readonly Violation[] {
  const levels = [...services, platform].flatMap((service) =>
    serviceLevelsOf(service).map((level) => ({ service, ...level })),
  );
  const promises = new Set(
    levels.flatMap(({ service, objectives = [] }) =>
      objectives.flatMap((name) => tagged(stack.ofType(objective), { service, objective: name })),
    ),
  );
  const alerts = new Set(
    levels.flatMap(({ service, alerts = [] }) =>
      alerts.flatMap((alert) => tagged(stack.ofType(monitor), { service, alert })),
    ),
  );
  const checks = new Set(
    levels.flatMap(({ service, checked }) =>
      checked ? tagged(stack.ofType(syntheticCheck), { service }) : [],
    ),
  );
  const measured = stack.ofType(monitor).flatMap((resource) => {
    const found = measuredBy(resource);
    return found && isPromised(found.measure) ? [{ ...found, resource }] : [];
  });
  const levelled = measured.filter(({ resource }) => alerts.has(resource));
  const owned = new Set([...levelled.map(({ measure }) => measure), ...[...promises].map(burnRateOf)]);
  const drawings = new Set([...drawingsOf(stack).values()].flat());

  return [
    ...stack
      .ofType(objective)
      .filter((slo) => !promises.has(slo))
      .map((slo) =>
        stray(slo, `it promises ${slo.props.targetThreshold ?? slo.props.thresholds?.[0]?.target} %`),
      ),
    ...measured
      .filter((one) => !alerts.has(one.resource) && !isEarly(one, levelled))
      .map(({ resource, limit, measure }) => stray(resource, `it compares ${measure} with ${limit}`)),
    ...stack
      .ofType(monitor)
      .filter((r) => r.props.type === "slo alert" && linked(r as Resource, "query", objective).length === 0)
      .map((resource) => stray(resource, "it stands on no objective of this stack")),
    ...stack
      .ofType(syntheticCheck)
      .filter((resource) => !checks.has(resource))
      .flatMap((resource) =>
        (resource.props.assertions ?? [])
          .filter(({ type }) => type === "responseTime")
          .map(({ target }) => stray(resource, `it limits the answer to ${target} ms`)),
      ),
    ...[...drawings]
      .filter((drawn) => isStray(drawn, owned))
      .map(({ resource, title, markers }) =>
        stray(resource, `"${title}" has a line at ${markers.map(({ value }) => value).join(", ")}`),
      ),
  ];
}

interface Compared extends Measured {
  readonly resource: Resource<MonitorProps>;
}

/** An early warning: of the same measure, before every alert of a level. */
function isEarly({ resource, measure, limit }: Compared, levelled: readonly Compared[]): boolean {
  const same = levelled.filter((own) => own.measure === measure);
  const below = / <=? /.test(resource.props.query);
  return same.length > 0 && same.every((own) => (below ? limit > own.limit : limit < own.limit));
}

/** Lines across what a level or an objective measures, although none of them measures it so. */
function isStray({ measures, markers }: Drawn, owned: ReadonlySet<string>): boolean {
  return (
    markers.length > 0 &&
    measures.some((measure) => isPromised(measure) || measure.startsWith("burn rate of ")) &&
    !measures.some((measure) => owned.has(measure))
  );
}

function stray(resource: Resource<unknown>, observed: string): Violation {
  return { resource: resource as Resource, observed, wanted: "a number of a service level, or not there" };
}
