/** Stack files of every combination of parts, teams and plans: which can be, what each says, and a few that hold all pairs. */
import type { Config } from "../changed-stack.ts";
import type { Change } from "./declared.ts";
import { type Changes, existingConfig, peeredWith } from "./existing-database.ts";

const choices = {
  network: ["secure-compute", "static-ips", "none"],
  database: ["rds", "existing-rds", "external"],
  cache: ["valkey", "none"],
  dns: ["route53", "zone above", "own zone", "external"],
  edge: ["cloudfront", "vercel"],
  services: ["one", "two"],
  plan: ["enterprise", "pro"],
  errors: ["datadog", "sentry"],
  chat: ["slack", "teams", "none"],
  outsideWatch: ["route53", "elsewhere"],
  people: ["3", "4", "7"],
  zones: ["one", "two"],
  tier: ["staging", "prod"],
} as const;

type Choices = typeof choices;
type Choice = keyof Choices;
export type Combination = { readonly [C in Choice]: Choices[C][number] };

/** What some of the choices say nothing about. */
const usual = {
  errors: "datadog",
  chat: "slack",
  outsideWatch: "route53",
  people: "7",
  zones: "one",
  tier: "prod",
} as const;

/** All that can be chosen of what contradicts each other. */
export function choicesOfParts(): readonly Combination[] {
  const names = (Object.keys(choices) as Choice[]).filter((name) => !(name in usual));
  return names.reduce<readonly object[]>(
    (all, name) => all.flatMap((one) => choices[name].map((value) => ({ ...one, [name]: value }))),
    [usual],
  ) as readonly Combination[];
}

