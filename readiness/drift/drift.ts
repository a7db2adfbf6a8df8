/** `drift`: what has been changed around the code, what of it breaks a rule, and what the vendors have twice. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assessState } from "../assess-state.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { parseJson } from "../foreign-json.ts";
import { putIssue } from "../github.ts";
import { changeBlocks } from "../plan/markdown.ts";
import { type Plan, planSummary, readPlan } from "../plan/plan.ts";
import { exported } from "../pulumi/exported.ts";
import { eventLog, readPulumi, runPulumi } from "../pulumi/pulumi-cli.ts";
import { reachWithConfig } from "../pulumi/target.ts";
import { inline, longestComment, withinLimit } from "../render/markdown-text.ts";
import type { StackReport } from "../report.ts";
import { type Doubles, doubleBlocks, findDoubles, unseenBlocks } from "./doubles.ts";

export interface DriftOptions {
  readonly stack: string;
  /** Open or update an issue on GitHub; close it where nothing has drifted. */
  readonly issue: boolean;
}

/**
 * Compares what is deployed with what is declared, holds its state against the rules, and looks at the vendors for
 * doubles. Changes nothing.
 * @param pulumiArgs passed on to `pulumi preview`
 * @returns the exit status: 0 where all is well, 1 where something differs, fails or is there twice, 3 where nothing
 * is, but doubles could not be looked for everywhere, Pulumi's own where it failed
 * @throws UsageError where the stack's state cannot be read, or GitHub refuses
 */
export async function drift(
  { stack, issue }: DriftOptions,
  pulumiArgs: readonly string[],
  projectDir: string,
): Promise<number> {
  const { spec, config } = reachWithConfig(projectDir, stack);
  const folder = mkdtempSync(join(tmpdir(), "readiness-drift-"));
  try {
    const state = await readState(stack);
    const report = await assessDeployed(projectDir, state, spec.stack, join(folder, "state.json"));
    const events = join(folder, "events.jsonl");
    const args = ["preview", "--stack", stack, "--refresh", "--event-log", events, ...pulumiArgs];
    const status = await runPulumi(args, eventLog);
    if (status !== 0) return status;
    const plan = readPlan(events);
    const doubles = await findDoubles(exported(parseJson(state)), { spec, config, env: process.env });
    const { text, status: found } = describeDrift(plan, report, doubles);
    if (issue) await putIssue(`drift of ${stack}`, `${stack} has drifted`, text);
    process.stdout.write(
      `\n${text ?? `${stack} has not drifted, no rule fails, and nothing is there twice.\n`}`,
    );
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param stack its name as Pulumi takes it */
async function readState(stack: string): Promise<string> {
  const { status, output } = await readPulumi(["stack", "export", "--stack", stack]);
  if (status !== 0) throw new UsageError(`the state of ${stack} cannot be read`);
  return output;
}

async function assessDeployed(
  projectDir: string,
  state: string,
  stack: string,
  file: string,
): Promise<StackReport> {
  writeFileSync(file, state, { mode: 0o600 });
  return assessState(projectDir, [file], stack, "change");
}

/** Rules that an issue lists; `check --state` has them all. */
const shownRules = 50;
/** Characters for the mark by which the issue is found again. */
const reserve = 100;

interface Drift {
  /** As Markdown; nothing where all is well. */
  readonly text: string | undefined;
  readonly status: number;
}

/** What differs, what fails and what is there twice. */
export function describeDrift(plan: Plan, { stack, findings }: StackReport, doubles: Doubles): Drift {
  const failures = new Set(findings.filter((f) => f.severity === "error").map((f) => f.message));
  const differs = plan.changes.length > 0 || failures.size > 0;
  const lines = [...failures].map((message) => `- ${inline(message)}`);
  const more = lines.length - shownRules;
  const found = [
    ...(differs ? [`An update of ${inline(stack)} would change what is there: ${planSummary(plan)}.`] : []),
    ...changeBlocks(plan.changes),
    ...(lines.length > 0 ? ["What is deployed breaks rules:", lines.slice(0, shownRules).join("\n")] : []),
    ...(more > 0 ? [`_and ${more} more_`] : []),
    ...(differs ? [`\`npm run up -- --stack ${stack}\` puts it right, unless the code should follow.`] : []),
    ...doubleBlocks(doubles),
  ];
  const blocks = [...found, ...unseenBlocks(doubles)];
  if (blocks.length === 0) return { text: undefined, status: exitStatus.go };
  const text = withinLimit(blocks, longestComment - reserve, `npm run drift -- --stack ${stack} says it all`);
  return { text, status: found.length > 0 ? exitStatus.noGo : exitStatus.undetermined };
}
