/** The stack files of another team's product: the fixtures' sizes, and nothing else of what they name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { fixtures } from "./project.ts";

export const otherStacks = ["prod", "staging"] as const;
type StackName = (typeof otherStacks)[number];

const sites = [
  {
    name: "ledger-web",
    path: "/",
    framework: "remix",
    pages: { start: "/", "sign-in": "/sign-in", accounts: "/accounts", help: "/help" },
    pageRoles: {
      login: "sign-in",
      portal: "accounts",
      admin: { kind: "none", because: "bookkeepers look after their own accounts" },
    },
  },
  {
    name: "reports",
    path: "/reports",
    framework: "astro",
    pages: { overview: "/reports", archive: "/reports/archive" },
    healthPath: "/reports/healthz",
    heartbeats: [{ name: "close-month", everyMinutes: 1440 }],
    serviceLevels: { availability: { targetPercent: 99.9, alertPercent: 99.5 } },
  },
  {
    name: "imports",
    owner: "data",
    path: "/imports",
    framework: "sveltekit",
    pages: { homepage: "/imports" },
  },
] as const;

const routes = {
  list: "/entries",
  read: "/entries/7",
  write: "/entries/check",
  analytics: "/totals",
  search: "/find",
};

/** @param services how many of its three services the product has by now */
export function otherProduct(stack: StackName, services: number = sites.length): string {
  const { config } = parse(readFileSync(join(fixtures, `Pulumi.${stack}.yaml`), "utf8"));
  const production = stack === "prod";
  const network = production ? 12 : 28;
  const theirs = {
    "aws:region": "us-west-2",
    "readiness:product": "ledger",
    "readiness:owner": "bookkeeping",
    "readiness:repository": "acme/ledger-operations",
    "readiness:domain": production ? "ledger.example.org" : "ledger-test.example.org",
    "readiness:awsAccount": {
      id: production ? "777788889999" : "888899990000",
      ...(production && { breakGlassRole: "emergency.admin" }),
    },
    "readiness:network": {
      ...config["readiness:network"],
      cidr: `10.${network}.0.0/18`,
      zones: ["us-west-2b", "us-west-2c", "us-west-2d"],
      privateNetworkCidr: `10.${network + 4}.0.0/20`,
    },
    "readiness:budget": { kind: "monthly", monthlyUsd: 12_000, unpricedUsd: 4_000 },
    "readiness:backups": { ...config["readiness:backups"], copyRegion: "us-east-2" },
    "readiness:vercel": {
      teamId: "team_Acme0Ledger",
      teamSlug: "acme",
      region: "pdx1",
    },
    "readiness:monitoring": {
      ...config["readiness:monitoring"],
      site: "us5.datadoghq.com",
      syntheticLocations: ["aws:us-west-2", "aws:eu-west-2", "aws:ap-northeast-1"],
    },
    "readiness:people": peopleOf(stack),
    "readiness:onCall": {
      ...config["readiness:onCall"],
      timeZone: "America/Denver",
      rotationStart: "2026-03-03T16:00:00Z",
      turnDays: 3,
      primary: ["wren", "odile", "ravi"],
      backup: ["odile", "ravi", "wren"],
    },
    "readiness:chat": {
      kind: "slack",
      workspaceId: "T9ACME0001",
      channelId: "C9ACME0001",
      channel: `ledger-${stack}`,
      account: "acme",
    },
    "readiness:services": sites
      .slice(0, services)
      .map((site) => ({ ...site, repository: `acme/${site.name}`, routes: routesUnder(site.path) })),
  };
  // In quotes, or Pulumi reads times and versions for what they look like.
  return stringify(
    { config: { ...config, ...theirs } },
    { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" },
  );
}

function peopleOf(stack: StackName): object[] {
  const roles = {
    wren: "tech-lead",
    odile: "devops-lead",
    ravi: "cto",
    ines: "product-lead",
    bao: "tech-lead",
  };
  return Object.entries(roles).map(([id, role], i) => ({
    id,
    name: `${id} of ${stack}`,
    email: `${id}.${stack}@example.org`,
    phone: { countryCode: 1, number: `202555010${i}` },
    roles: [role],
  }));
}

function routesUnder(path: string): object {
  const base = path === "/" ? "/api" : `${path}/api`;
  return Object.fromEntries(Object.entries(routes).map(([endpoint, route]) => [endpoint, base + route]));
}
