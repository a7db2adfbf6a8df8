/** A measure of each kind that holds for the fixtures' stack, to spoil in tests. */
import type { Measure } from "../../../../model/evidence/measure.ts";
import { endpointClasses } from "../../../../model/service-levels/targets.ts";

type Measures = { readonly [K in Measure["kind"]]: Extract<Measure, { readonly kind: K }> };

const pages = ["/", "/login", "/portal", "/admin"];
const covered = { covered: 81, total: 100 };
const risks = Array.from({ length: 10 }, (_, i) => `A${String(i + 1).padStart(2, "0")}`);

const watch = {
  host: "portal.example.com",
  minutes: 10,
  requests: 600,
  errors: 0,
  shown: true,
  failed: [],
  unknown: [],
};

export const good: Measures = {
  tests: {
    kind: "tests",
    total: 12,
    passed: 11,
    failed: 0,
    skipped: 1,
    flaky: 0,
    shard: null,
    narrowedBy: null,
  },
  coverage: {
    kind: "coverage",
    lines: covered,
    statements: covered,
    functions: covered,
    branches: covered,
    files: ["src/a.ts"],
  },
  lint: { kind: "lint", files: 3, errors: 0, warnings: 2, suppressed: null },
  command: { kind: "command", command: "npm run build", exitCode: 0, seconds: 12 },
  vulnerabilities: {
    kind: "vulnerabilities",
    dependencies: 300,
    known: { low: 0, moderate: 0, high: 0, critical: 0, unknown: 0 },
    named: [],
    databaseFrom: null,
    sources: [],
  },
  bundle: {
    kind: "bundle",
    routes: pages.map((route) => ({ route, bytes: 849_999, compressed: false })),
  },
  accessibility: {
    kind: "accessibility",
    pages: pages.map((page) => ({
      url: `https://staging.example.com${page}`,
      violations: [],
      passes: 20,
      incomplete: 1,
    })),
    standards: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  },
  transport: {
    kind: "transport",
    host: "staging.example.com",
    certificates: [
      {
        validFrom: "2026-01-05T00:00:00.000Z",
        validTo: "2026-04-05T00:00:00.000Z",
        daysLeft: 14,
        ofHost: true,
        distrust: null,
      },
    ],
    versions: [
      { version: "TLSv1", accepted: false },
      { version: "TLSv1.1", accepted: false },
      { version: "TLSv1.2", accepted: true },
      { version: "TLSv1.3", accepted: true },
    ],
    clockSeconds: 300,
    pages: pages.map((page) => ({ url: `https://staging.example.com${page}`, secure: null, plain: null })),
  },
  headers: {
    kind: "headers",
    host: "staging.example.com",
    pages: pages.map((page) => ({
      url: `https://staging.example.com${page}`,
      problem: null,
      score: 100,
      grade: "A+",
      deductions: [],
    })),
  },
  performance: {
    kind: "performance",
    pages: pages.map((page) => {
      const url = `https://staging.example.com${page}`;
      return { url, shown: url, lcpMs: 2500, cls: 0.1, inpMs: null, responseMs: 2499 };
    }),
  },
  load: {
    kind: "load",
    classes: endpointClasses.map((name) => ({ class: name, requests: 2000, failures: 1, p95Ms: 149 })),
    broken: [],
  },
  migrations: { kind: "migrations", applied: ["0001_init"], pending: [], wrong: [] },
  "query-plans": {
    kind: "query-plans",
    plans: [{ query: "select * from orders", scans: [{ table: "plans", rows: 1000 }] }],
  },
  restore: {
    kind: "restore",
    vault: "portal-backups-prod",
    recoveryPoint: "arn:aws:backup:eu-west-2:111122223333:recovery-point:1",
    minutes: 60,
    lostMinutes: 5,
    checks: [{ what: "orders of yesterday", expected: "120", found: "120" }],
  },
  rollback: {
    kind: "rollback",
    applicationMinutes: 2,
    databaseMinutes: 4.9,
    minutes: 4.9,
    from: "v2",
    to: "v1",
  },
  drill: {
    kind: "drill",
    severity: "SEV1",
    paged: ["amara", "jonas", "mei", "tomas"].map((person) => ({ person, answeredAfterMinutes: 4.5 })),
  },
  "security-review": {
    kind: "security-review",
    reviewer: "security@example.com",
    edition: "2025",
    reviewed: [...risks, "authentication", "authorisation"],
    failed: [],
    open: [],
  },
  "alert-history": { kind: "alert-history", hours: 24, watched: 40, open: [] },
  records: {
    kind: "records",
    host: "portal.example.com",
    records: [
      { name: "portal.example.com", type: "CNAME", wanted: true, outcome: "pass", said: "cdn.example.net" },
      {
        name: "portal.origin.portal.example.com",
        type: "CNAME",
        wanted: true,
        outcome: "pass",
        said: "cname.vercel-dns.com",
      },
      {
        name: "portal.example.com",
        type: "CAA",
        wanted: true,
        outcome: "pass",
        said: '0 issue "amazon.com"',
      },
    ],
    signed: true,
  },
  "watch-10m": { ...watch, kind: "watch-10m" },
  "watch-1h": { ...watch, kind: "watch-1h", minutes: 60, requests: 3_600 },
};

export const types: Measure = { ...good.command, command: "npx tsc --noEmit" };
export const wayBack: Measure = { ...good.command, command: "npm run migrate:down" };
export const audit: readonly Measure[] = [
  { ...good.command, command: "npm audit --json" },
  good.vulnerabilities,
];
