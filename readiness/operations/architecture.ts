/** What a stack consists of, for a drawing: its parts with what is declared of them, and what flows between those. */
import { chainsOf } from "../../policies/declared/chain.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { outsideWatchesOf } from "./outside.ts";
import { factsOf, type Part, type PartId, partTypes } from "./parts.ts";

export interface Architecture {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

export interface Flow {
  readonly from: PartId;
  readonly to: PartId;
  /** What travels; empty where the parts say it. */
  readonly carries: string;
  readonly kind: "request" | "backup" | "alarm";
}

type Wanted = Flow & { readonly declared: (stack: Stack) => boolean };

/** Each with what has to be declared for it. */
const flows: readonly Wanted[] = [
  flow("customer", "dns", "name", "request", (s) => some(s, "aws:route53/record:Record", "aliases", "cdn")),
  flow("customer", "cdn", "HTTPS", "request", (s) => some(s, "aws:route53/record:Record", "aliases", "cdn")),
  flow("cdn", "static", "files", "request", (s) => some(s, partTypes.cdn, "origins", "static")),
  flow("cdn", "app", "signed", "request", sharesSecret),
  flow("app", "database", "private", "request", (s) => some(s, variable, "value", "database")),
  flow("app", "cache", "", "request", (s) => some(s, variable, "value", "cache")),
  flow("database", "vault", "backups", "backup", (s) => some(s, "aws:backup/selection:Selection", "planId")),
  flow("vault", "copy", "copies", "backup", (s) => some(s, "aws:backup/plan:Plan", "rules", "vault")),
  flow("app", "datadog", "metrics, logs, traces", "alarm", (s) =>
    some(s, variable, "value", undefined, /^datadog:/),
  ),
  flow("datadog", "pagerduty", "alert", "alarm", (s) => chainsOf(s).length > 0),
  flow("outside", "cdn", "asks", "request", (s) => outsideWatchesOf(s).length > 0),
  flow("outside", "pagerduty", "alarm", "alarm", (s) => outsideWatchesOf(s).length > 0),
  flow("pagerduty", "people", "page", "alarm", (s) =>
    some(s, "pagerduty:index/escalationPolicy:EscalationPolicy", "rules", "people"),
  ),
  flow("datadog", "status", "", "request", () => true),
];

const variable = "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable";

export function architectureOf(stack: Stack): Architecture {
  const parts = factsOf(stack);
  const there = new Set(parts.map(({ id }) => id));
  return {
    parts,
    flows: flows
      .filter(({ from, to, declared }) => there.has(from) && there.has(to) && declared(stack))
      .map(({ from, to, carries, kind }) => ({ from, to, carries, kind })),
  };
}

function flow(
  from: PartId,
  to: PartId,
  carries: string,
  kind: Flow["kind"],
  declared: Wanted["declared"],
): Wanted {
  return { from, to, carries, kind, declared };
}

/** Whether a resource of a type has a property that comes from a part, from a type, or from any resource. */
function some(stack: Stack, token: string, property: string, part?: PartId, type?: RegExp): boolean {
  const wanted = part === undefined ? type : new RegExp(`^${partTypes[part]}$`);
  return stack
    .ofType({ token })
    .some((resource) => sources(resource as Resource, property).some((r) => wanted?.test(r.type) ?? true));
}

/** The edge sends, and the app's firewall asks for, what both take from one generated secret. */
function sharesSecret(stack: Stack): boolean {
  const sent = stack
    .ofType({ token: partTypes.cdn })
    .flatMap((resource) => sources(resource as Resource, "origins"));
  return stack
    .ofType({ token: "vercel:index/firewallConfig:FirewallConfig" })
    .flatMap((resource) => sources(resource as Resource, "rules"))
    .some((secret) => sent.some(({ urn }) => urn === secret.urn));
}

function sources(resource: Resource, property: string): readonly Resource[] {
  return resource.propertyDependencies[property] ?? [];
}
