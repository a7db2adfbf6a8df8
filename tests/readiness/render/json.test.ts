import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { renderJson } from "../../../readiness/render/json.ts";
import schema from "../../../readiness/report.schema.json" with { type: "json" };
import { type Report, reportOf, schemaVersion, stackReport } from "../../../readiness/report.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf, waivers } from "../fixtures.ts";

const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

function read(report: Report): unknown {
  return JSON.parse([...renderJson(report)].join(""));
}

const stack = stackOf("prod", [
  "aws:rds/instance:Instance",
  "aws:rds/instance:Instance",
  "pulumi:pulumi:Stack",
]);
const findings = [
  ...findingsFor("pass"),
  finding("DB-02", "fail"),
  finding("DB-02", "unknown", { by: "other", urn: undefined, source: undefined }),
  finding("ONC-01", "error"),
  finding("ONC-02", "not-applicable"),
];
const report = reportOf(
  [stackReport(stack, findings, commit, ["old", "old"])],
  [
    {
      stack: "dev",
      reason: "Pulumi.dev.yaml cannot be used",
      issues: [{ path: "readiness:owner", message: "missing", place: null }],
    },
  ],
);

describe("the JSON report", () => {
  it("is as its schema says", () => {
    const document = read(report);
    valid(document);
    expect(valid.errors).toBeNull();
    expect(document).toMatchObject({ schemaVersion, tool: { name: "production-readiness" } });
  });

  it("tells in numbers where each stack stands before it tells all", () => {
    const { overview } = reportOf(
      [conditionalReport(), stackReport(stack, findings, commit, [])],
      report.notEvaluated,
    );
    expect(overview).toEqual([
      {
        stack: "prod",
        verdict: "CONDITIONAL",
        required: expect.any(Number),
        standings: { proven: expect.any(Number), waived: 2 },
        failing: [],
      },
      expect.objectContaining({ stack: "prod", verdict: "NO-GO", failing: ["DB-02"] }),
      { stack: "dev", verdict: null, required: 0, standings: {}, failing: [] },
    ]);
    for (const { required, standings } of overview) {
      expect(Object.values(standings).reduce((sum, n) => sum + n, 0)).toBe(required);
    }
  });

  it("is as its schema says without a commit, a finding or a resource", () => {
    const empty = stackReport(stackOf("pr-12"), [], { id: null, reason: "git is not installed" }, []);
    valid(read(reportOf([empty])));
    expect(valid.errors).toBeNull();
    expect(empty.tier).toBe("staging");
  });

  it.each([null, "2026-03-02T09:20:30.123Z"])(
    "is as its schema says for a state written at %j",
    (updated) => {
      const source = { kind: "state", file: "-", updated } as const;
      const deployed = stackReport(stack, findings, { id: null, reason: "a state" }, [], "release", source);
      valid(read(reportOf([deployed])));
      expect(valid.errors).toBeNull();
    },
  );

  it("is as its schema says with waivers, and tells of each failure and each lack what waives it", () => {
    const report = conditionalReport();
    valid(read(reportOf([report])));
    expect(valid.errors).toBeNull();
    expect(report).toMatchObject({ verdict: "CONDITIONAL", waivers });
    expect(report.findings.filter((f) => f.waiver !== null)).toMatchObject([
      { item: "DB-02", outcome: "fail", severity: "error", waiver: 0 },
    ]);
    const waived = report.checklist.filter((i) => i.standing === "waived");
    expect(waived).toMatchObject([
      { id: "DB-02", outcome: "fail", proofs: [{ by: "db-02-holds", waivers: [0] }] },
      { id: "PRE-02", outcome: "unknown", proofs: [{ by: null, at: null, until: null, waivers: [1] }] },
    ]);
  });

  it("tells of each finding and each proof when it was found and until when it counts", () => {
    const { findings, checklist } = conditionalReport();
    const said = { by: "sign-off of GO-01", at: "2026-03-02T09:00:00Z", until: "2026-12-08T21:00:00.000Z" };
    expect(findings.find((f) => f.item === "GO-01")).toMatchObject(said);
    expect(checklist.find((i) => i.id === "GO-01")?.proofs).toMatchObject([{ ...said, waivers: [] }]);
    expect(findings.find((f) => f.item === "DB-01")).toMatchObject({ at: null, until: null, waiver: null });
  });

  it("names the schema's version", () => {
    expect(schema.properties.schemaVersion.const).toBe(schemaVersion);
    expect(schema.$id).toContain(schemaVersion);
  });

  it.each<[string, (stack: Record<string, unknown>) => void]>([
    ["an unknown key", (s) => Object.assign(s, { extra: 1 })],
    ["no verdict", (s) => delete s["verdict"]],
    ["an unknown verdict", (s) => Object.assign(s, { verdict: "MAYBE" })],
    ["no source", (s) => delete s["source"]],
    [
      "a state without its file",
      (s) => Object.assign(s, { source: { kind: "state", file: null, updated: null } }),
    ],
    ["neither a commit nor a reason", (s) => Object.assign(s, { commit: { id: null, reason: null } })],
  ])("is refused by its schema with %s", (_, spoil) => {
    const document = structuredClone(report);
    const [first] = document.stacks;
    spoil(first as unknown as Record<string, unknown>);
    expect(valid(document)).toBe(false);
  });

  it("counts resources by type and tells each warning once", () => {
    expect(report.stacks[0]).toMatchObject({
      resources: { "aws:rds/instance:Instance": 2, "pulumi:pulumi:Stack": 1 },
      warnings: ["old"],
    });
  });

  it("gives a failure its severity, resource, source and remedy with the stack's file", () => {
    const failure = report.stacks[0]?.findings.find((f) => f.outcome === "fail");
    expect(failure).toMatchObject({
      item: "DB-02",
      severity: "error",
      urn: expect.stringContaining("portal-db"),
      remedy: expect.stringContaining("Pulumi.prod.yaml"),
      source: { file: "components/database.ts", line: 41 },
    });
    const others = report.stacks[0]?.findings.filter((f) => f.outcome !== "fail") ?? [];
    expect(others.every((f) => f.remedy === null)).toBe(true);
    expect(new Set(others.map((f) => `${f.outcome} ${f.severity}`))).toEqual(
      new Set(["pass note", "unknown warning", "error error", "not-applicable note"]),
    );
  });
});
