import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import type { Finding } from "../../../model/finding.ts";
import { renderHtml } from "../../../readiness/render/html.ts";
import { type NotEvaluated, reportOf, stackReport } from "../../../readiness/report.ts";
import {
  commit,
  conditionalReport,
  finding,
  findingsFor,
  stackOf,
  usualItems,
  waivers,
} from "../fixtures.ts";
import { all, type Element, elementsOf } from "../well-formed.ts";

function page(
  findings: readonly Finding[],
  warnings: readonly string[] = [],
  notEvaluated: readonly NotEvaluated[] = [],
): string {
  const report = stackReport(stackOf("prod"), findings, commit, warnings);
  return renderHtml(reportOf([report], notEvaluated));
}

const words = (text: string) => text.replace(/\s+/g, " ").trim();

function textsOf(elements: readonly Element[], name: string): string[] {
  return all(elements, name).map((e) => words(e.text));
}

function part(elements: readonly Element[], id: string): Element {
  const [found] = all(elements, "section").filter((e) => e.attributes["id"] === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

describe("the HTML report", () => {
  const broken = [
    ...findingsFor("pass").filter((f) => !["DB-02", "DB-03"].includes(f.item)),
    finding("DB-02", "fail"),
    finding("DB-03", "unknown"),
  ];

  it("says the verdict in its title and its first heading, and what it lacks", () => {
    const elements = elementsOf(page(broken));
    expect(textsOf(elements, "title")[0]).toMatch(/^prod: NO-GO, 1 failing, /);
    const [first = "", ...others] = textsOf(elements, "h1");
    expect(first).toMatch(
      /^NO-GO ?1 item fails, \d+ have no valid proof and 1 is undecided\. \d+ of the \d+ that count/,
    );
    expect(others).toEqual([]);
  });

  it("tells of each item that blocks what was found, where, why it matters, and what to do", () => {
    const [failure, ...rest] = all(part(elementsOf(page(broken)), "blocks").elements, "article");
    const text = words(failure?.text ?? "");
    expect(text).toContain("DB-02 The database can be restored");
    expect(text).toContain(
      "failing portal-db: backupRetentionPeriod is 1 day, must be ≥ 7. components/database.ts:41",
    );
    expect(text).toContain("Set database.backupRetentionDays in Pulumi.prod.yaml.");
    expect(text).toMatch(/npm run explain -- DB-02 --stack prod$/);
    const needed = usualItems.filter((i) => i.proof !== "policy" && i.phase !== "after");
    expect(rest.map(({ text: t }) => / ?([A-Z]+-\d+) /.exec(words(t))?.[1])).toEqual([
      ...needed.map(({ id }) => id),
      "DB-03",
    ]);
  });

  it("writes each command of a remedy on a line of its own", () => {
    const articles = all(part(elementsOf(page(findingsFor("pass"))), "blocks").elements, "article");
    const commands = (id: string) =>
      textsOf(articles.find(({ text }) => text.includes(id))?.elements ?? [], "pre");
    expect(commands("PRE-01")).toEqual([
      expect.stringMatching(/^npm run evidence -- collect --item PRE-01 .* FILE$/),
      expect.stringMatching(/^npm run evidence -- collect --item PRE-01 .* e2e .* FILE$/),
    ]);
    expect(commands("GO-04")).toEqual([
      "npm run release -- --stack prod --service SERVICE=COMMIT",
      "npm run signoff -- --stack prod --item GO-04 --person PERSON --key FILE",
    ]);
  });

  it("has every item in the strip and below it, its standing in words", () => {
    const elements = elementsOf(page(broken));
    const { elements: inside } = part(elements, "checklist");
    const strip = all(all(inside, "dl"), "a").map((a) => a.attributes["title"] ?? "");
    expect(strip).toHaveLength(checklist.length);
    expect(strip).toContainEqual(expect.stringMatching(/^DB-02 failing: The database can be restored/));
    const rows = all(inside, "details").filter((e) => e.attributes["class"] === "row");
    expect(rows.map((row) => textsOf(row.elements, "summary")[0])).toContainEqual(
      expect.stringMatching(/^undecided: DB-03/),
    );
    expect(rows).toHaveLength(checklist.length);
  });

  it("folds sections in which nothing is open, and no other", () => {
    const groups = all(part(elementsOf(page(broken)), "checklist").elements, "details").filter(
      (e) => e.attributes["class"] === "group",
    );
    const open = groups.filter((e) => "open" in e.attributes).map((e) => textsOf(e.elements, "h4")[0]);
    const waiting = usualItems.filter(
      ({ id, proof, phase }) => id === "DB-02" || (proof !== "policy" && phase !== "after"),
    );
    expect(open).toEqual([...new Set(waiting.map(({ section }) => section))]);
    expect(groups.length).toBeGreaterThan(open.length);
  });

  it("tells of what ages how old it is, and by whom it was given", () => {
    const report = reportOf([conditionalReport()], [], new Date("2026-03-12T09:00:00Z"));
    const rows = all(part(elementsOf(renderHtml(report)), "checklist").elements, "summary");
    const row = rows.map(({ text }) => words(text)).find((text) => text.includes("GO-01"));
    expect(row).toMatch(/10 d of 281 d.*sign-off of GO-01$/);
  });

  it("lists waivers, and what is waived blocks nothing", () => {
    const elements = elementsOf(
      renderHtml(reportOf([conditionalReport()], [], new Date("2026-03-12T09:00:00Z"))),
    );
    expect(textsOf(elements, "h1")[0]).toMatch(/^CONDITIONAL ?2 items are waived\./);
    expect(all(part(elements, "blocks").elements, "article")).toEqual([]);
    const rows = textsOf(part(elements, "waivers").elements, "tr").slice(1);
    expect(rows).toHaveLength(waivers.length);
    expect(rows[0]).toBe(
      "DB-02 db-02-holds portal-dbThe vendor mends it in April. A snapshot is taken by hand tomas helen until 31 Mar 2026, 20 days",
    );
  });

  it("says of each chapter what it does not know", () => {
    const elements = elementsOf(page(findingsFor("pass")));
    for (const id of ["levels", "humans", "oncall", "detection"]) {
      expect(words(part(elements, id).text)).toMatch(/is not known\. Not in this report: /);
    }
  });

  it("names stacks apart, and those that could not be evaluated", () => {
    const issues = [{ path: "readiness:owner", message: "missing", place: "Pulumi.dev.yaml:8" }];
    const failure = { stack: "dev", reason: "Pulumi.dev.yaml cannot be used", issues };
    const elements = elementsOf(page(findingsFor("pass"), ["Schedule is deprecated"], [failure]));
    expect(textsOf(elements, "h1")).toEqual(["Production readiness"]);
    expect(textsOf(elements, "li")).toContain("Schedule is deprecated");
    expect(textsOf(elements, "h2").at(-1)).toBe("Not evaluated dev");
    expect(textsOf(elements, "li").at(-1)).toBe("Pulumi.dev.yaml:8: readiness:owner missing");
    const ids = [...page(findingsFor("pass"), [], [failure]).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("loads nothing and runs nothing", () => {
    const text = page(broken);
    expect(text).toContain("default-src 'none'");
    expect(all(elementsOf(text), "html")[0]?.attributes["lang"]).toBe("en");
    expect(text).not.toMatch(/<script|<link|<img|\ssrc=|\shref="(?!#)|\son\w+=/);
  });

  it("shows what was measured beside its limit, and marks what is beyond", () => {
    const value = {
      name: "p95 of search requests",
      unit: "ms",
      relation: "<",
      limit: 250,
      of: null,
    } as const;
    const measured = (ms: number) =>
      finding("PRE-09", "fail", {
        kind: "probe",
        measured: {
          service: "portal",
          environment: "staging",
          values: [{ ...value, value: ms, requests: 400 }],
        },
      });
    const [over, within] = [271, 249].map((ms) => elementsOf(page([measured(ms)])));
    const cells = (elements: ReturnType<typeof elementsOf> = []) => textsOf(elements, "td");
    expect(cells(over)).toEqual(expect.arrayContaining(["271 ms", "< 250 ms", "400 requests, staging"]));
    expect(cells(within)).toContain("249 ms");
    const failing = (elements: ReturnType<typeof elementsOf> = []) =>
      all(elements, "span").filter(({ attributes }) => attributes["class"] === "failing").length;
    expect(failing(over)).toBe(failing(within) + 1);
  });

  it("stays a page whatever a name is", () => {
    const name = `</code><script>alert("x")</script> & 'b' &lt;`;
    const found = finding("DB-02", "fail", {
      subject: name,
      observed: "is off",
      source: { file: name, line: 1 },
    });
    const elements = elementsOf(page([found], [name]));
    expect(all(elements, "script")).toEqual([]);
    expect(textsOf(elements, "article")[0]).toContain(`${name}: is off, must be ≥ 7.`);
  });
});