/** Why there can be no such stack, a line for each reason. */
export function contradictions(c: Combination): readonly string[] {
  const reasons = {
    "a private network alone reaches a cache": c.cache === "valkey" && c.network !== "secure-compute",
    "something has to lead to a database": c.network === "none" && c.database !== "external",
    "no cache lives in another program's network": c.database === "existing-rds" && c.cache === "valkey",
    "a network has to lead somewhere":
      c.database === "external" &&
      (c.network === "static-ips" || (c.network === "secure-compute" && c.cache === "none")),
    "no CAA record beside a CNAME": c.dns === "zone above" && c.edge === "cloudfront",
    "Vercel leads a domain to one project": c.edge === "vercel" && c.services === "two",
    "Enterprise alone has it":
      c.plan === "pro" && (c.network === "secure-compute" || c.edge === "cloudfront"),
  };
  return Object.entries(reasons).flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** A few of the combinations that can be, in which any two choices that can be together are so once at least. */
export function pairwise(): readonly Combination[] {
  const rest = (Object.keys(usual) as Choice[]).reduce<readonly object[]>(
    (all, name) => all.flatMap((one) => choices[name].map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  const parts = choicesOfParts().filter((c) => contradictions(c).length === 0);
  const all = parts.flatMap((part) => rest.map((more) => ({ ...part, ...more }) as Combination));
  const pairsOf = new Map(all.map((c) => [c, pairs(c)]));
  const left = new Set([...pairsOf.values()].flat());
  const chosen: Combination[] = [];
  while (left.size > 0) {
    const gains = (c: Combination) => pairsOf.get(c)?.filter((pair) => left.has(pair)).length ?? 0;
    const best = all.reduce((one, other) => (gains(other) > gains(one) ? other : one));
    for (const pair of pairsOf.get(best) ?? []) left.delete(pair);
    chosen.push(best);
  }
  return chosen;
}

function pairs(c: Combination): readonly string[] {
  const each = Object.entries(c).map(([name, value]) => `${name} ${value}`);
  return each.flatMap((one, i) => each.slice(i + 1).map((other) => `${one}, ${other}`));
}

/** What the combination changes of the fixtures' stack files. */
export function written(c: Combination): Change {
  return (config, stack) => {
    const services = servicesOf(c, config);
    return {
      ...("external" === c.database && { "secrets:DATABASE_URL": { secure: encrypted } }),
      "readiness:budget": { kind: "monthly", monthlyUsd: 20_000, unpricedUsd: 4_000 },
      "readiness:plans": plansOf(c, config),
      "readiness:network": networkOf(c, config),
      "readiness:database": {
        rds: config["readiness:database"],
        "existing-rds": existingConfig({})["readiness:database"],
        external: { kind: "external", provider: "neon" },
      }[c.database],
      "readiness:cache":
        c.cache === "valkey"
          ? config["readiness:cache"]
          : { kind: "none", because: "sessions live in the database" },
      "readiness:dns": dnsOf(c, config),
      "readiness:edge":
        c.edge === "cloudfront" ? config["readiness:edge"] : { kind: "vercel", rateLimitPer5Minutes: 2000 },
      "readiness:errors": c.errors === "datadog" ? { kind: "datadog" } : sentry(services, stack),
      "readiness:chat": {
        slack: config["readiness:chat"],
        teams: {
          kind: "teams",
          tenant: "Example",
          team: "Web",
          channel: "Incidents",
          handle: `web-${stack}`,
        },
        none: { kind: "none", because: "the team sits in one room" },
      }[c.chat],
      "readiness:outsideWatch":
        c.outsideWatch === "route53"
          ? { kind: "route53" }
          : { kind: "elsewhere", because: "a monitor of uptime that is paid for" },
      "readiness:people": peopleOf(c, stack),
      "readiness:onCall": onCallOf(c, config),
      "readiness:services": services,
    };
  };
}

const encrypted = "AAABAMcGtHDraogfM3Qk4WyaNp3F/syk2cjHPQTb6Hu6ps8=";

/** What is told of a database that is there already; nothing of what is otherwise than where addresses lead to it. */
export function toldOf({ network, database }: Combination): Changes {
  return network === "secure-compute" && database === "existing-rds" ? peeredWith(range) : {};
}

const range = "10.60.0.0/20";

function plansOf({ plan }: Combination, config: Config): object {
  if (plan === "enterprise") return Object(config["readiness:plans"]);
  const { datadog } = Object(config["readiness:plans"]);
  return { vercel: "pro", pagerduty: "professional", pagerdutyAddOns: [], datadog };
}

function networkOf({ network, database }: Combination, config: Config): object {
  const { privateNetworkCidr, ...made } = Object(config["readiness:network"]);
  const own = database === "existing-rds" ? {} : made;
  const addresses = ["198.51.100.7", "198.51.100.8"];
  return {
    "secure-compute": {
      ...own,
      kind: "secure-compute",
      privateNetworkCidr: database === "existing-rds" ? range : privateNetworkCidr,
    },
    "static-ips": { ...own, kind: "static-ips", addresses },
    none: { kind: "none", because: "the data is at Neon" },
  }[network];
}

function dnsOf({ dns }: Combination, config: Config): object {
  const zoneId = "0123456789abcdef0123456789abcdef";
  return {
    route53: { kind: "route53" },
    "zone above": { kind: "cloudflare", zoneId, zone: "example.com" },
    "own zone": { kind: "cloudflare", zoneId, zone: config["readiness:domain"] },
    external: { kind: "external" },
  }[dns];
}

function servicesOf({ services }: Combination, config: Config): readonly { readonly name: string }[] {
  const [first] = config["readiness:services"] as unknown as readonly { readonly name: string }[];
  if (!first || services === "one") return first ? [first] : [];
  const { crons: _, heartbeats: __, checks: ___, ...common } = Object(first);
  const routes = ["list", "read", "write", "analytics", "search"];
  return [
    first,
    {
      ...common,
      name: "reports",
      repository: "example/reports",
      path: "/reports",
      healthPath: "/reports/healthz",
      pages: { homepage: "/reports" },
      routes: Object.fromEntries(routes.map((name) => [name, `/reports/api/${name}`])),
    },
  ];
}

function sentry(services: readonly { readonly name: string }[], stack: string): object {
  const names = services.map(({ name }) => [...new Set(["portal", name])].join("-"));
  const paged = names.flatMap((name, i) =>
    [2, 3].map((severity) => [`${name}-${stack}-sev${severity}`, `2${i}${severity}`]),
  );
  return {
    kind: "sentry",
    organization: "example",
    team: "web",
    pagerDuty: { account: "139", services: Object.fromEntries(paged) },
  };
}

/** Leads take turns where there are too few people otherwise: of three everybody does, and of four in two zones. */
const teams = {
  "3": [["tech-lead"], ["devops-lead", "product-lead"], ["cto"]],
  "4": [["tech-lead"], ["devops-lead"], ["cto"], ["product-lead"]],
  "7": [[], [], [], [], ["tech-lead"], ["devops-lead", "product-lead"], ["cto"]],
} as const;
const ids = ["ana", "bea", "cai", "dee", "eli", "fay", "gus"] as const;
const inTurns = { "3": ids.slice(0, 3), "4": ids.slice(1, 4), "7": ids.slice(0, 4) } as const;

function peopleOf({ people, zones }: Combination, stack: string): readonly object[] {
  return teams[people].map((roles, i) => ({
    id: ids[i],
    name: `${ids[i]} Example`,
    email: `${ids[i]}+${stack}@example.com`,
    phone: { countryCode: 44, number: `770090012${i}` },
    roles: ["on-call-engineer", ...roles],
    timeZone: zones === "two" && (i === 2 || i === 3) ? "America/Los_Angeles" : "Europe/London",
  }));
}

function onCallOf({ people, zones, plan }: Combination, config: Config): object {
  const crew = people === "4" && zones === "two" ? ids.slice(0, 4) : inTurns[people];
  const next = ([one, ...others]: readonly string[]) => [...others, one];
  const hours = { from: "21:00", to: "09:00" };
  const [near, far] = [crew.slice(0, 2), crew.slice(2)];
  return {
    ...config["readiness:onCall"],
    ...(plan === "pro" && { alertGrouping: false }),
    ...(zones === "two" && crew.length > 3
      ? {
          primary: near,
          backup: next(near),
          shifts: [{ ...hours, primary: far, backup: next(far) }],
        }
      : {
          primary: crew,
          backup: next(crew),
          ...(zones === "two" && { shifts: [{ ...hours, primary: [...far, ...near] }] }),
        }),
  };
}
