import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import type { Finding } from "../../../model/finding.ts";
import { renderText, type TextOptions } from "../../../readiness/render/text.ts";
import { type StackReport, stackReport } from "../../../readiness/report.ts";
import { painter } from "../../../readiness/terminal/layout.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf, usualItems, waived } from "../fixtures.ts";

const plain: TextOptions = { page: { width: 100, paint: painter(false) }, seconds: 0.84, quiet: false };
const types = [
  "aws:rds/instance:Instance",
  "datadog:index/monitor:Monitor",
  "datadog:index/monitor:Monitor",
  "readiness:index:Database",
  "pulumi:pulumi:Stack",
];

function report(stack: string, findings: readonly Finding[], warnings: readonly string[] = []): StackReport {
  return stackReport(stackOf(stack, types), findings, commit, warnings);
}

const ready = report("staging", findingsFor("pass"));
const longName = `portal-${"very-".repeat(30)}long-database`;
const broken = report(
  "prod",
  [
    ...findingsFor("pass"),
    finding("DB-02", "fail"),
    ...Array.from({ length: 20 }, (_, i) =>
      finding("ONC-01", "fail", { subject: `monitor-${i}`, observed: "is off" }),
    ),
    finding("ONC-02", "unknown", {
      subject: longName,
      observed: "loops is only known during the deployment",
    }),
    finding("ONC-03", "error", { subject: "prod", observed: "the rule itself failed: boom" }),
  ],
  ["[deprecated] Schedule is deprecated, use something else\nfrom now on"],
);

