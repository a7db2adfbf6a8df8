import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingPages } from "../../../model/evidence/limits/pages.ts";
import { faultOf } from "../../../model/evidence/limits.ts";
import type { Measure } from "../../../model/evidence/measure.ts";
import type { Scope } from "../../../model/evidence/scope.ts";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { defaultServiceLevels } from "../../../model/service-levels/targets.ts";
import { good } from "../../readiness/proofs/evidence/measures.ts";

const scope: Scope = {
  levels: defaultServiceLevels,
  pages: ["/", "/login", "/portal", "/admin"],
  host: null,
  hosts: ["portal.example.com"],
  onCall: ["amara", "jonas", "mei", "tomas"],
  vaults: ["portal-backups-prod"],
  recovery: recoveryLevels.production,
  authors: ["amara.okafor@example.com"],
};

const observed = (measure: Measure, over: Partial<Scope> = {}) =>
  faultOf(measure.kind, [measure], { ...scope, ...over })?.observed;

describe("a measure that holds", () => {
  it.each(Object.values(good).map((measure) => [measure.kind, measure] as const))(
    "of %s",
    (kind, measure) => {
      expect(faultOf(kind, [measure], scope)).toBeUndefined();
    },
  );

  it("is there", () => {
    expect(faultOf("load", [good.lint], scope)?.observed).toBe("nothing of the kind load is in it");
  });
});

const { tests, coverage, lint, command, vulnerabilities, bundle, accessibility, performance, load } = good;
const half = { covered: 50, total: 100 };
const limit = { covered: 80, total: 100 };
const none = { covered: 0, total: 0 };
const [page, ...pages] = performance.pages;
const [axe, ...axes] = accessibility.pages;
const [list, ...classes] = load.classes;
const [route, ...routes] = bundle.routes;
const [first, ...others] = good.drill.paged;
if (!page || !axe || !list || !route || !first)
  throw new Error("the fixtures have no page, class, route or person");
const withPage = (over: Partial<typeof page>) => ({
  ...performance,
  pages: [{ ...page, ...over }, ...pages],
});
const withAxe = (over: Partial<typeof axe>) => ({ ...accessibility, pages: [{ ...axe, ...over }, ...axes] });
const withClass = (over: Partial<typeof list>) => ({ ...load, classes: [{ ...list, ...over }, ...classes] });
const withRoute = (over: Partial<typeof route>) => ({
  ...bundle,
  routes: [{ ...route, ...over }, ...routes],
});
const withPerson = (over: Partial<typeof first>) => ({
  ...good.drill,
  paged: [{ ...first, ...over }, ...others],
});

