import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { render, reportFormats } from "../../../readiness/render/formats.ts";
import { reportOf, stackReport } from "../../../readiness/report.ts";
import { pageOf } from "../../../readiness/terminal/page.ts";
import { commit, finding, findingsFor, stackOf } from "../fixtures.ts";
import { elementsOf } from "../well-formed.ts";

const findings = [...findingsFor("pass").filter(({ item }) => item !== "DB-02"), finding("DB-02", "fail")];
const report = reportOf([stackReport(stackOf("prod"), findings, commit, [])], []);

describe.each(reportFormats)("the format %s", (format) => {
  it("tells what fails, and ends with a line feed", async () => {
    const pieces = await render(format, {
      report,
      closing: [],
      page: pageOf(undefined),
      seconds: 1,
      quiet: false,
    });
    const text = [...pieces].join("");
    expect(text).toContain("backupRetentionPeriod is 1 day");
    expect(text).toMatch(/[^\n]\n$/);
  });

  it("is whole, and acts on nothing, whatever others wrote", async () => {
    const evil =
      "a\u001b[2Jb\u009b31mc\u0000d\u202ee\u2066f\rg\ud800h\uffff]]>https://ana:hunter2@example.com/i";
    const failing = finding("DB-02", "fail", {
      subject: evil,
      observed: evil,
      wanted: evil,
      remedy: evil,
      by: evil,
      source: { file: evil, line: 1 },
    });
    const others = findingsFor("pass").filter(({ item }) => item !== "DB-02");
    const stack = stackReport(stackOf(evil), [...others, failing], { id: null, reason: evil }, []);
    const issues = [{ keys: [evil], path: evil, message: evil, place: `${evil}:1` }];
    const pieces = await render(format, {
      report: reportOf([stack], [{ stack: evil, reason: evil, issues }]),
      closing: [evil],
      page: pageOf(undefined),
      seconds: 1,
      quiet: false,
    });
    const text = [...pieces].join("");
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
    expect(text).not.toContain("hunter2");
    expect(text.isWellFormed()).toBe(true);
    if (format === "junit") expect(elementsOf(text)).not.toEqual([]);
    if (format === "json" || format === "sarif") expect(JSON.parse(text)).toBeTypeOf("object");
  });

  it("has a test of its own, and stands in the page of the verdict", () => {
    expect(existsSync(join(import.meta.dirname, `${format}.test.ts`))).toBe(true);
    const page = readFileSync(join(import.meta.dirname, "../../../docs/check.md"), "utf8");
    expect(page).toMatch(new RegExp(`--format [a-z|]*\\b${format}\\b`));
  });
});
