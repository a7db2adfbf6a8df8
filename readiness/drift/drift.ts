/** `drift`: what has been changed around the code, and what of it breaks a rule. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assessState } from "../assess-state.ts";
import { UsageError } from "../errors.ts";
import { putIssue } from "../github.ts";
import { changeBlocks } from "../plan/markdown.ts";
import { type Plan, planSummary, readPlan } from "../plan/plan.ts";
import { eventLog, readPulumi, runPulumi } from "../pulumi/pulumi-cli.ts";
import { reach } from "../pulumi/target.ts";
import { inline, longestComment, withinLimit } from "../render/markdown-text.ts";
import type { StackReport } from "../report.ts";

export interface DriftOptions {
  readonly stack: string;
  /** Open or update an issue on GitHub; close it where nothing has drifted. */
  readonly issue: boolean;
}

const drifted = 1;

/**
 * Compares what is deployed with what is declared, and holds its state against the rules. Changes nothing.
 * @param pulumiArgs passed on to `pulumi preview`
 * @returns the exit status: 0 where both agree and no rule fails, 1 where something differs, Pulumi's own where it failed
 * @throws UsageError where the stack's state cannot be read, or GitHub refuses
 */
export async function drift(
  { stack, issue }: DriftOptions,
  pulumiArgs: readonly string[],
  projectDir: string,
): Promise<number> {
  const spec = reach(projectDir, stack);
  const folder = mkdtempSync(join(tmpdir(), "readiness-drift-"));
  try {
    const report = await assessDeployed(projectDir, stack, spec.stack, join(folder, "state.json"));
    const events = join(folder, "events.jsonl");
    const args = ["preview", "--stack", stack, "--refresh", "--event-log", events, ...pulumiArgs];
    const status = await runPulumi(args, eventLog);
    if (status !== 0) return status;
    const plan = readPlan(events);
    const text = describeDrift(plan, report);
    if (issue) await putIssue(`drift of ${stack}`, `${stack} has drifted`, text);
    process.stdout.write(`\n${text ?? `${stack} has not drifted, and no rule fails.\n`}`);
    return text === undefined ? 0 : drifted;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param given the stack's name as Pulumi takes it */
async function assessDeployed(
  projectDir: string,
  given: string,
  stack: string,
  file: string,
): Promise<StackReport> {
  const { status, output } = await readPulumi(["stack", "export", "--stack", given]);
  if (status !== 0) throw new UsageError(`the state of ${given} cannot be read`);
  writeFileSync(file, output, { mode: 0o600 });
  return assessState(projectDir, file, stack, "change");
}

/** Rules that an issue lists; `check --state` has them all. */
const shownRules = 50;
/** Characters for the mark by which the issue is found again. */
const reserve = 100;

/** What differs and what fails, as Markdown; nothing where all is well. */
export function describeDrift(plan: Plan, { stack, findings }: StackReport): string | undefined {
  const failures = new Set(findings.filter((f) => f.severity === "error").map((f) => f.message));
  if (plan.changes.length === 0 && failures.size === 0) return undefined;
  const lines = [...failures].map((message) => `- ${inline(message)}`);
  const more = lines.length - shownRules;
  const blocks = [
    `An update of ${inline(stack)} would change what is there: ${planSummary(plan)}.`,
    ...changeBlocks(plan.changes),
    ...(lines.length > 0 ? ["What is deployed breaks rules:", lines.slice(0, shownRules).join("\n")] : []),
    ...(more > 0 ? [`_and ${more} more_`] : []),
    `\`npm run up -- --stack ${stack}\` puts it right, unless the code should follow.`,
  ];
  return withinLimit(blocks, longestComment - reserve, `npm run drift -- --stack ${stack} says it all`);
}
