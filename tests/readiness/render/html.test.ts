import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import type { Finding } from "../../../model/finding.ts";
import { remedyOf } from "../../../model/finding.ts";
import { renderHtml } from "../../../readiness/render/html.ts";
import { type NotEvaluated, reportOf, stackReport } from "../../../readiness/report.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf, waived } from "../fixtures.ts";
import { all, type Element, elementsOf } from "../well-formed.ts";

function page(
  findings: readonly Finding[],
  warnings: readonly string[] = [],
  notEvaluated: readonly NotEvaluated[] = [],
): string {
  const report = stackReport(stackOf("prod"), findings, commit, warnings);
  return renderHtml(reportOf([report], notEvaluated));
}

function textsOf(elements: readonly Element[], name: string): string[] {
  return all(elements, name).map((e) => e.text.replace(/\s+/g, " ").trim());
}

describe("the HTML report", () => {
  const broken = [
    ...findingsFor("pass").filter((f) => !["DB-02", "DB-03"].includes(f.item)),
    finding("DB-02", "fail"),
    finding("DB-03", "unknown"),
  ];

  it("says the verdict in its title and its first heading", () => {
    const elements = elementsOf(page(broken));
    expect(textsOf(elements, "title")[0]).toMatch(/^prod: NO-GO, 1 failing, /);
    expect(textsOf(elements, "h2")[0]).toBe("NO-GO prod, production tier, commit 0123456789");
    expect(textsOf(elements, "h3")).toEqual(["Failures", "Undecided", "Without proof", "Checklist"]);
  });

  it("tells what fails, where, and what to change", () => {
    const [failure] = textsOf(elementsOf(page(broken)), "li");
    expect(failure).toMatch(/^✗ DB-02 The database can be restored/);
    expect(failure).toContain("backupRetentionPeriod is 1 day, must be ≥ 7 components/database.ts:41");
    expect(failure).toMatch(/→ Set database\.backupRetentionDays in Pulumi\.prod\.yaml\.$/);
  });

  it("tells what waits for a proof, and what to do", () => {
    const waiting = textsOf(elementsOf(page(findingsFor("pass"))), "li").filter((li) => li.startsWith("? "));
    const needed = checklist.filter((i) => i.proof !== "policy" && i.phase !== "after");
    expect(waiting).toEqual(
      needed.map((i) => `? ${i.id} ${i.statement} no proof yet: ${i.proof} → ${remedyOf(i.id, "prod")}`),
    );
  });

  it("lists what is waived with its waiver beside the failure, which stays one", () => {
    const elements = elementsOf(renderHtml(reportOf([conditionalReport()])));
    expect(textsOf(elements, "title")[0]).toMatch(/^prod: CONDITIONAL, 2 waived of \d+ required items$/);
    expect(textsOf(elements, "h3")).toEqual(["Waived", "Checklist"]);
    const entries = textsOf(elements, "li");
    expect(entries[0]).toMatch(/^✗ DB-02 /);
    expect(entries).toContain(
      `portal-db: backupRetentionPeriod is 1 day, must be ≥ 7 components/database.ts:41 ${waived[0]}`,
    );
    expect(entries).toContain(`no proof yet: evidence ${waived[1]}`);
    expect(textsOf(elements, "td")).toContain("evidence of PRE-01, until 2026-12-08");
  });

  it("has every item in a table with headings, its outcome in words", () => {
    const tables = all(elementsOf(page(broken)), "table");
    const rows = tables.flatMap((t) => all(t.elements, "tbody")).flatMap((body) => body.elements);
    expect(rows).toHaveLength(checklist.length);
    expect(all(rows, "th").every((th) => th.attributes["scope"] === "row")).toBe(true);
    const cells = rows.find((row) => row.elements[1]?.text === "DB-02")?.elements.map((cell) => cell.text);
    expect(cells?.slice(0, 2)).toEqual(["✗ fail", "DB-02"]);
    for (const table of tables) {
      expect(textsOf(table.elements, "caption")).toHaveLength(1);
      expect(all(table.elements, "th").filter((th) => th.attributes["scope"] === "col")).toHaveLength(4);
    }
  });

  it("shows warnings and stacks that could not be evaluated", () => {
    const issues = [{ path: "readiness:owner", message: "missing", place: "Pulumi.dev.yaml:8" }];
    const failure = { stack: "dev", reason: "Pulumi.dev.yaml cannot be used", issues };
    const elements = elementsOf(page(findingsFor("pass"), ["Schedule is deprecated"], [failure]));
    expect(textsOf(elements, "li").slice(-2)).toEqual([
      "Schedule is deprecated",
      "Pulumi.dev.yaml:8: readiness:owner missing",
    ]);
    expect(textsOf(elements, "h2")[1]).toBe("Not evaluated dev");
  });

  it("loads nothing and runs nothing", () => {
    const text = page(broken);
    expect(text).toContain("default-src 'none'");
    expect(all(elementsOf(text), "html")[0]?.attributes["lang"]).toBe("en");
    expect(text).not.toMatch(/<script|<link|<img|\ssrc=|\shref=|\son\w+=|url\(/);
  });

  it("stays a page whatever a name is", () => {
    const name = `</code><script>alert("x")</script> & 'b' &lt;`;
    const found = finding("DB-02", "fail", {
      subject: name,
      observed: "is off",
      source: { file: name, line: 1 },
    });
    const elements = elementsOf(page([found]));
    expect(all(elements, "script")).toEqual([]);
    expect(textsOf(elements, "li")[0]).toContain(`${name}: is off, must be ≥ 7 ${name}:1`);
  });
});
