/** Teams that have less than the fixtures' stacks, or have it elsewhere, each as a change of their config. */
import type { Change } from "./declared.ts";
import { existingConfig } from "./existing-database.ts";

const [europe, america] = ["Europe/London", "America/Los_Angeles"];
const noCache = { kind: "none", because: "sessions live in the database" };
const encrypted = { secure: "AAABAMcGtHDraogfM3Qk4WyaNp3F/syk2cjHPQTb6Hu6ps8=" };
const pro = {
  vercel: "pro",
  pagerduty: "professional",
  pagerdutyAddOns: [],
  datadog: ["apm", "ci-visibility", "incident-management", "logs", "rum", "synthetics"],
};

function person(stack: string, id: string, i: number, timeZone: string, ...roles: readonly string[]) {
  return {
    id,
    name: `${id} Example`,
    email: `${id}+${stack}@example.com`,
    phone: { countryCode: 44, number: `770090012${i}` },
    roles: ["on-call-engineer", ...roles],
    timeZone,
  };
}

/** Vercel Pro, records at Cloudflare, a database that is there already, no cache, Sentry, four people. */
export const fourPeople: Change = (config, stack) => ({
  "readiness:plans": { ...pro, sentry: "team" },
  ...existingConfig({ kind: "static-ips", addresses: ["198.51.100.7"] }),
  "readiness:dns": { kind: "cloudflare", zoneId: "0123456789abcdef0123456789abcdef", zone: "example.com" },
  "readiness:edge": { kind: "vercel", rateLimitPer5Minutes: 2000 },
  "readiness:errors": {
    kind: "sentry",
    organization: "example",
    team: "web",
    pagerDuty: {
      account: "139",
      services: { [`portal-${stack}-sev2`]: "201", [`portal-${stack}-sev3`]: "202" },
    },
  },
  "readiness:people": [
    person(stack, "ana", 1, europe, "tech-lead"),
    person(stack, "bea", 2, europe, "devops-lead"),
    person(stack, "cai", 3, america, "cto"),
    person(stack, "dee", 4, america, "product-lead"),
  ],
  "readiness:onCall": {
    ...config["readiness:onCall"],
    alertGrouping: false,
    primary: ["ana", "bea"],
    backup: ["bea", "ana"],
    shifts: [{ from: "21:00", to: "09:00", primary: ["cai", "dee"], backup: ["dee", "cai"] }],
  },
});

/** Vercel's own edge, Neon, nothing of AWS but where dumps lie, Microsoft Teams, three people. */
export const threePeople: Change = (config, stack) => ({
  "readiness:plans": { ...pro, neon: "launch" },
  "readiness:network": { kind: "none", because: "the data is at Neon" },
  "readiness:database": { kind: "external", provider: "neon", computeUnits: 1, storageGiB: 20 },
  "secrets:DATABASE_URL": encrypted,
  "readiness:cache": noCache,
  "readiness:dns": { kind: "external" },
  "readiness:edge": { kind: "vercel", rateLimitPer5Minutes: 2000 },
  "readiness:outsideWatch": { kind: "elsewhere", because: "a monitor of uptime that the team pays for" },
  "readiness:chat": {
    kind: "teams",
    tenant: "Example",
    team: "Web",
    channel: "Incidents",
    handle: `web-${stack}`,
  },
  "readiness:people": [
    person(stack, "ana", 1, europe, "tech-lead"),
    person(stack, "bea", 2, europe, "devops-lead", "product-lead"),
    person(stack, "cai", 3, america, "cto"),
  ],
  "readiness:onCall": {
    ...config["readiness:onCall"],
    alertGrouping: false,
    primary: ["ana", "bea", "cai"],
    backup: ["bea", "cai", "ana"],
    shifts: [{ from: "21:00", to: "09:00", primary: ["cai", "ana", "bea"] }],
  },
});
