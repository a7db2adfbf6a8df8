import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { allowsUpdate, findingKey, objectionTo, waivedIn } from "../../policies/release-verdict.ts";
import { renderJson } from "../../readiness/render/json.ts";
import { reportOf, type StackReport } from "../../readiness/report.ts";
import { conditionalReport, finding } from "../readiness/fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "release-verdict-"));
const { execPath } = process;
afterAll(() => {
  process.execPath = execPath;
  rmSync(folder, { recursive: true });
});

/** Stands in for Node: answers as it was told to, and writes down what it was asked. */
const answering = join(folder, "node");
writeFileSync(answering, '#!/bin/sh\necho "$@" > asked\ncat stdout\ncat stderr >&2\n', { mode: 0o755 });
process.execPath = answering;

/** What stands in the way of an update where the command line answers so. */
function objection(stdout: string, stderr = "") {
  writeFileSync(join(folder, "stdout"), stdout);
  writeFileSync(join(folder, "stderr"), stderr);
  return objectionTo(folder, "prod");
}
const told = (report: StackReport) => objection([...renderJson(reportOf([report]))].join(""));

describe("an update of production", () => {
  it("may begin with GO and with CONDITIONAL, and with no other verdict", () => {
    expect(told(conditionalReport())).toBeUndefined();
    expect(told({ ...conditionalReport(), verdict: "GO" })).toBeUndefined();
    const [failed, unknown] = (["fail", "unknown"] as const).map((outcome) =>
      conditionalReport(finding("DB-03", outcome)),
    );
    expect(failed && told(failed)).toBe(
      "its verdict is NO-GO. 1 item fails: DB-03. 2 items are waived: DB-02, PRE-02.",
    );
    expect(unknown && told(unknown)).toMatch(/^its verdict is UNDETERMINED\. /);
    expect(["", "MAYBE", "conditional"].filter(allowsUpdate)).toEqual([]);
  });

  it("asks for the moment of the update", () => {
    told(conditionalReport());
    expect(readFileSync(join(folder, "asked"), "utf8")).toMatch(
      /\/readiness\/cli\.mjs check --stack prod --for update --format json\n$/,
    );
  });

  it("does not begin where there is no answer", () => {
    expect(objection("", "Pulumi.prod.yaml:8: missing\n")).toContain("could not be computed: Pulumi.prod");
    expect(objection([...renderJson(reportOf([]))].join(""), "index.ts failed\n")).toContain(
      "could not be computed: index",
    );
  });
});

describe("what is waived", () => {
  it("is what the command line says, where there are waivers", () => {
    told(conditionalReport());
    expect(waivedIn(folder, "prod")).toEqual(new Set());
    writeFileSync(join(folder, "waivers.yaml"), "");
    const signed = conditionalReport().findings.filter(({ waiver }) => waiver !== null);
    expect(signed).not.toEqual([]);
    expect(waivedIn(folder, "prod")).toEqual(new Set(signed.map(({ by, urn }) => findingKey(by, urn))));
    objection("", "index.ts failed\n");
    expect(waivedIn(folder, "prod")).toEqual(new Set());
  });
});
