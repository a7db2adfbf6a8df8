import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import type { Finding } from "../../../model/finding.ts";
import { renderJunit } from "../../../readiness/render/junit.ts";
import { type NotEvaluated, reportOf, stackReport } from "../../../readiness/report.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf, waived } from "../fixtures.ts";
import { all, type Element, elementsOf } from "../well-formed.ts";

function suites(stack: string, findings: readonly Finding[], notEvaluated: readonly NotEvaluated[] = []) {
  const report = stackReport(stackOf(stack), findings, commit, []);
  return all(elementsOf(renderJunit(reportOf([report], notEvaluated))), "testsuite");
}

function caseOf(suite: Element | undefined, id: string): Element | undefined {
  return all(suite ? [suite] : [], "testcase").find((c) => c.attributes["name"]?.startsWith(`${id} `));
}

describe("the JUnit report", () => {
  it("has neither failures nor errors for a GO, and a case for each item", () => {
    const [suite] = suites("staging", findingsFor("pass"));
    expect(suite?.attributes).toMatchObject({ name: "staging", failures: "0", errors: "0" });
    expect(all(suite?.elements ?? [], "testcase")).toHaveLength(checklist.length);
    expect(suite?.attributes["tests"]).toBe(String(checklist.length));
    expect(caseOf(suite, "DB-02")).toMatchObject({
      attributes: { classname: "staging.Database" },
      elements: [],
    });
  });

  it("fails what is not proven, skips what is not required, and counts both", () => {
    const [suite] = suites("prod", [
      ...findingsFor("pass").filter((f) => !f.item.startsWith("DB-0")),
      finding("DB-02", "fail"),
      finding("DB-03", "unknown"),
      finding("DB-04", "error"),
      finding("DB-05", "not-applicable"),
    ]);
    const told = (id: string) => caseOf(suite, id)?.elements.map((e) => [e.name, e.attributes["type"]]);
    expect(told("DB-02")).toEqual([["failure", "failing"]]);
    expect(told("DB-03")).toEqual([["error", "undecided"]]);
    expect(told("DB-04")).toEqual([["error", "undecided"]]);
    expect(told("DB-05")).toEqual([["skipped", undefined]]);
    expect(told("PRE-02")).toEqual([["failure", "unproven"]]);
    expect(told("POST-01")).toEqual([["skipped", undefined]]);
    for (const [name, kind] of [
      ["failure", "failures"],
      ["error", "errors"],
      ["skipped", "skipped"],
    ] as const) {
      expect(suite?.attributes[kind]).toBe(String(all(suite?.elements ?? [], name).length));
    }
  });

  it("leaves what is waived a failure, with the waiver in its message", () => {
    const [suite] = all(elementsOf(renderJunit(reportOf([conditionalReport()]))), "testsuite");
    expect(suite?.attributes).toMatchObject({ failures: "2", errors: "0" });
    const attributes = (id: string) => caseOf(suite, id)?.elements.map((e) => [e.name, e.attributes]);
    expect(attributes("DB-02")).toEqual([
      [
        "failure",
        {
          type: "waived",
          message: `portal-db: backupRetentionPeriod is 1 day, must be ≥ 7 [components/database.ts:41]; ${waived[0]}`,
        },
      ],
    ]);
    expect(attributes("PRE-02")).toEqual([
      ["failure", { type: "waived", message: `no proof yet: evidence; ${waived[1]}` }],
    ]);
  });

  it("says what was found, where, and what to change", () => {
    const [failure] = caseOf(suites("prod", [finding("DB-02", "fail")])[0], "DB-02")?.elements ?? [];
    expect(failure?.attributes["message"]).toContain("backupRetentionPeriod is 1 day, must be ≥ 7");
    expect(failure?.text).toContain("[components/database.ts:41]");
    expect(failure?.text).toContain("→ Set database.backupRetentionDays in Pulumi.prod.yaml.");
  });

  it("says of an item without proof what is missing, and what to do", () => {
    const [failure] = caseOf(suites("prod", findingsFor("pass"))[0], "PRE-01")?.elements ?? [];
    expect(failure?.attributes["message"]).toBe("no proof yet: evidence");
    expect(failure?.text).toContain("→ Run the tests in CI");
  });

  it("has an error for a stack that could not be evaluated", () => {
    const issues = [{ path: "readiness:owner", message: "missing", place: "Pulumi.dev.yaml:8" }];
    const [, suite] = suites(
      "prod",
      [],
      [{ stack: "dev", reason: "Pulumi.dev.yaml cannot be used", issues }],
    );
    expect(suite?.attributes).toMatchObject({ name: "dev", tests: "1", errors: "1" });
    expect(suite?.text).toContain("Pulumi.dev.yaml:8: readiness:owner: missing");
  });

  it("stays XML whatever a name is", () => {
    const name = `]]><!-- "a" 'b' & <c> \u0000\u001b[2J\uffff`;
    const [suite] = suites("prod", [finding("DB-02", "fail", { subject: name, observed: "is off" })]);
    const [failure] = caseOf(suite, "DB-02")?.elements ?? [];
    expect(failure?.attributes["message"]).toBe(
      `]]><!-- "a" 'b' & <c> \ufffd\ufffd[2J : is off, must be ≥ 7 [components/database.ts:41]`,
    );
  });
});
