import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../readiness/report.ts";
import { reportIn } from "../check/support.ts";
import { run } from "../project.ts";

let folder: string;
let before: Report;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "readiness-since-"));
  before = JSON.parse((await run(["check", "--format", "json"])).stdout);
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(document: unknown): string {
  const file = join(folder, "before.json");
  writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
  return file;
}

/** Staging as it was, but for this rule, which failed. */
function failingThen(): string {
  const document = structuredClone(before) as unknown as {
    stacks: { findings: object[]; checklist: object[] }[];
  };
  for (const { findings, checklist } of document.stacks) {
    Object.assign(findings.find((f) => "by" in f && f.by === "database-storage-encrypted") ?? {}, {
      outcome: "fail",
    });
    Object.assign(checklist.find((i) => "id" in i && i.id === "DB-03") ?? {}, { standing: "failing" });
  }
  return written(document);
}

describe("check --since", () => {
  it("says in text, Markdown and JSON what became better", async () => {
    const file = failingThen();
    const text = await run(["check", "--quiet", "--since", file]);
    expect(text).toMatchObject({ status: 0, stderr: "" });
    expect(text.stdout.replace(/\n/g, " ")).toContain("1 item better, 1 rule better");
    expect(text.stdout).toContain("  ↑ DB-03  failing → proven: ");
    expect(text.stdout).toContain("  ↑ database-storage-encrypted  fail → pass: DB-03, failures 1 → 0\n");

    const markdown = await run(["check", "--format", "markdown", "--since", file]);
    expect(markdown.stdout).toContain("| ↑ | `DB-03` | failing → proven |");

    const json = await run(["check", "--format", "json", "--since", file]);
    expect(reportIn(json).stacks[0]?.since).toMatchObject({
      file,
      verdict: "GO",
      items: [{ direction: "better", id: "DB-03" }],
      rules: [{ direction: "better", rule: "database-storage-encrypted" }],
    });
  });

  it("reads a report of an older minor version, and may write over it", async () => {
    const file = written({ ...before, schemaVersion: "2.0" });
    const over = await run(["check", "--format", "json", "--since", file, "--out", file]);
    expect(over).toMatchObject({ status: 0, stderr: "" });
    const again = await run(["check", "--quiet", "--since", file]);
    expect(again.stdout).toMatch(/nothing\shas\schanged\n/);
  });

  const refusals: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      "another stack's",
      () => ({ ...before, stacks: before.stacks.map((s) => ({ ...s, stack: "qa" })) }),
      /tells nothing of stack staging: its stacks are qa$/,
    ],
    ["no stack's", () => ({ ...before, stacks: [] }), /its stacks are none$/],
    [
      "one of which the stack could not be evaluated",
      () => ({ ...before, stacks: [], notEvaluated: [{ stack: "staging", reason: "broken", issues: [] }] }),
      /staging could not be evaluated then/,
    ],
    [
      "another schema's",
      () => ({ ...before, schemaVersion: "1.4" }),
      /is a report of schema 1\.4, and one of 2\.x can be compared/,
    ],
    ["a later schema's", () => ({ ...before, schemaVersion: "21.0" }), /is a report of schema 21\.0/],
    [
      "a part's",
      () => ({ ...before, stacks: [{ stack: "staging" }] }),
      /is no whole report: stacks\.0\.purpose/,
    ],
    ["no report", () => ({ hello: "secret" }), /is no report: npm run check/],
    ["no object", () => "null", /is no report/],
    ["cut off", () => JSON.stringify(before).slice(0, 500), /ends in the middle/],
    ["no JSON", () => "stack: staging", /is not JSON/],
    ["empty", () => "", /ends in the middle/],
  ];
  it.each(refusals)("refuses a file that is %s in one line", async (_, document, reason) => {
    const { status, stdout, stderr } = await run(["check", "--since", written(document())]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^error: --since .*before\.json[^\n]*\n$/);
    expect(stderr.trimEnd()).toMatch(reason);
    expect(stderr).not.toContain("secret");
  });

  it.each([
    [["--since", "no-such-file.json"], /no-such-file\.json cannot be read: ENOENT/],
    [["--since", "."], /cannot be read: EISDIR/],
    [["--since", "a.json", "--format", "junit"], /--since is told by --format text, markdown, html and json/],
    [["--since", "a.json", "--since", "b.json"], /--since/],
  ])("refuses %j", async (args, reason) => {
    const { status, stderr } = await run(["check", ...args]);
    expect(status).toBe(2);
    expect(stderr).toMatch(reason);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});
