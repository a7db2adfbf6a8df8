import type { Log, Run } from "sarif";
import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import { remedyOf } from "../../../model/finding.ts";
import { renderSarif } from "../../../readiness/render/sarif.ts";
import { type NotEvaluated, reportOf, stackReport } from "../../../readiness/report.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf, usualItems, waived } from "../fixtures.ts";

const elsewhere = { urn: undefined, source: undefined, subject: "prod", observed: "no Instance is declared" };

function runsOf(
  findings: Parameters<typeof stackReport>[1],
  notEvaluated: readonly NotEvaluated[] = [],
  stack = "prod",
): Run[] {
  const report = stackReport(stackOf(stack), findings, commit, []);
  const log: Log = JSON.parse(renderSarif(reportOf([report], notEvaluated)));
  expect(log).toMatchObject({ version: "2.1.0", $schema: expect.stringContaining("sarif-2.1.0") });
  return log.runs;
}

/** Of a staging stack, which waits for no other proof than that of policies; they hold where nothing is said. */
function runOf(findings: Parameters<typeof stackReport>[1]): Run {
  const told = new Set(findings.map((f) => f.item));
  const rest = findingsFor("pass").filter((f) => !told.has(f.item));
  const [run] = runsOf([...rest, ...findings], [], "staging");
  if (!run) throw new Error("there is no run");
  return run;
}

