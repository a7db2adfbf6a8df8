/** The report for reading: the verdict, what to change, the checklist with its proofs, the counts. */
import type { Outcome } from "../../policies/evaluate.ts";
import { type Section, sections } from "../../spec/checklist.ts";
import type { ReportedFinding, ReportedItem, StackReport } from "../report.ts";
import type { Verdict } from "../verdict.ts";
import { hanging, type Paint, painter, sideBySide } from "./layout.ts";

export interface TextOptions {
  /** Longest line, in characters; less than 40 counts as 40. */
  readonly width: number;
  readonly colour: boolean;
  /** How long the check took. */
  readonly seconds: number;
}

interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** Findings and rules of one item that are written out; the JSON report has them all. */
const shownFindings = 8;
const shownRules = 2;

const marks: Readonly<Record<Outcome, string>> = {
  pass: "✓",
  fail: "✗",
  unknown: "?",
  error: "!",
  "not-applicable": "–",
};
const colours = {
  pass: "green",
  fail: "red",
  unknown: "yellow",
  error: "red",
  "not-applicable": "dim",
} as const satisfies Record<Outcome, string>;
const verdictColours = {
  GO: "green",
  "NO-GO": "red",
  UNDETERMINED: "yellow",
} as const satisfies Record<Verdict, string>;

