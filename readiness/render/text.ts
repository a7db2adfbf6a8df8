/**
 * The report for reading: the checklist with its proofs, the counts, what to change, the verdict. A long text scrolls,
 * so that what somebody has to act on stands last; a GO, which asks for nothing, is said first.
 */
import { type Section, sections } from "../../model/checklist/checklist.ts";
import type { Outcome } from "../../model/finding.ts";
import { overviewOf, type StackOverview } from "../overview.ts";
import { quietnessLine } from "../paging/quietness.ts";
import type { NotEvaluated, StackReport } from "../report.ts";
import { clean, hanging, sideBySide } from "../terminal/layout.ts";
import type { Page } from "../terminal/page.ts";
import { plainVerdict, type WholeVerdict } from "../verdict.ts";
import { askedLines } from "./asked.ts";
import {
  counts,
  marks,
  type OpenGroup,
  openGroups,
  placed,
  provenBy,
  shownObservations,
  tally,
} from "./digest.ts";
import { type ChangeLine, changeLines, sinceHead } from "./since.ts";
import { standingsText, subject } from "./summary.ts";

export interface TextOptions {
  readonly page: Page;
  /** How long the check took. */
  readonly seconds: number;
  /** The verdict and what is open alone. */
  readonly quiet: boolean;
  /** Stacks that stand in the overview alone. */
  readonly notEvaluated?: readonly NotEvaluated[];
}

const colours = {
  pass: "green",
  fail: "red",
  unknown: "yellow",
  error: "red",
  "not-applicable": "dim",
} as const satisfies Record<Outcome, string>;
const verdictColours = {
  GO: "green",
  CONDITIONAL: "yellow",
  "NO-GO": "red",
  UNDETERMINED: "yellow",
} as const satisfies Record<WholeVerdict, string>;

/** The reports one below the other, then the closing lines. */
export function renderText(
  reports: readonly StackReport[],
  closing: readonly string[],
  options: TextOptions,
): string {
  const { page, seconds, quiet } = options;
  const blocks = [
    overviewLines(overviewOf(reports, options.notEvaluated ?? []), page),
    ...reports.flatMap((report, i) => [
      ...(i > 0 ? [[page.paint("dim", "─".repeat(page.width))]] : []),
      ...stackBlocks(report, options),
    ]),
    ...(quiet
      ? []
      : [
          [
            page.paint("dim", `Checked in ${seconds.toFixed(2)} s`),
            ...closing.flatMap((line) => hanging("", line, page.width, (t) => page.paint("bold", t))),
          ],
        ]),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

/** Of several stacks; one says it all in its verdict. */
function overviewLines(stacks: readonly StackOverview[], page: Page): string[] {
  if (stacks.length < 2) return [];
  const names = Math.max(...stacks.map(({ stack }) => clean(stack).length));
  const verdicts = Math.max(...stacks.map(({ verdict }) => verdict?.length ?? 0), "UNDETERMINED".length);
  return [
    heading("Stacks", page),
    ...stacks.flatMap((overview) => {
      const { stack, verdict } = overview;
      const lead = `  ${clean(stack).padEnd(names)}  ${(verdict ?? "–").padEnd(verdicts)}  `;
      const paintLead = (text: string) =>
        page.paint(verdict === null ? "red" : verdictColours[plainVerdict(verdict)], text);
      return hanging(lead, standingsText(overview), page.width, undefined, paintLead);
    }),
  ];
}

function stackBlocks(report: StackReport, { page, quiet }: TextOptions): string[][] {
  const verdict = head(report, page);
  const go = plainVerdict(report.verdict) === "GO";
  return [
    ...(go ? [verdict] : []),
    ...(quiet ? [] : checklist(report, page)),
    warnings(report, page),
    ...(quiet
      ? []
      : [
          [counts(report), quietnessLine(report.quietness)].flatMap((text) =>
            hanging("", text, page.width, (line) => page.paint("dim", line)),
          ),
        ]),
    // The worst stands nearest to the verdict.
    ...openGroups(report)
      .toReversed()
      .map((group) => problems(group, page)),
    sinceLines(report, page),
    ...(go ? [] : [verdict]),
  ];
}

function head(report: StackReport, { width, paint }: Page): string[] {
  const { verdict, reasons } = report;
  const bold = (text: string) => paint("bold", text);
  const loud = (text: string) => paint(["bold", verdictColours[plainVerdict(verdict)]], text);
  return [
    ...hanging(`${verdict}  `, subject(report), width, bold, loud),
    ...[...reasons, ...askedLines(report)].flatMap((reason) => hanging("", reason, width)),
  ];
}

/** A heading, and below it what was found of each item, at which line, and what to change. */
function problems({ title, items }: OpenGroup, page: Page): string[] {
  const { width, paint } = page;
  const lines = items.flatMap(({ item, observations, remedy }) => {
    const more = observations.length - shownObservations;
    const mark = (text: string) => paint(colours[item.outcome], text);
    return [
      ...hanging(`${marks[item.outcome]} ${item.id}  `, item.statement, width, (t) => paint("bold", t), mark),
      ...observations
        .slice(0, shownObservations)
        .flatMap((o) => [
          ...hanging("    ", placed(o), width),
          ...(o.waiver ? hanging("      ", o.waiver, width) : []),
        ]),
      ...(more > 0 ? hanging("    ", `and ${more} more: --format json lists them all`, width) : []),
      ...(remedy ? hanging("  → ", remedy, width) : []),
    ];
  });
  return [heading(title, page), ...lines];
}

const directionColours = {
  better: "green",
  worse: "red",
  otherwise: "dim",
} as const satisfies Record<ChangeLine["direction"], string>;

function sinceLines(report: StackReport, page: Page): string[] {
  const { since } = report;
  if (!since) return [];
  return [
    ...hanging("", sinceHead(since, report), page.width, (t) => heading(t, page)),
    ...changeLines(since).flatMap(({ direction, mark, name, change, about }) =>
      hanging(`  ${mark} ${name}  `, `${change}${about && `: ${about}`}`, page.width, undefined, (lead) =>
        page.paint(directionColours[direction], lead),
      ),
    ),
  ];
}

function checklist(report: StackReport, page: Page): string[][] {
  const key = Object.entries(marks).map(([outcome, mark]) => `${mark} ${outcome}`);
  return [
    [
      heading(clean(`Checklist of ${report.stack}`), page),
      ...hanging("", key.join("  "), page.width, (t) => page.paint("dim", t)),
    ],
    ...sections.map((section) => checklistSection(section, report, page)),
  ];
}

function checklistSection(section: Section, report: StackReport, page: Page): string[] {
  const items = report.checklist.filter((i) => i.section === section);
  if (items.length === 0) return [];
  const idWidth = Math.max(...report.checklist.map((i) => i.id.length));
  const dim = (text: string) => page.paint("dim", text);
  return [
    ...hanging(`${section}  `, tally(items, report), page.width, dim, (t) => heading(t, page)),
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

function warnings({ warnings: texts }: StackReport, page: Page): string[] {
  if (texts.length === 0) return [];
  return [
    heading("Warnings", page),
    ...texts.flatMap((t) => hanging("  ! ", t, page.width, undefined, (lead) => page.paint("yellow", lead))),
  ];
}

function heading(text: string, { paint }: Page): string {
  return paint("bold", text);
}