describe("the SARIF report", () => {
  it("has a result for each finding that fails, is undecided or in error, and for no other", () => {
    const { results } = runOf([
      ...findingsFor("pass"),
      finding("DB-02", "fail"),
      finding("DB-03", "unknown"),
      finding("DB-04", "error"),
      finding("DB-05", "not-applicable"),
    ]);
    expect(results?.map((r) => [r.ruleId, r.level])).toEqual([
      ["db-02-holds", "error"],
      ["db-03-holds", "warning"],
      ["db-04-holds", "error"],
    ]);
  });

  it("has no result where all is well", () => {
    expect(runOf(findingsFor("pass"))).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
  });

  it("has a result for each required item that waits for a proof, whose rule is the item", () => {
    const [prod] = runsOf(findingsFor("pass"));
    const waiting = usualItems.filter((i) => i.proof !== "policy" && i.phase !== "after");
    expect(waiting).not.toEqual([]);
    expect(prod?.results?.map((r) => [r.ruleId, r.level])).toEqual(waiting.map((i) => [i.id, "warning"]));
    const [first] = waiting;
    expect(prod?.results?.[0]).toMatchObject({
      message: {
        text: `${first?.statement}: no proof yet: ${first?.proof} (${first?.id}). ${first && remedyOf(first.id, "prod")}`,
      },
      locations: [{ physicalLocation: { artifactLocation: { uri: "Pulumi.prod.yaml" } } }],
    });
    expect(prod?.tool.driver.rules?.[0]).toMatchObject({
      id: first?.id,
      fullDescription: { text: first?.why },
    });
  });

  it("keeps what is waived as a result that is suppressed, and says of every other that it is not", () => {
    const other = finding("DB-03", "fail");
    const log: Log = JSON.parse(renderSarif(reportOf([conditionalReport(other)])));
    const suppression = (justification: string | undefined) => [
      { kind: "external", status: "accepted", justification },
    ];
    expect(log.runs[0]?.results?.map((r) => [r.ruleId, r.level, r.suppressions])).toEqual([
      ["db-02-holds", "error", suppression(waived[0])],
      ["db-03-holds", "error", []],
      ["PRE-02", "warning", suppression(waived[1])],
    ]);
  });

  it("explains each rule once, from the checklist", () => {
    const { results, tool } = runOf([
      finding("DB-03", "fail"),
      finding("DB-02", "fail"),
      finding("DB-02", "fail", { urn: "urn:other" }),
    ]);
    const row = checklist.find((i) => i.id === "DB-02");
    const remedy = row?.remedy.replace("{stackFile}", "Pulumi.staging.yaml");
    expect(tool.driver).toMatchObject({ name: "production-readiness", semanticVersion: expect.any(String) });
    expect(tool.driver.rules?.map((r) => r.id)).toEqual(["db-03-holds", "db-02-holds"]);
    expect(tool.driver.rules?.[1]).toMatchObject({
      shortDescription: { text: row?.statement },
      fullDescription: { text: row?.why },
      help: {
        text: expect.stringContaining(`${row?.why} ${remedy}`),
        markdown: expect.stringContaining(remedy ?? ""),
      },
      properties: { tags: ["DB-02", "Database"] },
    });
    expect(results?.map((r) => r.ruleIndex)).toEqual([0, 1, 1]);
  });

  it("points at the line of the resource, and at the stack's file where there is none", () => {
    const { results } = runOf([finding("DB-02", "fail"), finding("DB-01", "fail", elsewhere)]);
    const places = results?.map((r) => r.locations?.[0]);
    expect(places?.[0]).toEqual({
      physicalLocation: {
        artifactLocation: { uri: "components/database.ts", uriBaseId: "%SRCROOT%" },
        region: { startLine: 41 },
      },
      logicalLocations: [{ fullyQualifiedName: finding("DB-02", "fail").urn }],
    });
    expect(places?.[1]).toEqual({
      physicalLocation: {
        artifactLocation: { uri: "Pulumi.staging.yaml", uriBaseId: "%SRCROOT%" },
        region: { startLine: 1 },
      },
    });
  });

  it("writes a path as a URI", () => {
    const { results } = runOf([finding("DB-02", "fail", { source: { file: "a b/ü#1.ts", line: 3 } })]);
    const location = results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
    expect(location?.uri).toBe("a%20b/%C3%BC%231.ts");
  });

  it("recognises a finding after its code has moved and its message has changed, and no other", () => {
    const prints = (...findings: Parameters<typeof stackReport>[1]) =>
      runOf(findings).results?.map((r) => r.partialFingerprints?.["primaryLocationLineHash"]);
    const [before] = prints(finding("DB-02", "fail")) ?? [];
    const moved = finding("DB-02", "fail", {
      source: { file: "components/store.ts", line: 7 },
      observed: "backupRetentionPeriod is 2 days",
    });
    const others = [
      finding("DB-03", "fail"),
      finding("DB-02", "fail", { urn: "urn:other" }),
      finding("DB-02", "fail", { urn: undefined }),
    ];
    const all = prints(...others, moved, moved) ?? [];
    expect(all[3]).toBe(before);
    expect(new Set(all).size).toBe(5);
  });

  it("shows the mistakes of a config where they are, so that their stack does not look free of alerts", () => {
    const [, broken, failed] = runsOf(findingsFor("pass"), [
      {
        stack: "staging",
        reason: "Pulumi.staging.yaml cannot be used",
        issues: [
          { path: "readiness:owner", message: "missing", place: "Pulumi.staging.yaml:8:3" },
          { path: "", message: "no such file", place: null },
        ],
      },
      { stack: "dev", reason: "index.ts failed for stack dev: no such zone", issues: [] },
    ]);
    const told = (run: Run | undefined) =>
      run?.results?.map((r) => {
        const { artifactLocation, region } = r.locations?.[0]?.physicalLocation ?? {};
        return [r.ruleId, r.level, r.message.text, artifactLocation?.uri, region?.startLine];
      });
    const rule = ["stack-evaluated", "error"];
    expect(told(broken)).toEqual([
      [...rule, "readiness:owner: missing", "Pulumi.staging.yaml", 8],
      [...rule, "no such file", "Pulumi.staging.yaml", 1],
    ]);
    expect(told(failed)).toEqual([
      [...rule, "index.ts failed for stack dev: no such zone", "Pulumi.dev.yaml", 1],
    ]);
    expect(broken?.automationDetails?.id).toBe("readiness/staging/");
  });
});
