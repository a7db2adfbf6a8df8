/** Audits of dependencies: clean, with findings, and what only looks clean. */
import { describe, expect, it } from "vitest";
import { sarif } from "../../../../../readiness/proofs/evidence/formats/lint/sarif.ts";
import { cyclonedx } from "../../../../../readiness/proofs/evidence/formats/vulnerabilities/cyclonedx.ts";
import { vulnerabilitySeverity } from "../../../../../readiness/proofs/evidence/formats/vulnerabilities/known.ts";
import { npmAudit } from "../../../../../readiness/proofs/evidence/formats/vulnerabilities/npm-audit.ts";
import { osv } from "../../../../../readiness/proofs/evidence/formats/vulnerabilities/osv.ts";
import { trivy } from "../../../../../readiness/proofs/evidence/formats/vulnerabilities/trivy.ts";
import { altered, fixture, problemOf, rawOf, reading } from "./support.ts";

const none = { low: 0, moderate: 0, high: 0, critical: 0, unknown: 0 };
const untold = { version: null, startedAt: null, finishedAt: null, commit: null };
const kind = "vulnerabilities";

describe("npm audit", () => {
  it("reads a clean project", () => {
    expect(reading(npmAudit, fixture("npm-audit/good.json"))).toEqual({
      tool: "npm",
      ...untold,
      measure: { kind, dependencies: 2, known: none, named: [], databaseFrom: null, sources: [] },
    });
  });

  it("names what is vulnerable by itself, and what is so through another, with the advisory", () => {
    expect(reading(npmAudit, fixture("npm-audit/found.json")).measure).toEqual({
      kind,
      dependencies: 102,
      known: { ...none, high: 3 },
      named: [
        "braces <3.0.3: GHSA-grv7-fg5c-xmjg",
        "micromatch 0.2.2 - 3.1.10: GHSA-grv7-fg5c-xmjg",
        "qs 6.5.0 - 6.5.2: GHSA-hrpp-h998-j3pp",
      ],
      databaseFrom: null,
      sources: [],
    });
  });

  it.each([
    ["refused", /^the registry gave no advisories: 503 Service Unavailable/],
    ["page", /^the registry gave no advisories: invalid json response body/],
    ["no-packages", /^no package was looked at/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(npmAudit, fixture(`npm-audit/${name}.json`))).toMatch(problem);
  });

  it.each([
    [/"high": 3/, '"high": 2', /metadata has 2 of severity high, it lists 3/],
    [/"total": 3/, '"total": 0', /metadata has 0 vulnerabilities, it lists 3/],
    [/"auditReportVersion": 2/, '"auditReportVersion": 3', /another version of it: auditReportVersion/],
    [/"total": 102/, '"total": -1', /metadata.dependencies.total/],
  ])("refuses %s made %s", (from, to, problem) => {
    expect(problemOf(npmAudit, altered("npm-audit/found.json", [from, to]))).toMatch(problem);
  });
});