describe("a measure that falls short", () => {
  it.each([
    ["a failed test", { ...tests, passed: 10, failed: 1 }, "1 test failed"],
    ["a flaky test", { ...tests, flaky: 2 }, "2 tests passed only after a retry"],
    ["`.only`", { ...tests, narrowedBy: "only" }, "the run was narrowed by only"],
    ["no test", { ...tests, total: 0, passed: 0, skipped: 0 }, "no test ran"],
    ["all skipped", { ...tests, passed: 0, skipped: 12 }, "all 12 tests were skipped"],
    ["wrong counts", { ...tests, total: 13 }, "11 passed, 0 failed, 1 skipped do not make 13 tests"],
    [
      "coverage at the limit",
      { ...coverage, branches: limit },
      "80 % of the branches are covered (80 of 100)",
    ],
    ["coverage below it", { ...coverage, lines: half }, "50 % of the lines are covered (50 of 100)"],
    ["coverage of nothing", { ...coverage, lines: none }, "0 % of the lines are covered (0 of 0)"],
    ["more than all covered", { ...coverage, lines: { covered: 2, total: 1 } }, "2 of 1 lines are covered"],
    [
      "coverage rounded up",
      { ...coverage, lines: { covered: 799_999, total: 1_000_000 } },
      "79.99 % of the lines are covered (799999 of 1000000)",
    ],
    ["lint errors", { ...lint, errors: 2 }, "2 errors"],
    ["lint of nothing", { ...lint, files: 0 }, "no file was checked"],
    ["a command that failed", { ...command, exitCode: 2 }, "`npm run build` ended with 2"],
    [
      "a vulnerability of low severity",
      { ...vulnerabilities, known: { ...vulnerabilities.known, low: 1 }, named: ["braces 2.3.1: GHSA-1"] },
      "1 known vulnerability: braces 2.3.1: GHSA-1",
    ],
    ["a name without a count", { ...vulnerabilities, named: ["x"] }, "0 known vulnerabilities: x"],
    ["no dependencies", { ...vulnerabilities, dependencies: 0 }, "no dependency was looked at"],
    ["a route at the limit", withRoute({ bytes: 850_000 }), "/ loads 850 KB"],
    ["a route of no bytes", withRoute({ bytes: 0 }), "/ loads 0 KB"],
    ["a route of no number", withRoute({ bytes: Number.NaN }), "/ loads NaN KB"],
    ["a compressed size", withRoute({ compressed: true }), "the size of / is a compressed one"],
    ["a missing route", { ...bundle, routes }, "there is no size for /"],
    [
      "a violation",
      withAxe({ violations: ["color-contrast"] }),
      "https://staging.example.com/ breaks color-contrast",
    ],
    ["an error page", withAxe({ passes: 0 }), "no rule passed on https://staging.example.com/"],
    ["axe on the login page", withAxe({ url: "https://staging.example.com/login" }), "/ was not measured"],
    [
      "axe without WCAG 2.1",
      { ...accessibility, standards: ["wcag2a", "wcag2aa"] },
      "the rules wcag21a, wcag21aa did not run",
    ],
    [
      "a redirect",
      withPage({ shown: "https://staging.example.com/login" }),
      "https://staging.example.com/ led to https://staging.example.com/login",
    ],
    ["no LCP", withPage({ lcpMs: null }), "https://staging.example.com/: no LCP"],
    ["a slow LCP", withPage({ lcpMs: 2501 }), "https://staging.example.com/: LCP 2501 ms"],
    ["a negative CLS", withPage({ cls: -1 }), "https://staging.example.com/: CLS -1"],
    ["a slow INP", withPage({ inpMs: 201 }), "https://staging.example.com/: INP 201 ms"],
    ["a slow answer", withPage({ responseMs: 2500 }), "https://staging.example.com/ answered after 2500 ms"],
    [
      "no answer",
      withPage({ responseMs: null }),
      "https://staging.example.com/ does not tell when it answered",
    ],
    ["a missing page", { ...performance, pages }, "/ was not measured"],
    ["a missing class", { ...load, classes }, "no list endpoint was measured"],
    ["a class twice", { ...load, classes: [...load.classes, list] }, "list stands there 2 times"],
    [
      "a broken threshold",
      { ...load, broken: ["http_req_duration"] },
      "thresholds broken: http_req_duration",
    ],
    ["refused connections", withClass({ p95Ms: 0 }), "the p95 of list is 0 ms"],
    ["few requests", withClass({ requests: 99, failures: 0 }), "list was asked 99 times"],
    ["failed requests", withClass({ failures: 2 }), "2 of 2000 requests to list failed"],
    ["a p95 at its target", withClass({ p95Ms: 200 }), "the p95 of list is 200 ms"],
    ["no p95", withClass({ p95Ms: null }), "there is no p95 of list"],
    ["an edited migration", { ...good.migrations, wrong: ["0001: edited since"] }, "0001: edited since"],
    ["a pending migration", { ...good.migrations, pending: ["0002"] }, "0002 did not run"],
    ["no migration", { ...good.migrations, applied: [] }, "no migration ran"],
    ["no plan", { ...good["query-plans"], plans: [] }, "there is no plan"],
    [
      "a scan of a large table",
      { ...good["query-plans"], plans: [{ query: "select 1", scans: [{ table: "orders", rows: 1001 }] }] },
      "`select 1` reads 1001 rows of orders from end to end",
    ],
    ["a restore of another vault", { ...good.restore, vault: "other" }, "the vault was other"],
    ["a restore of old data", { ...good.restore, lostMinutes: 5.01 }, "5.1 minutes of writes were lost"],
    ["a slow restore", { ...good.restore, minutes: 60.01 }, "the restore took 60.1 minutes"],
    ["a restore that nobody checked", { ...good.restore, checks: [] }, "the restored data was not checked"],
    [
      "a restore that lost data",
      { ...good.restore, checks: [{ what: "orders", expected: "120", found: "119" }] },
      "orders was 119 in the restored data",
    ],
    ["a rollback at the limit", { ...good.rollback, minutes: 5 }, "the rollback took 5 minutes"],
    ["a slow database", { ...good.rollback, databaseMinutes: 6 }, "the rollback took 6 minutes"],
    ["a rollback to itself", { ...good.rollback, to: "v2" }, "it went from v2 to the same release"],
    ["a drill without answer", withPerson({ answeredAfterMinutes: null }), "amara did not answer"],
    ["a late answer", withPerson({ answeredAfterMinutes: 5 }), "amara answered after 5 minutes"],
    ["a drill of a former rotation", withPerson({ person: "petra" }), "amara took no part"],
    ["a drill of no severity", { ...good.drill, severity: "SEV0" }, "its severity is SEV0"],
    [
      "a review of one's own",
      { ...good["security-review"], reviewer: "Amara.Okafor@example.com" },
      "Amara.Okafor@example.com reviewed their own commits",
    ],
    [
      "a review that left a risk out",
      { ...good["security-review"], reviewed: good["security-review"].reviewed.filter((r) => r !== "A07") },
      "A07 was not reviewed",
    ],
    ["an open finding", { ...good["security-review"], open: ["IDOR in orders"] }, "open: IDOR in orders"],
    ["a risk that does not hold", { ...good["security-review"], failed: ["A01"] }, "A01 did not hold"],
    [
      "an alert that stayed open",
      { ...good["alert-history"], open: ["high-latency"] },
      "high-latency stayed open",
    ],
    ["a short watch", { ...good["alert-history"], hours: 23.99 }, "23.9 hours were watched"],
    ["a watch that failed", { ...good["watch-10m"], failed: ["errors 10m"] }, "errors 10m failed"],
    ["a watch with gaps", { ...good["watch-1h"], minutes: 50 }, "50 minutes were watched"],
    ["a watch of which something is open", { ...good["watch-1h"], unknown: ["p95"] }, "p95 came to nothing"],
    ["a watch of little traffic", { ...good["watch-10m"], shown: false }, "0 of 600 requests failed"],
    [
      "records of another name alone",
      { ...good.records, records: good.records.records.slice(1) },
      "no record of portal.example.com was looked up",
    ],
    [
      "no word on who may issue",
      { ...good.records, records: good.records.records.slice(0, 2) },
      "no CAA record was looked up",
    ],
    [
      "a record that leads elsewhere",
      {
        ...good.records,
        records: good.records.records.map((one) => ({ ...one, outcome: "fail", said: "found x" })),
      },
      "portal.example.com CNAME: found x, and 2 others",
    ],
    [
      "a record that nobody answered for",
      {
        ...good.records,
        records: good.records.records.map((one) => ({ ...one, outcome: "unknown", said: "silence" })),
      },
      "portal.example.com CNAME: silence, and 2 others",
    ],
    ["a zone that is not signed", { ...good.records, signed: false }, "the zone is not signed"],
    [
      "a zone of which nobody knows",
      { ...good.records, signed: null },
      "nobody knows whether the zone is signed",
    ],
    ["no alerts", { ...good["alert-history"], watched: 0 }, "no alert was watched"],
  ] satisfies readonly [string, Measure, string][])("%s", (_, measure, said) => {
    expect(observed(measure)).toBe(said);
  });

  it("of the records of another site, or of fewer services than there are", () => {
    expect(observed(good.records, { host: "portal.example.org" })).toBe("it is of portal.example.com");
    const hosts = ["portal.example.com", "shop.origin.portal.example.com"];
    expect(observed(good.records, { hosts })).toBe(
      "no record of shop.origin.portal.example.com was looked up",
    );
  });

  it("of pages on another host than the site's", () => {
    expect(observed(performance, { host: "portal.example.com" })).toBe(
      "/, /login, /portal, /admin was not measured on portal.example.com",
    );
    expect(observed(performance, { host: "staging.example.com" })).toBeUndefined();
  });
});

