import fc from "fast-check";
import { lexer, type Token, type Tokens } from "marked";
import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import type { Finding } from "../../../model/finding.ts";
import { remedyOf } from "../../../model/finding.ts";
import { renderMarkdown } from "../../../readiness/render/markdown.ts";
import { type NotEvaluated, reportOf, type StackReport, stackReport } from "../../../readiness/report.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf, usualItems, waived } from "../fixtures.ts";

function report(findings: readonly Finding[], warnings: readonly string[] = [], stack = "prod"): StackReport {
  return stackReport(stackOf(stack), findings, commit, warnings);
}

function page(findings: readonly Finding[], warnings?: readonly string[]): string {
  return renderMarkdown(reportOf([report(findings, warnings)]));
}

/** A heading with what follows it. */
function blockAfter(text: string, heading: string): Token | undefined {
  const tokens = lexer(text).filter((t) => t.type !== "space");
  const at = tokens.findIndex((t) => t.type === "heading" && t.text.startsWith(heading));
  return at < 0 ? undefined : tokens[at + 1];
}

function isTable(token: Token | undefined): token is Tokens.Table {
  return token?.type === "table";
}

function rowsAfter(text: string, heading: string): string[][] {
  const table = blockAfter(text, heading);
  return isTable(table) ? table.rows.map((row) => row.map((cell) => cell.text)) : [];
}

/** What a reader sees of a token, and the kinds of mark-up in it. */
function shown(token: Token): { text: string; kinds: string[] } {
  if (token.type === "text" || token.type === "escape" || token.type === "codespan") {
    if (!("tokens" in token) || !token.tokens) return { text: token.text, kinds: [token.type] };
  }
  const parts = ("tokens" in token ? (token.tokens ?? []) : []).map(shown);
  return {
    text: parts.map((p) => p.text).join(""),
    kinds: [token.type === "html" ? token.raw : token.type, ...parts.flatMap((p) => p.kinds)],
  };
}

const broken = [
  ...findingsFor("pass").filter((f) => !["DB-02", "DB-03"].includes(f.item)),
  finding("DB-02", "fail"),
  finding("DB-03", "unknown", {
    observed: "kmsKeyId is only known during the deployment",
  }),
];

