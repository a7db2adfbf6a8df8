/**
 * The stacks over which it is measured what rules read: the tests' own, and such with everything that a config can
 * ask for. Each is honest, so that no rule stops at a failure before it has read what it reads.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Stack } from "../../policies/resource.ts";
import { type Answers, noAnswers } from "../../readiness/engine/lookups.ts";
import { type ProgramRun, runProgram } from "../../readiness/engine/run-program.ts";
import { loadStack } from "../../readiness/inputs/stack-file.ts";

const projectDir = join(import.meta.dirname, "../../tests/fixtures");
const hourMs = 3_600_000;

/** Key of the config to what stands there, as data. */
type Config = Readonly<Record<string, object | string>>;

/** Of the fixtures' config, what variants change. */
interface Written {
  readonly domain: string;
  readonly network: object;
  readonly backups: object;
  readonly vercel: object;
  readonly onCall: object;
  readonly people: readonly { readonly id: string }[];
  readonly services: readonly object[];
}

interface Variant {
  readonly title: string;
  readonly stack: "prod" | "staging";
  /** What it changes of the fixtures' stack file. */
  readonly change?: (written: Written, now: Date) => Config;
}

export const variants: readonly Variant[] = [
  { title: "production", stack: "prod" },
  { title: "staging", stack: "staging" },
  {
    title: "a second service",
    stack: "prod",
    change: ({ services }) => ({
      "readiness:services": [...services, second(services)],
    }),
  },
  {
    title: "another region",
    stack: "prod",
    change: ({ network, backups, vercel }) => ({
      "aws:region": "us-west-2",
      "readiness:domain": "ledger.example.org",
      "readiness:network": {
        ...network,
        cidr: "10.12.0.0/18",
        zones: ["us-west-2a", "us-west-2b", "us-west-2d"],
        privateNetworkCidr: "10.16.0.0/20",
      },
      "readiness:backups": { ...backups, copyRegion: "us-east-2" },
      "readiness:vercel": { ...vercel, region: "pdx1" },
    }),
  },
  {
    title: "a smaller team",
    stack: "prod",
    change: ({ people, onCall }) => {
      const few = people.filter(({ id }) => ["tomas", "priya", "helen"].includes(id));
      const [one = "", two = "", three = ""] = few.map(({ id }) => id);
      const turns = { primary: [one, two, three], backup: [two, three, one] };
      return {
        "readiness:people": few,
        "readiness:onCall": { ...onCall, turnDays: 3, ...turns },
      };
    },
  },
  {
    title: "four people in two time zones",
    stack: "prod",
    change: ({ people, onCall }) => ({
      "readiness:people": people
        .filter(({ id }) => ["tomas", "priya", "helen", "lucia"].includes(id))
        .map((person, i) => (i > 1 ? { ...person, timeZone: "America/Los_Angeles" } : person)),
      "readiness:onCall": {
        ...onCall,
        primary: ["tomas", "priya"],
        backup: ["priya", "tomas"],
        shifts: [{ from: "21:00", to: "09:00", primary: ["helen", "lucia"], backup: ["lucia", "helen"] }],
      },
    }),
  },
  {
    title: "chat in Microsoft Teams",
    stack: "prod",
    change: () => ({ "readiness:chat": teams }),
  },
  {
    title: "errors in Sentry",
    stack: "prod",
    change: ({ services }) => ({
      "readiness:errors": inSentry,
      "readiness:services": [...services, second(services)],
    }),
  },
  {
    title: "no chat",
    stack: "prod",
    change: () => ({ "readiness:chat": { kind: "none", because: "The team is in one room" } }),
  },
  { title: "data elsewhere", stack: "prod", change: elsewhere },
  { title: "listed addresses", stack: "prod", change: listed },
  {
    title: "Vercel's own edge, its domain in a zone at Cloudflare",
    stack: "prod",
    change: () => ({
      "readiness:dns": { kind: "cloudflare", zoneId: cloudflareZone, zone: "example.com" },
      "readiness:edge": { kind: "vercel", rateLimitPer5Minutes: 2000, owaspRules: true },
    }),
  },
  {
    title: "Vercel's own edge, its domain in Route 53",
    stack: "staging",
    change: () => ({ "readiness:edge": { kind: "vercel", rateLimitPer5Minutes: 2000 } }),
  },
  {
    title: "CloudFront, its domain the zone at Cloudflare",
    stack: "prod",
    change: ({ domain }) => ({
      "readiness:dns": { kind: "cloudflare", zoneId: cloudflareZone, zone: domain },
    }),
  },
  {
    title: "all that a config can ask for",
    stack: "prod",
    change: ({ network, onCall, services }, now) => ({
      "secrets:STRIPE_KEY": `${randomUUID()}${randomUUID()}`,
      "readiness:evidence": { unsigned: "accept" },
      "readiness:network": {
        ...network,
        peeringConnectionId: "pcx-0a1b2c3d4e5f60718",
      },
      "readiness:onCall": {
        ...onCall,
        shifts: [
          {
            from: "20:00",
            to: "09:00",
            primary: ["priya", "helen", "lucia"],
            backup: ["helen", "lucia", "priya"],
          },
        ],
        maintenance: [
          {
            from: minute(now, 24),
            to: minute(now, 26),
            services: ["portal", "platform"],
            reason: "An upgrade.",
          },
        ],
      },
      "readiness:services": services.map((service) => ({
        ...service,
        owner: "web",
        secrets: ["STRIPE_KEY"],
        checks: {
          admin: { status: 307, location: "/login" },
          "api-list": { authentication: "STRIPE_KEY", headers: { "Accept-Language": "en" } },
        },
      })),
    }),
  },
];

