import { describe, expect, it } from "vitest";
import type { Finding } from "../../../model/finding.ts";
import { changeLines, sinceHead } from "../../../readiness/render/since.ts";
import { type StackReport, stackReport } from "../../../readiness/report.ts";
import type { EarlierStack } from "../../../readiness/since/earlier.ts";
import { changesSince } from "../../../readiness/since/since.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf } from "../fixtures.ts";

const report = (...findings: readonly Finding[]): StackReport =>
  stackReport(stackOf("prod"), findings, commit, []);
const since = (earlier: StackReport, now: StackReport) =>
  changesSince("last.json", earlier as unknown as EarlierStack, now);

const pass = finding("DB-02", "pass");
const fail = finding("DB-02", "fail");
const elsewhere = { urn: "urn:pulumi:prod::readiness::aws:rds/instance:Instance::other-db" };

describe("what has changed since another report", () => {
  it("is nothing between a report and itself", () => {
    const same = report(...findingsFor("pass"), fail);
    expect(since(same, same)).toMatchObject({ items: [], rules: [] });
    expect(sinceHead(since(same, same), same)).toBe(
      "Since last.json (NO-GO, commit 0123456789): nothing has changed",
    );
  });

  it.each([
    ["better", fail, pass, "failing", "proven"],
    ["worse", pass, fail, "proven", "failing"],
    ["worse", pass, finding("DB-02", "unknown"), "proven", "undecided"],
    ["better", fail, finding("DB-02", "unknown"), "failing", "undecided"],
    ["otherwise", fail, finding("DB-02", "not-applicable"), "failing", "not-applicable"],
  ] as const)("is %s where %#", (direction, was, is, before, after) => {
    const { items, rules } = since(report(was), report(is));
    expect(items).toMatchObject([{ direction, id: "DB-02", before, after }]);
    expect(rules).toMatchObject([
      { direction, rule: "db-02-holds", item: "DB-02", before: was.outcome, after: is.outcome },
    ]);
  });

  it("is worse where a rule fails for another resource, better where it fails for one less", () => {
    const [one, other] = [report(fail), report({ ...fail, ...elsewhere })];
    const both = report(fail, { ...fail, ...elsewhere });
    expect(since(one, both).rules).toMatchObject([{ direction: "worse", failing: { before: 1, after: 2 } }]);
    expect(since(both, one).rules).toMatchObject([{ direction: "better", failing: { before: 2, after: 1 } }]);
    expect(since(one, other).rules).toMatchObject([{ direction: "worse" }]);
    expect(since(one, both).items).toEqual([]);
  });

  it("takes a rule that is gone for no success, and a new one that fails for worse", () => {
    const gone = since(report(fail), report());
    expect(gone.rules).toMatchObject([{ direction: "otherwise", before: "fail", after: null }]);
    expect(gone.items).toMatchObject([{ direction: "better", before: "failing", after: "unproven" }]);
    expect(since(report(), report(fail)).rules).toMatchObject([{ direction: "worse", before: null }]);
    expect(since(report(), report(pass)).rules).toMatchObject([{ direction: "otherwise", before: null }]);
  });

  it("takes a waived failure for better than an open one, and for worse than none", () => {
    const waived = conditionalReport();
    const open = {
      ...waived,
      checklist: waived.checklist.map((i) => ({ ...i, standing: "failing" as const })),
    };
    expect(since(open, waived).items.find(({ id }) => id === "DB-02")).toMatchObject({
      direction: "better",
      after: "waived",
    });
    expect(since(report(pass), waived).items.find(({ id }) => id === "DB-02")?.direction).toBe("worse");
  });

  it("tells of items that are new or gone", () => {
    const whole = report(pass, fail);
    const less = { ...whole, checklist: whole.checklist.filter(({ id }) => id !== "DB-02") };
    expect(since(less, whole).items).toMatchObject([{ direction: "worse", before: null, after: "failing" }]);
    expect(since(whole, less).items).toMatchObject([
      { direction: "otherwise", before: "failing", after: null },
    ]);
  });

  it("tells of alerts that ring by chance more or less often, are new, gone, or of another severity", () => {
    const quiet = (...alerts: readonly (readonly [string, string | null, number | null])[]) => ({
      ...report(pass),
      quietness: {
        pagesAWeek: 0,
        ceilings: { each: 1, paging: 1 },
        detection: [],
        alerts: alerts.map(([alert, severity, pagesAWeek]) => ({
          ...{ alert, severity, pagesAWeek, pagesAWeekInThrees: pagesAWeek, why: "chance" },
          pages: true,
          kind: "chance" as const,
        })),
      },
    });
    const before = quiet(
      ["a", "sev1", 0.1],
      ["b", "sev1", 0.1],
      ["c", "sev1", 0.1],
      ["d", "sev2", null],
      ["e", "sev1", 1],
    );
    const now = quiet(
      ["a", "sev1", 0.2],
      ["b", "sev1", 0.05],
      ["c", "sev2", 0.1],
      ["e", "sev1", 1],
      ["f", null, 0],
    );
    const changes = since(before, now);
    expect(changes.alerts?.map(({ direction, alert }) => [alert, direction])).toEqual([
      ["a", "worse"],
      ["b", "better"],
      ["c", "otherwise"],
      ["f", "otherwise"],
      ["d", "otherwise"],
    ]);
    expect(changeLines(changes).map(({ mark, name, change }) => `${mark} ${name} ${change}`)).toEqual([
      "↓ a SEV1, 0.1 pages a week by chance → SEV1, 0.2 pages a week by chance",
      "↑ b SEV1, 0.1 pages a week by chance → SEV1, 0.05 pages a week by chance",
      "~ c SEV1, 0.1 pages a week by chance → SEV2, 0.1 pages a week by chance",
      "~ f new → no severity, 0 pages a week by chance",
      "~ d SEV2 → gone",
    ]);
    const { quietness: _, ...older } = before;
    expect(since(older as StackReport, now).alerts).toBeNull();
  });

  it("says what was asked otherwise, the worse first, and no more than a dozen rules", () => {
    const names = Array.from({ length: 20 }, (_, i) => `rule-${i}`);
    const before = report(
      pass,
      finding("DB-01", "fail"),
      ...names.map((by) => finding("DB-03", "pass", { by })),
    );
    const now = report(
      fail,
      finding("DB-01", "pass"),
      ...names.map((by) => finding("DB-03", "fail", { by })),
    );
    const changes = since(
      { ...before, purpose: "change", source: { kind: "state", file: "-", updated: null } },
      now,
    );
    expect(sinceHead(changes, now)).toBe(
      "Since last.json (NO-GO, commit 0123456789, for a change, as deployed): 2 items worse, 1 item better, 21 rules worse, 1 rule better",
    );
    const lines = changeLines(changes);
    expect(lines.map(({ mark }) => mark).slice(0, 4)).toEqual(["↓", "↓", "↑", "↓"]);
    expect(lines.at(-1)).toMatchObject({ name: "10 more rules" });
    expect(lines[3]).toMatchObject({ change: "pass → fail", about: "DB-02, failures 0 → 1" });
  });
});