/** The reports one below the other, then the closing lines. */
export function renderText(
  reports: readonly StackReport[],
  closing: readonly string[],
  options: TextOptions,
): string {
  const page: Page = { width: Math.max(options.width, 40), paint: painter(options.colour) };
  const blocks = [
    ...reports.flatMap((report, i) => [
      ...(i > 0 ? [[page.paint("dim", "─".repeat(page.width))]] : []),
      ...stackBlocks(report, page),
    ]),
    [
      page.paint("dim", `Checked in ${options.seconds.toFixed(2)} s`),
      ...closing.flatMap((line) => hanging("", line, page.width, (t) => page.paint("bold", t))),
    ],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function stackBlocks(report: StackReport, page: Page): string[][] {
  return [
    head(report, page),
    problems("Failures", ["error", "fail"], report, page),
    problems("Undecided", ["unknown"], report, page),
    legend(page),
    ...sections.map((section) => checklistSection(section, report, page)),
    warnings(report, page),
    counts(report, page),
  ];
}

function head({ stack, tier, commit, verdict, reasons }: StackReport, { width, paint }: Page): string[] {
  const version = commit.id === null ? `no commit (${commit.reason})` : `commit ${commit.id.slice(0, 10)}`;
  const bold = (text: string) => paint("bold", text);
  const loud = (text: string) => paint(["bold", verdictColours[verdict]], text);
  return [
    ...hanging(`${verdict}  `, `${stack}, ${tier} tier, ${version}`, width, bold, loud),
    ...reasons.flatMap((reason) => hanging("", reason, width)),
  ];
}

/** Items with these outcomes, the worst first: what was found at which line, and what to change. */
function problems(title: string, outcomes: readonly Outcome[], report: StackReport, page: Page): string[] {
  const { width, paint } = page;
  const findings = Map.groupBy(report.findings, (f) => f.item);
  const items = outcomes.flatMap((outcome) => report.checklist.filter((i) => i.outcome === outcome));
  const lines = items.flatMap((item) => {
    const open = findings.get(item.id)?.filter((f) => f.severity !== "note") ?? [];
    if (open.length === 0) return [];
    const observations = [...new Set(open.map(observation))];
    const more = observations.length - shownFindings;
    const remedy = open.find((f) => f.remedy !== null)?.remedy;
    const mark = (text: string) => paint(colours[item.outcome], text);
    return [
      ...hanging(`${marks[item.outcome]} ${item.id}  `, item.statement, width, (t) => paint("bold", t), mark),
      ...observations.slice(0, shownFindings).flatMap((o) => hanging("    ", o, width)),
      ...(more > 0 ? hanging("    ", `and ${more} more: --format json lists them all`, width) : []),
      ...(remedy ? hanging("  → ", remedy, width) : []),
    ];
  });
  return lines.length === 0 ? [] : [heading(title, page), ...lines];
}

/** What was found and where; the item and the remedy stand beside it once. */
function observation({ message, item, source }: ReportedFinding): string {
  const [said = message] = message.split(` (${item}).`);
  return source ? `${said} [${source.file}:${source.line}]` : said;
}

function legend(page: Page): string[] {
  const key = Object.entries(marks).map(([outcome, mark]) => `${mark} ${outcome}`);
  return [
    heading("Checklist", page),
    ...hanging("", key.join("  "), page.width, (t) => page.paint("dim", t)),
  ];
}

function checklistSection(section: Section, report: StackReport, page: Page): string[] {
  const items = report.checklist.filter((i) => i.section === section);
  if (items.length === 0) return [];
  const idWidth = Math.max(...report.checklist.map((i) => i.id.length));
  const dim = (text: string) => page.paint("dim", text);
  return [
    ...hanging(`${section}  `, tally(items, report.stack), page.width, dim, (t) => heading(t, page)),
    ...items.flatMap((item) =>
      sideBySide(
        `  ${marks[item.outcome]} ${item.id.padEnd(idWidth)}  `,
        [item.statement, provenBy(item)],
        page.width,
        (lead) => page.paint(item.required ? colours[item.outcome] : "dim", lead),
        dim,
      ),
    ),
  ];
}

/** How many of the items that count are proven, and how many do not count. */
function tally(items: readonly ReportedItem[], stack: string): string {
  const required = items.filter((i) => i.required);
  const proven = required.filter((i) => i.standing === "proven").length;
  const later = items.filter((i) => i.phase === "after").length;
  const others = items.length - required.length - later;
  return [
    ...(required.length > 0 ? [`${proven} of ${required.length}`] : []),
    ...(others > 0 ? [`${others} not needed for ${stack}`] : []),
    ...(later > 0 ? [`${later} due after deployment`] : []),
  ].join(", ");
}

/** The rules that decided the item, or the proof that is missing. */
function provenBy({ outcome, standing, proofs }: ReportedItem): string {
  if (standing === "not-applicable") return "not required of this tier";
  const deciding = proofs.filter((p) => p.outcome === outcome);
  const names = deciding.map(({ rule, kind }) => rule ?? `no proof yet: ${kind}`);
  const more = names.length - shownRules;
  return (
    names.slice(0, shownRules).join(", ") + (more > 0 ? ` and ${more} more` : "") || "no rule looks at it"
  );
}

function warnings({ warnings: texts }: StackReport, page: Page): string[] {
  if (texts.length === 0) return [];
  return [
    heading("Warnings of the program", page),
    ...texts.flatMap((t) => hanging("  ! ", t, page.width, undefined, (lead) => page.paint("yellow", lead))),
  ];
}

function counts({ resources, findings }: StackReport, { width, paint }: Page): string[] {
  const byPackage = Map.groupBy(Object.entries(resources), ([type]) => type.split(":")[0] ?? type);
  const total = (name: string) => sum(byPackage.get(name)?.map(([, number]) => number) ?? []);
  // The stack itself, its providers and its components are no one's to deploy.
  const packages = [...byPackage.keys()].filter((name) => name !== "pulumi" && name !== "readiness");
  const parts = packages.sort((a, b) => total(b) - total(a)).map((name) => `${total(name)} ${name}`);
  const rules = new Set(findings.map((f) => f.rule)).size;
  const text = `${sum(packages.map(total))} resources (${parts.join(", ")}) in ${total("readiness")} components; ${rules} rules`;
  return hanging("", text, width, (line) => paint("dim", line));
}

function heading(text: string, { paint }: Page): string {
  return paint("bold", text);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
