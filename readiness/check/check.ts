/** `check`: the readiness report of one or more stacks, and the exit status that scripts rely on. */
import type { Purpose } from "../../model/checklist/checklist.ts";
import { ConfigError } from "../../model/config/error.ts";
import { describe, StackError, UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { currentCommit } from "../inputs/commit.ts";
import { type Selection, selectStacks } from "../inputs/selection.ts";
import { render } from "../render/formats.ts";
import { summary } from "../render/summary.ts";
import { type NotEvaluated, reportOf, type StackReport } from "../report.ts";
import { type Asked, everything } from "../selection/asked.ts";
import type { Selected } from "../selection/options.ts";
import { assertOutput, gathered, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { clearProgress, showProgress } from "../terminal/progress.ts";
import { plainVerdict, type WholeVerdict } from "../verdict.ts";
import { type Destination, type OutputFormat, planFormat } from "./destinations.ts";

export interface CheckOptions {
  /** Stacks by name; none asks for staging, or for the one that a state is of. */
  readonly stack: readonly string[];
  /** Every stack that has a stack file. */
  readonly all: boolean;
  /** State file to judge instead of what is declared; `-` for standard input. */
  readonly state: readonly string[];
  /** A JSON report of before, to tell what has changed since. */
  readonly since?: string;
  /** What the verdict is asked for. */
  readonly purpose: Purpose;
  readonly outputs: readonly Destination[];
  /** The text report is the verdict and what is open alone. */
  readonly quiet: boolean;
  /** CONDITIONAL is taken for GO. */
  readonly conditional: boolean;
  /** What is asked, where that is less than the whole. */
  readonly selected?: Selected | undefined;
}

const silentOfChanges: readonly OutputFormat[] = ["sarif", "junit", planFormat];

interface Failure {
  readonly stack: string;
  readonly error: ConfigError | StackError;
}

const verdictStatus = {
  GO: exitStatus.go,
  CONDITIONAL: exitStatus.noGo,
  "NO-GO": exitStatus.noGo,
  UNDETERMINED: exitStatus.undetermined,
} as const satisfies Record<WholeVerdict, number>;

/** The exit status of several stacks: bad config, then NO-GO, then undetermined, then GO. */
export function worstStatus(statuses: readonly number[]): number {
  const worstFirst = [
    exitStatus.unusable,
    verdictStatus["NO-GO"],
    verdictStatus.UNDETERMINED,
    verdictStatus.GO,
  ];
  return worstFirst.find((status) => statuses.includes(status)) ?? verdictStatus.UNDETERMINED;
}

/**
 * Checks stacks and writes their reports; says on standard error which could not be evaluated.
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status
 * @throws UsageError where the options cannot be carried out
 */
export async function check(options: CheckOptions, projectDir: string): Promise<number> {
  const { outputs, quiet, conditional } = options;
  if (quiet && outputs.every(({ format }) => format !== "text")) {
    throw new UsageError("--quiet shortens the text report: give it a --format text, or leave it out");
  }
  if (options.since !== undefined && outputs.every(({ format }) => silentOfChanges.includes(format))) {
    throw new UsageError("--since is told by --format text, markdown, html and json: give one of them");
  }
  for (const { out } of outputs) if (out !== undefined) assertOutput(out);
  const compare = options.since === undefined ? undefined : await comparison(options.since);
  const { reported, unseenProduction, assess } = await plan(options, projectDir);
  if (outputs.some(({ format }) => format === planFormat)) {
    const { assertPlannable } = await import("./terraform-plan.ts");
    assertPlannable(options.state, reported);
  }

  const asked = await askedBy(options, reported, assess);
  const reports: StackReport[] = [];
  const failures: Failure[] = [];
  const closing: string[] = [];
  for (const stack of reported) {
    const result = await tryAssess(stack, (name) => assess(name, asked));
    if ("error" in result) failures.push(result);
    else reports.push(compare?.(result) ?? result);
    closing.push(standing(result));
  }
  const toFiles = outputs.every(({ out }) => out !== undefined);
  if (!quiet && (toFiles || outputs.some(({ format }) => format === "text"))) {
    for (const stack of unseenProduction) {
      // A run that names its stacks evaluates those alone.
      const named = options.stack.length > 0;
      const where = named
        ? `${stack}: not checked`
        : standing(await tryAssess(stack, (name) => assess(name, asked)));
      closing.push(`${where} (npm run check -- --stack ${stack})`);
    }
  }

  const report = reportOf(reports, failures.map(notEvaluated));
  for (const { format, out } of outputs) {
    const pieces =
      format === planFormat
        ? await planPieces(projectDir, reports)
        : await render(format, {
            report,
            closing,
            page: pageOf(out === undefined ? process.stdout : undefined),
            seconds: performance.now() / 1000,
            quiet,
          });
    if (pieces === undefined) continue;
    if (out !== undefined) writeWhole(out, pieces);
    // Standard error tells all there is to tell of stacks that could not be evaluated.
    else if (format !== "text" || reports.length > 0) {
      for (const piece of gathered(pieces)) process.stdout.write(piece);
    }
  }
  if (toFiles) process.stdout.write(`${closing.join("\n")}\n`);
  for (const { error } of failures) process.stderr.write(`${describe(error)}\n`);
  return worstStatus([
    ...reports.map(({ verdict }) => {
      const plain = plainVerdict(verdict);
      return verdictStatus[plain === "CONDITIONAL" && conditional ? "GO" : plain];
    }),
    ...failures.map(({ error }) => (error instanceof ConfigError ? exitStatus.unusable : error.exitStatus)),
  ]);
}

/** Tells of each report what has changed. */
async function comparison(file: string): Promise<(report: StackReport) => StackReport> {
  const [{ assertSameQuestion, earlierStack, readEarlier }, { changesSince }] = await Promise.all([
    import("../since/earlier.ts"),
    import("../since/since.ts"),
  ]);
  const earlier = readEarlier(file);
  return (report) => {
    const before = earlierStack(earlier, report.stack);
    assertSameQuestion(file, before, report);
    return { ...report, since: changesSince(file, before, report) };
  };
}

/** Nothing where the stack could not be evaluated. */
async function planPieces(
  projectDir: string,
  [report]: readonly StackReport[],
): Promise<Iterable<string> | undefined> {
  const { renderTerraformPlan } = await import("./terraform-plan.ts");
  return report && renderTerraformPlan(projectDir, report.stack);
}

interface Plan extends Selection {
  readonly assess: Assess;
}

type Assess = (stack: string, asked: Asked) => Promise<StackReport>;

/** What is asked; what is open is written into its baseline first, where that is wanted. */
async function askedBy(
  { selected, state }: CheckOptions,
  stacks: readonly string[],
  assess: Assess,
): Promise<Asked> {
  const { asked = everything, accepting } = selected ?? {};
  if (!accepting) return asked;
  if (state.includes("-"))
    throw new UsageError("--accept reads the state twice: give a file, not standard input");
  const { accept } = await import("../selection/accept.ts");
  const reports: (StackReport | Failure)[] = [];
  for (const stack of stacks) {
    reports.push(await tryAssess(stack, (name) => assess(name, { ...asked, baseline: undefined })));
  }
  return accept(reports, asked, accepting);
}

/** What to judge, and how; loads no engine for a state. */
async function plan(
  { stack, all, state, purpose, outputs }: CheckOptions,
  projectDir: string,
): Promise<Plan> {
  const operations = outputs.some(({ format }) => format === "json" || format === "html");
  if (state.length > 0) {
    const [name, ...others] = stack;
    if (others.length > 0) throw new UsageError("--state is the state of one stack: name one with --stack");
    const { assessState } = await import("../assess-state.ts");
    return {
      reported: [state.join(", ")],
      unseenProduction: [],
      assess: (_, asked) => assessState(projectDir, state, name, purpose, operations, asked),
    };
  }
  const { declaredTier, listStacks } = await import("../inputs/stack-file.ts");
  const { tierOf } = await import("../../model/tier.ts");
  const selection = selectStacks(stack, all, listStacks(projectDir), (name) =>
    tierOf(name, declaredTier(projectDir, name)),
  );
  if (purpose === "update") {
    const { assertHandedConfig } = await import("../inputs/handed-config.ts");
    for (const name of selection.reported) assertHandedConfig(projectDir, name, process.env);
  }
  const commit = currentCommit(projectDir);
  const { assess } = await import("../assess.ts");
  return {
    ...selection,
    assess: (name, asked) => assess(projectDir, name, commit, purpose, { operations, asked }),
  };
}

async function tryAssess(
  stack: string,
  assess: (stack: string) => Promise<StackReport>,
): Promise<StackReport | Failure> {
  showProgress(`Checking ${stack}`);
  try {
    return await assess(stack);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StackError) return { stack, error };
    throw error;
  } finally {
    clearProgress();
  }
}

function standing(result: StackReport | Failure): string {
  return "error" in result ? `${result.stack}: could not be evaluated` : summary(result);
}

function notEvaluated({ stack, error }: Failure): NotEvaluated {
  if (!(error instanceof ConfigError)) return { stack, reason: error.message, issues: [] };
  const issues = error.issues.map(({ path, message, place }) => ({ path, message, place: place ?? null }));
  return { stack, reason: `Pulumi.${stack}.yaml cannot be used`, issues };
}