describe("numbers that are none", () => {
  const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1);
  it.each([
    ["requests", (n: number) => withClass({ requests: n })],
    ["p95", (n: number) => withClass({ p95Ms: n })],
    ["bytes", (n: number) => withRoute({ bytes: n })],
    ["LCP", (n: number) => withPage({ lcpMs: n })],
    ["minutes of a restore", (n: number) => ({ ...good.restore, minutes: n })],
    ["minutes of a rollback", (n: number) => ({ ...good.rollback, minutes: n })],
    ["minutes to an answer", (n: number) => withPerson({ answeredAfterMinutes: n })],
    [
      "dependencies",
      (n: number) => ({ ...vulnerabilities, dependencies: n === Number.POSITIVE_INFINITY ? -1 : n }),
    ],
  ])("hold nowhere: %s", (name, spoilt) => {
    fc.assert(
      fc.property(odd, (number) => {
        // Infinitely many requests are many; a format refuses the number itself.
        if (name === "requests" && number === Number.POSITIVE_INFINITY) return;
        expect(observed(spoilt(number))).toBeDefined();
      }),
    );
  });
});

describe("the page that a route serves", () => {
  it.each([
    ["/orders/[id]", "/orders/1", true],
    ["/orders/:id", "/orders/1", true],
    ["/orders/[id]", "/orders", false],
    ["/docs/[...path]", "/docs/a/b", true],
    ["/docs/[...path]", "/docs", false],
    ["/docs/[[...path]]", "/docs", true],
    ["/(shop)/cart", "/cart", true],
    ["/login/", "/login", true],
    ["/login", "/login-help", false],
    ["/[x]", "/", false],
  ])("%s, %s: %s", (of, wanted, serves) => {
    expect(missingPages([wanted], [of])).toEqual(serves ? [] : [wanted]);
  });
});