describe("the Markdown report", () => {
  it("begins with where each of several stacks stands, and what fails of it", () => {
    const notEvaluated = [{ stack: "qa", reason: "Pulumi.qa.yaml cannot be used", issues: [] }];
    const text = renderMarkdown(
      reportOf([report(broken), report(findingsFor("pass"), [], "staging")], notEvaluated),
    );
    const [first] = lexer(text);
    expect(isTable(first) && first.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      [
        "❌",
        "`prod`",
        "**NO-GO**",
        expect.stringMatching(/^1 failing \(DB-02\), \d+ without proof, 1 undecided of /),
      ],
      ["✅", "`staging`", "**GO**", expect.stringMatching(/^(\d+) proven of \1 required items$/)],
      ["⚠️", "`qa`", "", "could not be evaluated"],
    ]);
  });

  it("tells what has changed since another report, names from it as text alone", () => {
    const change = { before: "failing", after: "proven", direction: "better" } as const;
    const since = {
      file: "<b>last</b>.json",
      verdict: "GO",
      commit: null,
      purpose: "release",
      source: "program",
      items: [{ ...change, id: "DB-02`|", statement: "![](https://evil.example) |" }],
      rules: [],
      alerts: null,
    } as const;
    const text = renderMarkdown(reportOf([{ ...report(broken), since }]));
    const block = blockAfter(text, "Since");
    expect(
      isTable(block) &&
        block.rows.map((row) => row.map((cell) => shown({ type: "x", raw: "", tokens: cell.tokens }).text)),
    ).toEqual([["↑", "DB-02", "failing → proven", "![](https://evil.example) |"]]);
    expect(text).not.toContain("<b>");
  });

  it("says the verdict, the stack, the commit and the reasons first", () => {
    const [heading, , reasons] = page(broken).split("\n");
    expect(heading).toBe("## ❌ NO-GO: prod, production tier, commit 0123456789");
    expect(reasons).toBe("1 item fails: DB-02.<br>");
    expect(page(findingsFor("pass"))).not.toContain("Failures");
  });

  it("tells what fails, where, and what to change", () => {
    expect(rowsAfter(page(broken), "Failures")).toEqual([
      [
        "❌",
        "**DB-02** The database can be restored to any second of the last days",
        "portal-db: backupRetentionPeriod is 1 day, must be ≥ 7 `components/database.ts:41`",
        "Set database.backupRetentionDays in Pulumi.prod.yaml.",
      ],
    ]);
    expect(rowsAfter(page(broken), "Undecided")).toEqual([
      ["❔", expect.stringContaining("**DB-03**"), expect.stringContaining("kmsKeyId"), ""],
    ]);
  });

  it("tells what waits for a proof, and what to do", () => {
    const needed = usualItems.filter((i) => i.proof !== "policy" && i.phase !== "after");
    const [first] = needed;
    const rows = rowsAfter(page(broken), "Without proof");
    expect(rows.map((row) => row[1]?.split(" ")[0])).toEqual(needed.map((i) => `**${i.id}**`));
    expect(rows[0]).toEqual([
      "❔",
      `**${first?.id}** ${first?.statement}`,
      `no proof yet: ${first?.proof}`,
      first && remedyOf(first.id, "prod"),
    ]);
    expect(renderMarkdown(reportOf([report(findingsFor("pass"), [], "staging")]))).not.toContain("Without");
  });

  it("lists what is waived with its waiver beside the failure, which stays one", () => {
    const text = renderMarkdown(reportOf([conditionalReport()]));
    expect(text).toMatch(/^## ⚠️ CONDITIONAL: prod, /);
    expect(
      rowsAfter(text, "Waived").map(([mark, title, found]) => [mark, title?.split(" ")[0], found]),
    ).toEqual([
      [
        "❌",
        "**DB-02**",
        `portal-db: backupRetentionPeriod is 1 day, must be ≥ 7 \`components/database.ts:41\`<br>${waived[0]}`,
      ],
      ["❔", "**PRE-02**", `no proof yet: evidence<br>${waived[1]}`],
    ]);
    expect(text).not.toContain("### Failures");
    const proven = rowsAfter(text, "Before deployment").find((row) => row[1] === "PRE-01");
    expect(proven?.[3]).toBe("evidence of PRE-01, until 2026-12-08");
  });

  it("counts what it leaves out of an item with many failures", () => {
    const many = Array.from({ length: 20 }, (_, i) =>
      finding("ONC-01", "fail", { subject: `monitor-${i}`, observed: "is off" }),
    );
    const [row] = rowsAfter(page(many), "Failures");
    expect(row?.[2]).toMatch(/monitor-7: is off.*<br>and 12 more$/);
  });

  it("has the whole checklist behind a click", () => {
    const text = page(broken);
    const [, inside = ""] =
      /<details>\n<summary>Checklist, proven: .+<\/summary>\n\n(.*)\n\n<\/details>/s.exec(text) ?? [];
    const ids = lexer(inside)
      .filter(isTable)
      .flatMap((t) => t.rows.map((row) => row[1]?.text));
    expect(ids).toEqual(checklist.map((i) => i.id).toSorted((a, b) => ids.indexOf(a) - ids.indexOf(b)));
    expect(ids).toHaveLength(checklist.length);
    expect(rowsAfter(inside, "Database").find((row) => row[1] === "DB-02")?.[0]).toBe("❌");
  });

  it("shows warnings and stacks that could not be evaluated", () => {
    const notEvaluated: NotEvaluated = {
      stack: "staging",
      reason: "Pulumi.staging.yaml cannot be used",
      issues: [{ path: "readiness:owner", message: "missing", place: "Pulumi.staging.yaml:8" }],
    };
    const text = renderMarkdown(reportOf([report(broken, ["cut off while creating a|b"])], [notEvaluated]));
    expect(text).toContain("- ⚠️ cut off while creating a\\|b\n");
    expect(text).toContain("## ⚠️ Not evaluated: staging\n\nPulumi.staging.yaml cannot be used\n\n");
    expect(text).toContain("- `Pulumi.staging.yaml:8` `readiness:owner` missing\n");
  });

  it("is the same for the same report", () => {
    expect(page(broken)).toBe(page(broken));
  });
});

