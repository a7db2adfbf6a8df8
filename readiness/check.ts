/** `check`: the readiness report of one or more stacks, and the exit status that scripts rely on. */
import { styleText } from "node:util";
import { ConfigError } from "../spec/config.ts";
import { assess } from "./assess.ts";
import { type Commit, currentCommit } from "./commit.ts";
import { describe, ProgramError } from "./errors.ts";
import { assertOutput, writeWhole } from "./output.ts";
import { clearProgress, showProgress } from "./progress.ts";
import type { Format } from "./render/formats.ts";
import { summary } from "./render/summary.ts";
import { type NotEvaluated, reportOf, type StackReport } from "./report.ts";
import { selectStacks } from "./selection.ts";
import { listStacks } from "./stack-file.ts";
import type { Verdict } from "./verdict.ts";

export interface CheckOptions {
  /** Stacks by name; none asks for staging. */
  readonly stack: readonly string[];
  /** Every stack that has a stack file. */
  readonly all: boolean;
  readonly format: Format;
  /** File for the report; standard output where absent. */
  readonly out?: string;
}

interface Failure {
  readonly stack: string;
  readonly error: ConfigError | ProgramError;
}

/** Columns of a report that no terminal shows. */
const pageWidth = 100;
/** Longer lines are hard to read however wide the terminal is. */
const widest = 120;

const verdictStatus = { GO: 0, "NO-GO": 1, UNDETERMINED: 3 } as const satisfies Record<Verdict, number>;
const badConfig = 2;

/** The exit status of several stacks: bad config, then NO-GO, then undetermined, then GO. */
export function worstStatus(statuses: readonly number[]): number {
  const worstFirst = [badConfig, verdictStatus["NO-GO"], verdictStatus.UNDETERMINED, verdictStatus.GO];
  return worstFirst.find((status) => statuses.includes(status)) ?? verdictStatus.UNDETERMINED;
}

/**
 * Checks stacks and writes their report; says on standard error which could not be evaluated.
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status
 * @throws UsageError where the options cannot be carried out
 */
export async function check(options: CheckOptions, projectDir: string): Promise<number> {
  const { reported, unseenProduction } = selectStacks(options.stack, options.all, listStacks(projectDir));
  const { out } = options;
  if (out !== undefined) assertOutput(out);
  const commit = currentCommit(projectDir);
  const assessOne = (stack: string) => tryAssess(projectDir, stack, commit);

  const reports: StackReport[] = [];
  const failures: Failure[] = [];
  const closing: string[] = [];
  for (const stack of reported) {
    const result = await assessOne(stack);
    if ("error" in result) failures.push(result);
    else reports.push(result);
    closing.push(standing(result));
  }
  if (options.format === "text" || out !== undefined) {
    for (const stack of unseenProduction) {
      // A run that names its stacks evaluates those alone.
      const where = options.stack.length === 0 ? standing(await assessOne(stack)) : `${stack}: not checked`;
      closing.push(`${where} (npm run check -- --stack ${stack})`);
    }
  }

  if (reports.length > 0) {
    const text = await render(reports, failures, closing, options.format, out === undefined);
    if (out === undefined) process.stdout.write(text);
    else {
      writeWhole(out, text);
      process.stdout.write(`${closing.join("\n")}\n`);
    }
  }
  for (const { error } of failures) process.stderr.write(`${describe(error)}\n`);
  return worstStatus([
    ...reports.map((r) => verdictStatus[r.verdict]),
    ...failures.map(({ error }) => (error instanceof ConfigError ? badConfig : verdictStatus.UNDETERMINED)),
  ]);
}

async function tryAssess(
  projectDir: string,
  stack: string,
  commit: Promise<Commit>,
): Promise<StackReport | Failure> {
  showProgress(`Checking ${stack}`);
  try {
    return await assess(projectDir, stack, commit);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof ProgramError) return { stack, error };
    throw error;
  } finally {
    clearProgress();
  }
}

function standing(result: StackReport | Failure): string {
  return "error" in result ? `${result.stack}: could not be evaluated` : summary(result);
}

async function render(
  reports: readonly StackReport[],
  failures: readonly Failure[],
  closing: readonly string[],
  format: Format,
  toStdout: boolean,
): Promise<string> {
  if (format === "json") {
    const { renderJson } = await import("./render/json.ts");
    return renderJson(reportOf(reports, failures.map(notEvaluated)));
  }
  const { renderText } = await import("./render/text.ts");
  const columns = toStdout ? process.stdout.columns : undefined;
  return renderText(reports, closing, {
    width: Math.min(columns ?? pageWidth, widest),
    // Node's own reading of NO_COLOR, FORCE_COLOR and the terminal.
    colour: toStdout && styleText("bold", "-", { stream: process.stdout }) !== "-",
    // Since the process began.
    seconds: performance.now() / 1000,
  });
}

function notEvaluated({ stack, error }: Failure): NotEvaluated {
  if (!(error instanceof ConfigError)) return { stack, reason: error.message, issues: [] };
  const issues = error.issues.map(({ path, message, place }) => ({ path, message, place: place ?? null }));
  return { stack, reason: `Pulumi.${stack}.yaml cannot be used`, issues };
}
