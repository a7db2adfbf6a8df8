/** That an alert looks at what it speaks of: this stack's data, and its own service's. */
import { platform } from "../../../model/on-call/routing.ts";
import { project } from "../../declared/application.ts";
import { type MonitorProps, monitor, tagOf } from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import { seriesIn } from "../../effects/metric-expression.ts";
import { alternatives, parseQuery, type Term } from "../../effects/monitor-query.ts";
import type { Resource, Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";

export const ownDataRules: readonly Rule[] = [
  eachRule({
    id: "alerts-watch-own-data",
    item: "MON-41",
    each: monitor,
    // An objective's data are its own rules' matter; a composite's parts are monitors by themselves.
    where: ({ props }) => props.type !== "slo alert" && props.type !== "composite",
    check: (resource, stack) => {
      const query = parseQuery(resource.props.query);
      if (!query || query.kind === "objective") return { doubt: "its query says what no rule can read" };
      const scopes =
        query.kind === "events" ? [query.search] : seriesIn(query.expression).map((s) => s.filters);
      return [...new Set(scopes.flatMap((scope) => strange(scope, ownOf(resource, stack))))].map(
        (observed) => ({
          observed,
          wanted: "the stack's and the service's own",
        }),
      );
    },
  }),
];

/** Conditions by which data are told apart, each with the values that are the monitor's own. */
type Own = Readonly<Record<string, readonly (string | undefined)[]>>;

function ownOf(resource: Resource<MonitorProps>, stack: Stack): Own {
  const service = tagOf(resource, "service");
  // Whether a project is built of a repository, and from which branch, other rules ask.
  const repositories = stack.ofType(project).flatMap(({ props }) => props.gitRepository ?? []);
  return {
    env: [stack.name],
    environment: [stack.name],
    product: [tagOf(resource, "product")],
    ...(service !== platform && { service: [service] }),
    ...known(
      "@git.branch",
      repositories.flatMap(({ productionBranch }) => productionBranch ?? []),
    ),
    ...known(
      "@git.repository.id",
      repositories.flatMap(({ repo, type }) => (repo ? `${type}.com/${repo}` : [])),
    ),
  };
}

function known(key: string, values: readonly string[]): Own {
  return values.length > 0 ? { [key]: values } : {};
}

/** What a scope says of where data come from that is not the monitor's own. */
function strange(scope: readonly Term[], own: Own): readonly string[] {
  const foreign = scope
    .filter(({ key, negated }) => key in own && !negated)
    .filter((term) => alternatives(term).some((value) => !own[term.key]?.includes(value)))
    .map(({ key, value }) => `it looks at ${key}:${value}`);
  const has = (...keys: readonly string[]) =>
    scope.some(({ key, negated }) => keys.includes(key) && !negated);
  // Pipelines belong to a repository, what an index takes to the index.
  const elsewhere = has("@git.repository.id", "datadog_index");
  return [
    ...foreign,
    ...(elsewhere || has("env", "environment") ? [] : ["it looks at every environment"]),
    ...(elsewhere || !("service" in own) || has("service") ? [] : ["it looks at every service"]),
  ];
}
