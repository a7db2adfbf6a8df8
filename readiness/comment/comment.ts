/** `comment`: what a change would do and whether it may, for the people who review it. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Cost } from "../cost/cost.ts";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { putComment } from "../github.ts";
import { overviewOf } from "../overview.ts";
import { planBlocks } from "../plan/markdown.ts";
import { type Plan, planSummary, readPlan } from "../plan/plan.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { code, inline, longestComment, table, withinLimit } from "../render/markdown-text.ts";
import { standingsText } from "../render/summary.ts";
import type { Report } from "../report.ts";

export interface CommentOptions {
  /** The check's report as JSON. */
  readonly report: string;
  /** `<stack>=<file>`: the events of a preview. */
  readonly plan: readonly string[];
  /** Number of the pull request to comment on; standard output where absent. */
  readonly pullRequest?: number;
  /** Where the whole report is to be read, such as the HTML of the run. */
  readonly page?: string;
}

/** Of the characters that a comment may have, for the mark by which it is found again. */
const reserve = 100;
/** And for the plans; what is left is for the report. */
const longestHead = 45_000;

/**
 * Composes the comment, and posts or updates it where a pull request is named.
 * @returns the exit status
 * @throws UsageError where a file cannot be used or GitHub refuses
 */
export async function comment(options: CommentOptions): Promise<number> {
  const plans = options.plan.map((option) => {
    const [, stack = "", file = ""] = /^([^=]+)=(.+)$/.exec(option) ?? [];
    if (file === "") throw new UsageError(`--plan ${option} is not <stack>=<file>`);
    return [stack, readPlan(file)] as const;
  });
  const report = readReport(options.report);
  const text = composed(report, plans, options);
  if (options.pullRequest === undefined) process.stdout.write(text);
  else await putComment(options.pullRequest, text);
  return 0;
}

/** Where each stack stands, what the change would do to it, and what the check says of it. */
export function composeComment(
  report: Report,
  plans: readonly (readonly [stack: string, plan: Plan])[],
  now = new Date(),
  page?: string,
): string {
  const link = page === undefined ? [] : [`[The whole report](${page})`];
  const blocks = [
    standings(report, plans),
    ...link,
    ...plans.flatMap(([stack, plan]) => planBlocks(stack, plan, now, costOf(report, stack))),
  ];
  const head = `${withinLimit(blocks, longestHead, "see the log of the run")}\n`;
  return head + renderMarkdown(report, longestComment - reserve - head.length, []);
}

/** Nothing where the report does not tell. */
function costOf({ stacks }: Report, name: string): Cost | undefined {
  return stacks.find(({ stack }) => stack === name)?.operations?.cost?.value ?? undefined;
}

function standings(
  { stacks, notEvaluated }: Report,
  plans: readonly (readonly [stack: string, plan: Plan])[],
): string {
  const planned = new Map(plans.map(([stack, plan]) => [stack, planSummary(plan)]));
  const row = (stack: string, verdict: string) => [
    code(stack),
    verdict,
    planned.get(stack) ?? "not previewed",
  ];
  return table(
    ["Stack", "Readiness", "Plan"],
    [
      ...overviewOf(stacks, notEvaluated).map((stack) => {
        const verdict = stack.verdict === null ? "" : `**${stack.verdict}**, `;
        return row(stack.stack, `${verdict}${inline(standingsText(stack))}`);
      }),
    ],
  );
}

function readReport(file: string): Report {
  try {
    const report = parseJson(readFileSync(file, "utf8"));
    if (outline.safeParse(report).success) return report as Report;
  } catch {
    // Told below.
  }
  throw noReport(file);
}

/** What tells a report from other JSON; what stands in it is read by those who show it. */
const outline = z.object({
  schemaVersion: z.string().startsWith("2."),
  stacks: z.array(
    z.object({ stack: z.string(), verdict: z.enum(["GO", "CONDITIONAL", "NO-GO", "UNDETERMINED"]) }),
  ),
  notEvaluated: z.array(z.object({ stack: z.string(), reason: z.string() })),
});

/** Something else than a report's parts, in their place, cannot be shown. */
function composed(
  report: Report,
  plans: Parameters<typeof composeComment>[1],
  options: CommentOptions,
): string {
  try {
    return composeComment(report, plans, undefined, options.page);
  } catch (error) {
    throw noReport(options.report, error);
  }
}

function noReport(file: string, cause?: unknown): UsageError {
  const remedy = "npm run check -- --format json --out report.json writes one";
  return new UsageError(`--report ${file} is no report: ${remedy}`, { cause });
}
