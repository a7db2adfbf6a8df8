import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { render, reportFormats } from "../../../readiness/render/formats.ts";
import { reportOf, stackReport } from "../../../readiness/report.ts";
import { pageOf } from "../../../readiness/terminal/page.ts";
import { commit, finding, findingsFor, stackOf } from "../fixtures.ts";

const findings = [...findingsFor("pass").filter(({ item }) => item !== "DB-02"), finding("DB-02", "fail")];
const report = reportOf([stackReport(stackOf("prod"), findings, commit, [])], []);

describe.each(reportFormats)("the format %s", (format) => {
  it("tells what fails, and ends with a line feed", async () => {
    const text = await render(format, {
      report,
      closing: [],
      page: pageOf(undefined),
      seconds: 1,
      quiet: false,
    });
    expect(text).toContain("backupRetentionPeriod is 1 day");
    expect(text).toMatch(/[^\n]\n$/);
  });

  it("has a test of its own, and stands in the README", () => {
    expect(existsSync(join(import.meta.dirname, `${format}.test.ts`))).toBe(true);
    const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
    expect(readme).toMatch(new RegExp(`--format [a-z|]*\\b${format}\\b`));
  });
});
