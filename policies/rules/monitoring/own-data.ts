/** That alerts and graphs look at what they speak of: this stack's data, and the service's own. */
import { monitor } from "../../declared/monitoring.ts";
import { isIn, type Own, ownOfAlert, ownOfStack, strange } from "../../declared/own-data.ts";
import { dashboard } from "../../declared/service-levels/measures.ts";
import { eachRule } from "../../each-rule.ts";
import { parseSearch, scopesIn, type Term } from "../../effects/monitor-query.ts";
import type { Doubt, Rule, Violation } from "../../rule.ts";

export const ownDataRules: readonly Rule[] = [
  eachRule({
    id: "alerts-watch-own-data",
    item: "MON-41",
    each: monitor,
    // An objective's data are its own rules' matter; a composite's parts are monitors by themselves.
    where: ({ props }) => props.type !== "slo alert" && props.type !== "composite",
    check: (resource, stack) => {
      const scopes = scopesIn(resource.props.query);
      if (!scopes) return { doubt: "its query says what no rule can read" };
      const own = ownOfAlert(resource, stack);
      const anybodys = (scope: readonly Term[]) =>
        "service" in own && !isIn(scope, "service", "@git.repository.id", "datadog_index");
      return told([
        ...scopes.flatMap((scope) => strange(scope, own)),
        ...(scopes.some(anybodys) ? ["it looks at every service"] : []),
      ]);
    },
  }),
  eachRule({
    id: "graphs-draw-own-data",
    item: "MON-24",
    each: dashboard,
    check: ({ props: { widgets = [] } }, stack) => {
      const own = ownOfStack(stack);
      const all = widgets.flatMap((widget) => widget.groupDefinition?.widgets ?? [widget]);
      return all.flatMap(({ timeseriesDefinition: graph, manageStatusDefinition: alerts }) => [
        ...(graph ? drawn(graph, own).map((found) => naming(graph.title ?? "a graph", found)) : []),
        ...(alerts && !alerts.query.includes(`environment:${stack.name}"`)
          ? [{ observed: `its alerts are those of ${alerts.query}`, wanted: "the stack's own" }]
          : []),
      ]);
    },
  }),
];

interface Graph {
  readonly requests?:
    | readonly {
        readonly q?: string | undefined;
        readonly queries?: readonly Query[] | undefined;
      }[]
    | undefined;
}
interface Query {
  readonly metricQuery?: { readonly query: string } | undefined;
  readonly eventQuery?: { readonly search?: { readonly query: string } | undefined } | undefined;
  readonly sloQuery?: object | undefined;
}

/** What a graph draws of others, or that it draws nothing. */
function drawn({ requests = [] }: Graph, own: Own): readonly (Violation | Doubt)[] {
  const queries = requests.flatMap(({ q, queries = [] }) => [...(q === undefined ? [] : [q]), ...queries]);
  if (queries.length === 0) return [{ observed: "it draws nothing", wanted: "what its title says" }];
  return queries.flatMap((query): readonly (Violation | Doubt)[] => {
    const scopes = scopesOf(query);
    if (!scopes) return [{ doubt: "what it draws no rule can read" }];
    return told(scopes.flatMap((scope) => strange(scope, own)));
  });
}

/** An objective's id names its data. */
function scopesOf(query: string | Query): readonly (readonly Term[])[] | undefined {
  if (typeof query !== "string" && query.sloQuery) return [];
  if (typeof query !== "string" && query.eventQuery) {
    const search = parseSearch(query.eventQuery.search?.query ?? "");
    return search && [search];
  }
  return scopesIn(typeof query === "string" ? query : (query.metricQuery?.query ?? ""));
}

function naming(title: string, found: Violation | Doubt): Violation | Doubt {
  return "doubt" in found
    ? { doubt: `"${title}": ${found.doubt}` }
    : { ...found, observed: `"${title}": ${found.observed}` };
}

function told(found: readonly string[]): readonly Violation[] {
  return [...new Set(found)].map((observed) => ({ observed, wanted: "the stack's and the service's own" }));
}