const inSentry = {
  kind: "sentry",
  organization: "example",
  team: "web-platform",
  pagerDuty: {
    account: "139",
    services: {
      "portal-prod-sev2": "201",
      "portal-prod-sev3": "202",
      "portal-reports-prod-sev2": "203",
      "portal-reports-prod-sev3": "204",
    },
  },
};

const teams = {
  kind: "teams",
  tenant: "Example",
  team: "Web platform",
  channel: "Incidents",
  handle: "incidents",
};

const cloudflareZone = "0123456789abcdef0123456789abcdef";

/** What the config says of data that is elsewhere. */
function elsewhere(): Config {
  return {
    "secrets:DATABASE_URL": `postgresql://portal:${randomUUID()}@ep-cool-1.eu-central-1.aws.neon.tech/portal`,
    "readiness:network": { kind: "none", because: "the data is at Neon" },
    "readiness:database": { kind: "external", provider: "neon" },
    "readiness:cache": withoutCache,
    "readiness:outsideWatch": { kind: "elsewhere", because: "a monitor of uptime that the team pays for" },
  };
}

/** What it says of a database that Vercel's static addresses reach. */
function listed({ network }: Written): Config {
  const { privateNetworkCidr: _, ...own } = Object(network);
  return {
    "readiness:network": { ...own, kind: "static-ips", addresses: ["198.51.100.7", "198.51.100.8"] },
    "readiness:cache": withoutCache,
  };
}

const withoutCache = { kind: "none", because: "sessions live in the database" };

function second([first]: readonly object[]): object {
  const routes = {
    list: "/reports/api/a",
    read: "/reports/api/b",
    write: "/reports/api/c",
    analytics: "/reports/api/d",
    search: "/reports/api/e",
  };
  return {
    ...first,
    name: "reports",
    repository: "example/reports",
    path: "/reports",
    healthPath: "/reports/healthz",
    pages: { homepage: "/reports", login: "/reports/login" },
    routes,
    serviceLevels: { availability: { targetPercent: 99.9, alertPercent: 99.5 } },
  };
}

/** A whole minute in UTC. */
function minute(now: Date, hours: number): string {
  return `${new Date(now.getTime() + hours * hourMs).toISOString().slice(0, 16)}:00Z`;
}

/** Runs the program for a variant. */
export async function variantStack(variant: Variant, now: Date): Promise<Stack> {
  return (await variantRun(variant, now)).stack;
}

/** As `variantStack`, with what was registered. */
export async function variantRun(
  { stack, change = () => ({}) }: Variant,
  now: Date,
  answers: Answers = noAnswers,
): Promise<ProgramRun> {
  const { config, secretKeys } = loadStack(projectDir, stack);
  const changed = Object.entries(change(written(config), now)).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const keys = [...secretKeys, "secrets:STRIPE_KEY", "secrets:DATABASE_URL"];
  return runProgram({
    projectDir,
    stack,
    config: { ...config, ...Object.fromEntries(changed) },
    secretKeys: keys,
    answers,
  });
}

function written(config: Readonly<Record<string, string>>): Written {
  const data = (key: string) => JSON.parse(config[`readiness:${key}`] ?? "null");
  return {
    domain: config["readiness:domain"] ?? "",
    network: data("network"),
    backups: data("backups"),
    vercel: data("vercel"),
    onCall: data("onCall"),
    people: data("people"),
    services: data("services"),
  };
}
