/** The report as GitHub-flavoured Markdown, for a comment on a pull request. */
import { sections } from "../../model/checklist/checklist.ts";
import type { Outcome } from "../../model/finding.ts";
import { overviewOf, type StackOverview } from "../overview.ts";
import type { NotEvaluated, Report, ReportedItem, StackReport } from "../report.ts";
import { plainVerdict, type WholeVerdict } from "../verdict.ts";
import { askedLines } from "./asked.ts";
import {
  counts,
  type OpenGroup,
  type OpenItem,
  openGroups,
  provenBy,
  shownObservations,
  tally,
} from "./digest.ts";
import { code, inline, longestComment, table, withinLimit } from "./markdown-text.ts";
import { changeLines, sinceHead } from "./since.ts";
import { standingsText, subject } from "./summary.ts";

const shownIssues = 20;

interface Detail {
  readonly checklist: boolean;
  /** Rows of each table of open items. */
  readonly rows: number;
}

const shortest: Detail = { checklist: false, rows: 0 };
/** What is left out where the page is too long: first the checklist, then the open items that stand last. */
const details: readonly Detail[] = [
  { checklist: true, rows: Number.POSITIVE_INFINITY },
  ...[Number.POSITIVE_INFINITY, 60, 20, 5].map((rows) => ({ ...shortest, rows })),
];

const icons: Readonly<Record<Outcome, string>> = {
  pass: "✅",
  fail: "❌",
  unknown: "❔",
  error: "⚠️",
  "not-applicable": "➖",
};
const verdictIcons: Readonly<Record<WholeVerdict, string>> = {
  GO: icons.pass,
  CONDITIONAL: icons.error,
  "NO-GO": icons.fail,
  UNDETERMINED: icons.unknown,
};

/**
 * The whole report, or as much of it as `limit` characters hold; says what it leaves out.
 * @param beginning where each stack stands, unless that has been said
 */
export function renderMarkdown(
  { stacks, notEvaluated }: Report,
  limit: number = longestComment,
  beginning: readonly string[] = overviewBlocks(overviewOf(stacks, notEvaluated)),
): string {
  const blocks = (detail: Detail) => [
    ...beginning,
    ...stacks.flatMap((stack) => stackBlocks(stack, detail)),
    ...notEvaluated.flatMap(notEvaluatedBlocks),
  ];
  const pages = details.values().map((detail) => `${blocks(detail).join("\n\n")}\n`);
  const fitting = pages.find((page) => page.length <= limit);
  return fitting ?? withinLimit(blocks(shortest), limit, "`npm run check` says it all");
}

/** Of several stacks; one says it all in its heading. */
function overviewBlocks(stacks: readonly StackOverview[]): readonly string[] {
  if (stacks.length < 2) return [];
  const rows = stacks.map((overview) => {
    const { stack, verdict } = overview;
    const icon = verdict === null ? icons.error : verdictIcons[plainVerdict(verdict)];
    return [icon, code(stack), verdict === null ? "" : `**${verdict}**`, inline(standingsText(overview))];
  });
  return [table(["", "Stack", "Readiness", "Items"], rows)];
}

function stackBlocks(report: StackReport, { checklist, rows }: Detail): string[] {
  const { stack, source, verdict, reasons } = report;
  const warnings = report.warnings.slice(0, shownIssues).map((w) => `- ${icons.error} ${inline(w)}`);
  const command = source.kind === "program" ? ` of \`npm run check -- --stack ${stack}\`` : "";
  return [
    `## ${verdictIcons[plainVerdict(verdict)]} ${verdict}: ${inline(subject(report))}`,
    [...reasons, ...askedLines(report)].map(inline).join("<br>\n"),
    ...sinceBlocks(report),
    ...openGroups(report).flatMap((group) => openBlocks(group, rows)),
    ...(warnings.length > 0 ? [warnings.join("\n")] : []),
    ...(checklist
      ? checklistBlocks(report)
      : [`_The checklist is left out, it would make this comment too long: see the text report${command}._`]),
    inline(counts(report)),
  ];
}

function sinceBlocks(report: StackReport): string[] {
  const { since } = report;
  if (!since) return [];
  const rows = changeLines(since).map(({ mark, name, change, about }) => [
    mark,
    code(name),
    inline(change),
    inline(about),
  ]);
  const head = ["", "What", "Change", "About"];
  return [`### ${inline(sinceHead(since, report))}`, ...(rows.length > 0 ? [table(head, rows)] : [])];
}

function openBlocks({ title, items }: OpenGroup, limit: number): string[] {
  const shown = items.slice(0, limit);
  const hidden = items.slice(limit).map(({ item }) => item.id);
  return [
    `### ${title}`,
    ...(shown.length > 0 ? [table(["", "Item", "Found", "What to change"], shown.map(openRow))] : []),
    ...(hidden.length > 0
      ? [`_Left out, they would make this comment too long: ${hidden.join(", ")}._`]
      : []),
  ];
}

function openRow({ item, observations, remedy = "" }: OpenItem): string[] {
  const more = observations.length - shownObservations;
  const found = observations.slice(0, shownObservations).map(({ said, place, waiver }) => {
    const found = inline(said) + (place ? ` ${code(place)}` : "");
    return waiver ? `${found}<br>${inline(waiver)}` : found;
  });
  if (more > 0) found.push(`and ${more} more`);
  const title = `**${item.id}** ${inline(item.statement)}`;
  return [icons[item.outcome], title, found.join("<br>"), inline(remedy)];
}

function checklistBlocks(report: StackReport): string[] {
  const inSections = sections.map((section) => report.checklist.filter((i) => i.section === section));
  return [
    `<details>\n<summary>Checklist, proven: ${inline(tally(report.checklist, report))}</summary>`,
    ...inSections.flatMap((items) => checklistSection(items, report)),
    "</details>",
  ];
}

function checklistSection(items: readonly ReportedItem[], report: StackReport): string[] {
  const [first] = items;
  if (!first) return [];
  const rows = items.map((i) => [icons[i.outcome], i.id, inline(i.statement), inline(provenBy(i))]);
  return [
    `#### ${first.section}: ${inline(tally(items, report))}`,
    table(["", "Item", "Statement", "Proven by"], rows),
  ];
}

function notEvaluatedBlocks({ stack, reason, issues }: NotEvaluated): string[] {
  const lines = issues.map(({ place, path, message }) => {
    const where = [place, path].filter((part) => part).map((part) => code(String(part)));
    return `- ${[...where, inline(message)].join(" ")}`;
  });
  const more = lines.length - shownIssues;
  return [
    `## ${icons.error} Not evaluated: ${inline(stack)}`,
    inline(reason),
    ...(lines.length > 0 ? [lines.slice(0, shownIssues).join("\n")] : []),
    ...(more > 0 ? [`_and ${more} more_`] : []),
  ];
}