describe("a name that somebody else chose", () => {
  const nasty = [
    "a|b",
    "a\\|b",
    "`a` ``b``",
    "</details><script>alert(1)</script>",
    "<img src=x onerror=y>",
    "[a](https://evil.example)",
    "![a](x)",
    "**a** _b_ ~~c~~",
    "a\n\n# b\n- c",
    "&lt;b&gt; &amp;",
    "$x$ \\",
    "<!-- a",
  ];
  const found = (name: string) => {
    const table = blockAfter(
      page([finding("DB-02", "fail", { subject: name, observed: "is off" })]),
      "Failures",
    );
    const cell = isTable(table) ? table.rows[0]?.[2] : undefined;
    if (!cell || !isTable(table)) throw new Error("the table is broken");
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]).toHaveLength(4);
    return cell.tokens.map(shown);
  };
  /** All mark-up but the font of the code's line, and what parts addresses. */
  const markup = (parts: ReturnType<typeof found>) =>
    parts
      .flatMap((p) => p.kinds)
      .filter((kind) => !["text", "escape", "codespan", "<!-- -->"].includes(kind));

  it.each(nasty)("stays text: %j", (name) => {
    const parts = found(name);
    expect(parts.map((p) => p.text).join("")).toBe(
      `${name.replace(/\s+/g, " ")}: is off, must be ≥ 7 components/database.ts:41`,
    );
    expect(markup(parts)).toEqual([]);
  });

  it("stays text whatever it is", () => {
    const names = fc.stringMatching(/^[-a`*_[\](){}<>|~&$#!\\:. ]{1,20}$/);
    fc.assert(
      fc.property(names, (name) => {
        expect(markup(found(`x${name}x`))).toEqual([]);
      }),
    );
  });

  it("notifies nobody and links to nothing", () => {
    const subject = "@octocat and #12 of www.evil.example";
    expect(page([finding("DB-02", "fail", { subject, observed: "are off" })])).toContain(
      "@<!-- -->octocat and #<!-- -->12 of www<!-- -->.evil.example: are off",
    );
  });

  it("cannot end the font of code", () => {
    const text = page([finding("DB-02", "fail", { source: { file: "a`|b.ts", line: 1 } })]);
    expect(text).toContain("`ab.ts:1`");
  });
});

describe("a comment that would be too long", () => {
  const failing = findingsFor("fail")
    .filter((f) => usualItems.some(({ id }) => id === f.item))
    .map((f) => ({
      ...f,
      subject: "x".repeat(2_000),
      observed: "is off",
    }));
  const reports = reportOf([report(failing), report(broken, [], "staging")]);
  const full = renderMarkdown(reports, Number.POSITIVE_INFINITY);

  it("loses the checklist first, and says so", () => {
    const text = renderMarkdown(reports, full.length - 1);
    expect(text.length).toBeLessThan(full.length);
    expect(text).not.toContain("<details>");
    expect(text).toContain("The checklist is left out");
    expect(text).toContain("`npm run check -- --stack staging`");
    expect(rowsAfter(text, "Failures")).toHaveLength(failing.length);
  });

  it("then loses failures, and names them", () => {
    const text = renderMarkdown(reports, 12_000);
    const rows = rowsAfter(text, "Failures");
    expect(rows.length).toBeGreaterThan(0);
    for (const { item } of failing) expect(text).toContain(item);
    expect(text).toContain("_Left out, they would make this comment too long: ");
  });

  it.each([65_536, 30_000, 8_000])("has at most %i characters", (limit) => {
    expect(renderMarkdown(reports, limit).length).toBeLessThanOrEqual(limit);
  });

  it("fits GitHub with everything failing at length", () => {
    expect(full.length).toBeGreaterThan(65_536);
    expect(renderMarkdown(reports).length).toBeLessThanOrEqual(65_536);
  });
});