describe("osv-scanner", () => {
  it("reads a clean project, and which lockfile it is of", () => {
    expect(reading(osv, fixture("osv/good.json"))).toEqual({
      tool: "osv-scanner",
      ...untold,
      measure: {
        kind,
        dependencies: 2,
        known: none,
        named: [],
        databaseFrom: null,
        sources: ["/tmp/site-fixtures/audits/shop-clean/package-lock.json"],
      },
    });
  });

  it("counts by score, and what has none as unknown; another lockfile shows", () => {
    expect(reading(osv, fixture("osv/found.json")).measure).toEqual({
      kind,
      dependencies: 7,
      known: { ...none, high: 2, unknown: 1 },
      named: [
        "braces 3.0.2: GHSA-grv7-fg5c-xmjg",
        "qs 6.5.2: GHSA-hrpp-h998-j3pp",
        "debug 2.6.8: GHSA-gxpj-cx7g-858c",
      ],
      databaseFrom: null,
      sources: ["/tmp/site-fixtures/audits/shop-other/package-lock.json"],
    });
  });

  it("cannot see that there was no database, and so claims no age of one", () => {
    expect(reading(osv, fixture("osv/no-database.json"))).toEqual(reading(osv, fixture("osv/good.json")));
  });

  it.each(["found-alone", "nothing-listed"])("refuses %s: packages that were well are not listed", (name) => {
    expect(problemOf(osv, fixture(`osv/${name}.json`))).toMatch(/^it lists what is vulnerable alone/);
  });

  it("refuses a vulnerability that is in no group", () => {
    const file = altered("osv/found.json", [/"id": "GHSA-hrpp/, '"id": "GHSA-xxxx']);
    expect(problemOf(osv, file)).toBe(
      "it contradicts itself: the groups of qs are not those of its vulnerabilities",
    );
  });
});

describe("CycloneDX", () => {
  it("reads a clean project", () => {
    expect(reading(cyclonedx, fixture("cyclonedx/good.json"))).toEqual({
      tool: "cyclonedx",
      ...untold,
      measure: { kind, dependencies: 2, known: none, named: [], databaseFrom: null, sources: [] },
    });
  });

  it("counts what has no rating that can be read as unknown", () => {
    expect(reading(cyclonedx, fixture("cyclonedx/found.json")).measure).toMatchObject({
      dependencies: 7,
      known: { ...none, unknown: 3 },
      named: ["GHSA-grv7-fg5c-xmjg", "GHSA-gxpj-cx7g-858c", "GHSA-hrpp-h998-j3pp"],
    });
  });

  it("takes the worst rating, by word or by score", () => {
    const file = altered("cyclonedx/found.json", [
      /"ratings": \[\]/,
      '"ratings": [{ "severity": "low" }, { "score": 9.1 }]',
    ]);
    expect(reading(cyclonedx, file).measure).toMatchObject({ known: { ...none, critical: 1, unknown: 2 } });
  });

  it.each([
    ["bill-alone", /^it is a bill of materials alone/],
    ["no-packages", /^(no package was looked at|it is empty)/],
    ["trivy-bill", /^it does not tell whether Trivy looked for vulnerabilities/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(cyclonedx, fixture(`cyclonedx/${name}.json`))).toMatch(problem);
  });
});

describe("Trivy", () => {
  it("reads a clean project, which lockfile it is of, and how old the database is", () => {
    const { report, version } = rawOf("trivy/good.json");
    expect(reading(trivy, fixture("trivy/good.json"))).toEqual({
      tool: "trivy",
      version: "0.74.0",
      startedAt: report.CreatedAt,
      finishedAt: report.CreatedAt,
      commit: null,
      measure: {
        kind,
        dependencies: 2,
        known: none,
        named: [],
        databaseFrom: version.VulnerabilityDB.UpdatedAt,
        sources: ["shop-clean/package-lock.json"],
      },
    });
  });

  it.each(["found", "narrowed"])("counts by severity, whatever would leave something out: %s", (name) => {
    expect(reading(trivy, fixture(`trivy/${name}.json`)).measure).toMatchObject({
      dependencies: 7,
      known: { ...none, high: 2, unknown: 1 },
      named: [
        "braces 3.0.2: GHSA-grv7-fg5c-xmjg",
        "qs 6.5.2: GHSA-hrpp-h998-j3pp",
        "debug 2.6.8: GHSA-gxpj-cx7g-858c",
      ],
      sources: ["shop-other/package-lock.json"],
    });
  });

  it.each([
    ["UNKNOWN", "unknown"],
    ["LOW", "low"],
    ["MEDIUM", "moderate"],
    ["HIGH", "high"],
    ["CRITICAL", "critical"],
  ])("counts %s as %s", (severity, counted) => {
    const file = altered("trivy/found.json", [/"Severity": "\w+"/, `"Severity": "${severity}"`]);
    expect(reading(trivy, file).measure).toMatchObject({ known: { ...none, [counted]: 3 } });
  });

  it("tells the age of an old database, and of a server's own", () => {
    const databaseFrom = (name: string) => reading(trivy, fixture(`trivy/${name}.json`)).measure;
    expect(databaseFrom("old-database")).toMatchObject({ databaseFrom: "2026-05-25T06:00:00Z" });
    const { report, version } = rawOf("trivy/server.json");
    expect(version.VulnerabilityDB).toBeUndefined();
    const { UpdatedAt } = report.Trivy.Server.VulnerabilityDB;
    expect(databaseFrom("server")).toMatchObject({ databaseFrom: UpdatedAt });
  });

  it("tells the commit of a repository", () => {
    const { Commit } = rawOf("trivy/repository.json").report.Metadata;
    expect(reading(trivy, fixture("trivy/repository.json")).commit).toBe(Commit);
  });

  it.each([
    ["no-packages", /^no package was looked at/],
    ["no-database", /^it is empty/],
    ["report-alone", /^it is a report alone, which does not tell what was left out of it/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(trivy, fixture(`trivy/${name}.json`))).toMatch(problem);
  });

  it("refuses its SARIF, which proves nothing of code either", () => {
    expect(problemOf(trivy, fixture("trivy/good.sarif"))).toMatch(/another version of it/);
    expect(problemOf(sarif, fixture("trivy/good.sarif"))).toMatch(
      /^it does not tell which files Trivy looked/,
    );
  });

  it.each([
    [/HIGH,CRITICAL --include/, "CRITICAL --include", /another version of it: asked/],
    [/"exitCode": 10/, '"exitCode": 0', /^it contradicts itself: it lists 3 and ended with 0/],
    [/"exitCode": 10/, '"exitCode": 1', /exitCode/],
    [/"PkgName": "qs"/, '"PkgName": "gs"', /^it contradicts itself: gs is not among its packages/],
    [/"VulnerabilityDB"/, '"JavaDB"', /^it does not tell how old its database is/],
    [/"filesystem",/, '"container_image",', /report.ArtifactType/],
    [/"lang-pkgs"/, '"config"', /report.Results.0.Class/],
    [/"Relationship": "\w+"/, '"Relationship": "root"', /^no package was looked at/],
    [/"SchemaVersion": 2/, '"SchemaVersion": 3', /report.SchemaVersion/],
  ])("refuses %s made %s", (from, to, problem) => {
    expect(problemOf(trivy, altered("trivy/found.json", [from, to]))).toMatch(problem);
  });
});

it.each([
  ["10.0", "critical"],
  ["9", "critical"],
  ["8.9", "high"],
  ["7.0", "high"],
  ["6.9", "moderate"],
  ["4", "moderate"],
  ["3.9", "low"],
  ["0", "low"],
  ["", "unknown"],
  ["-1", "unknown"],
  ["11", "unknown"],
  ["NaN", "unknown"],
])("a score of %j is %s", (score, severity) => {
  expect(vulnerabilitySeverity(score)).toBe(severity);
});