describe("the text report", () => {
  it("says a GO, its stack, its commit and its reason first", () => {
    const [first, second] = renderText([ready], [], plain).split("\n");
    expect(first).toBe("GO  staging, staging tier, commit 0123456789");
    expect(second).toMatch(/^All \d+ items that a staging stack needs are proven\.$/);
  });

  it("begins with where each of several stacks stands, and what fails of it", () => {
    const notEvaluated = [{ stack: "qa", reason: "Pulumi.qa.yaml cannot be used", issues: [] }];
    for (const quiet of [true, false]) {
      const text = renderText([ready, broken], [], { ...plain, quiet, notEvaluated });
      expect(text.split("\n").slice(0, 5)).toEqual([
        "Stacks",
        expect.stringMatching(/^ {2}staging {2}GO {11,} (\d+) proven of \1 required items$/),
        expect.stringMatching(
          /^ {2}prod {5}NO-GO {9}2 failing \(DB-02, ONC-01\), \d+ without proof, 2 undecided of /,
        ),
        expect.stringMatching(/^ +items$/),
        "  qa       –             could not be evaluated",
      ]);
    }
  });

  it("names eight items that fail in the overview, and counts the others", () => {
    const failing = report("prod", findingsFor("fail"));
    const text = renderText([ready, failing], [], { ...plain, page: { ...plain.page, width: 300 } });
    expect(text).toMatch(/\n {2}prod .* (\d+) failing \((?:[A-Z]+-\d+, ){8}\d+ more\), /);
  });

  it("says why there is no commit", () => {
    const text = renderText([{ ...ready, commit: { id: null, reason: "git is not installed" } }], [], plain);
    expect(text).toContain("no commit (git is not installed)");
  });

  it("says which state was judged instead of a commit", () => {
    const source = { kind: "state", file: "prod.json", updated: "2026-03-02T09:20:30.123Z" } as const;
    expect(renderText([{ ...ready, source }], [], plain)).toMatch(
      /^GO {2}staging, staging tier, as deployed \(prod\.json, written 2026-03-02T09:20:30Z\)\n/,
    );
    expect(renderText([{ ...ready, source: { ...source, file: "-", updated: null } }], [], plain)).toMatch(
      /^GO {2}staging, staging tier, as deployed \(standard input\)\n/,
    );
  });

  it("ends with what is open, the worst last, and the verdict, before the closing lines", () => {
    const text = renderText([broken], ["prod: NO-GO"], plain);
    const marks = [
      /^Checklist of prod$/m,
      /^\d+ resources /m,
      /^Without proof$/m,
      /^Undecided$/m,
      /^Failures$/m,
      /^NO-GO {2}prod, production tier, commit 0123456789\n2 items fail: DB-02, ONC-01\.$/m,
      /^Checked in 0\.84 s\nprod: NO-GO\n$/m,
    ].map((mark) => text.search(mark));
    expect(marks).not.toContain(-1);
    expect(marks).toEqual(marks.toSorted((a, b) => a - b));
  });

  it("tells what waits for a proof: item, kind of proof, what to do", () => {
    const text = renderText([report("prod", findingsFor("pass"))], [], plain);
    expect(text).toMatch(
      /\nWithout proof\n(.*\n)*\? PRE-01 {2}All unit .*\n {4}no proof yet: evidence\n {2}→ Run the tests /,
    );
    expect(text.slice(text.indexOf("Without proof"))).not.toContain("POST-01");
    expect(renderText([ready], [], plain)).not.toContain("Without proof");
  });

  it("lists what is waived with its waiver below the failure, which stays one", () => {
    const text = renderText([conditionalReport()], [], { ...plain, page: { ...plain.page, width: 300 } });
    const [, group = ""] = /\nWaived\n((?:.+\n)+)/.exec(text) ?? [];
    expect(group.split("\n")).toEqual([
      expect.stringMatching(/^✗ DB-02 {2}/),
      "    portal-db: backupRetentionPeriod is 1 day, must be ≥ 7 [components/database.ts:41]",
      `      ${waived[0]}`,
      expect.stringMatching(/^ {2}→ Set database/),
      expect.stringMatching(/^\? PRE-02 {2}/),
      "    no proof yet: evidence",
      `      ${waived[1]}`,
      expect.stringMatching(/^ {2}→ /),
      "",
    ]);
    expect(text).not.toMatch(/^(Failures|Without proof)$/m);
    expect(text).toMatch(/\nCONDITIONAL {2}prod, .*\n2 items are waived: DB-02, PRE-02\.\n/);
    expect(text).toMatch(/\nDatabase {2}(\d+) of \d+, 1 waived(, .*)?\n/);
    expect(text).toMatch(/✗ DB-02 .* db-02-holds, waived\n/);
  });

  it("keeps a waiver beside its failure where another of the same item is not waived", () => {
    const other = finding("DB-02", "fail", { by: "other", observed: "is not encrypted" });
    const text = renderText([conditionalReport(other)], [], {
      ...plain,
      page: { ...plain.page, width: 300 },
    });
    const failures = text.slice(text.indexOf("\nFailures\n"));
    expect(failures).toContain(`1 day, must be ≥ 7 [components/database.ts:41]\n      ${waived[0]}\n`);
    expect(failures).toMatch(/is not encrypted, must be ≥ 7 \[.*\]\n {2}→ /);
  });

  it("says by whose word or which tool an item is proven, and until when that counts", () => {
    const text = renderText([conditionalReport()], [], { ...plain, page: { ...plain.page, width: 300 } });
    expect(text).toMatch(/✓ PRE-01 .* evidence of PRE-01, until 2026-12-08\n/);
    expect(text).toMatch(/✓ GO-01 .* sign-off of GO-01, until 2026-12-08\n/);
    expect(text).toMatch(/✓ DB-01 .* db-01-holds\n/);
  });

  it("is silent, when told to be quiet, of everything but the verdict and what is open", () => {
    const quiet = { ...plain, quiet: true };
    expect(renderText([ready], ["staging: GO"], quiet)).toMatch(/^GO {2}staging, .*\nAll \d+ items .*\n$/);
    const text = renderText([broken], ["prod: NO-GO"], quiet);
    expect(text).toContain("monitor-7: is off");
    expect(text).toMatch(/\? PRE-01 /);
    expect(text).not.toMatch(/✓|Checklist|resources|Checked|prod: NO-GO/);
  });

  it("tells what to change: item, observation with its source line, remedy once", () => {
    const text = renderText([broken], [], plain);
    const start = text.indexOf("Checklist");
    expect(text).toContain(
      "    portal-db: backupRetentionPeriod is 1 day, must be ≥ 7 [components/database.ts:41]\n  → ",
    );
    expect(text.slice(start).match(/✗ DB-02 /g)).toHaveLength(2);
  });

  it("says once what several rules say alike", () => {
    const twice = report("prod", [finding("DB-02", "fail"), finding("DB-02", "fail", { by: "other" })]);
    expect(renderText([twice], [], plain).match(/backupRetentionPeriod is 1 day/g)).toHaveLength(1);
  });

  it("puts the worst first and counts what it leaves out", () => {
    const text = renderText([broken], [], { ...plain, quiet: true });
    expect(text.indexOf("! ONC-03")).toBeLessThan(text.indexOf("✗ DB-02"));
    expect(text).toContain("monitor-7: is off");
    expect(text).not.toContain("monitor-8: is off");
    expect(text).toContain("and 12 more: --format json lists them all");
  });

  it("shows every item of the checklist with its mark", () => {
    const text = renderText([ready], [], plain);
    for (const item of checklist) {
      const mark = item.proof === "policy" ? "✓" : "?";
      expect(text).toContain(`${usualItems.includes(item) ? mark : "–"} ${item.id}`);
    }
  });

  it("says how each item is proven, or that it is not", () => {
    const text = renderText([ready], [], plain);
    expect(text).toMatch(/✓ DB-02 .*db-02-holds/);
    expect(text).toMatch(/\? PRE-02 .*no proof yet: evidence/);
    expect(renderText([report("staging", [])], [], plain)).toMatch(/\? DB-02 .*no proof yet: policy/);
    const outOfTier = report("staging", [finding("DB-02", "not-applicable")]);
    expect(renderText([outOfTier], [], plain)).toMatch(/– DB-02 .*not required of this tier/);
  });

  it("says what the other items are not needed for", () => {
    const change = stackReport(stackOf("prod", types), findingsFor("pass"), commit, [], "change");
    expect(renderText([ready], [], plain)).toContain("not needed for staging");
    expect(renderText([change], [], plain)).toContain("not needed for a change");
  });

  it("counts resources and rules, and ends with the closing lines", () => {
    const lines = renderText([ready], ["staging: GO", "prod: NO-GO"], plain).split("\n");
    expect(lines.find((l) => l.startsWith("3 resources (2 datadog, 1 aws) in 1 components; "))).toBeDefined();
    expect(lines.slice(-4)).toEqual(["Checked in 0.84 s", "staging: GO", "prod: NO-GO", ""]);
  });

  it("shows the program's warnings on one line", () => {
    expect(renderText([broken], [], plain)).toContain(
      "! [deprecated] Schedule is deprecated, use something else from now on\n",
    );
  });

  it("uses no colour unless told to, and then the same words", () => {
    const reports = [ready, broken];
    const text = renderText(reports, ["prod: NO-GO"], plain);
    const coloured = renderText(reports, ["prod: NO-GO"], {
      ...plain,
      page: { width: 100, paint: painter(true) },
    });
    expect(stripVTControlCharacters(text)).toBe(text);
    expect(coloured).not.toBe(text);
    expect(stripVTControlCharacters(coloured)).toBe(text);
  });

  it("lets no data steer the terminal", () => {
    const evil = report("p\u009b2Jd", [
      finding("DB-02", "fail", {
        subject: "a\u001b[2Jb\rc\u202ed\ne",
        observed: "is off",
        source: undefined,
      }),
    ]);
    const text = renderText([evil], [], plain);
    expect(text).toContain("    a\ufffd[2Jb\ufffdc\ufffdd e: is off, must be ≥ 7\n");
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  });

  it.each([60, 80, 100, 120, 140])("has no line longer than %i and none with blanks at its end", (width) => {
    for (const colour of [false, true]) {
      const closing = [
        "prod: NO-GO, 2 failing, 27 without proof of 120 required items (npm run check -- --stack prod)",
      ];
      const lines = renderText([ready, broken], closing, {
        ...plain,
        page: { width, paint: painter(colour) },
      }).split("\n");
      for (const line of lines.map(stripVTControlCharacters)) {
        expect(line.length, line).toBeLessThanOrEqual(width);
        expect(line).toBe(line.trimEnd());
      }
    }
  });
});
