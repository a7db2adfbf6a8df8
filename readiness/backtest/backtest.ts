/** `backtest`: when a stack's alerts would have fired on a trace of its metrics. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { countsIn, dataOf, inputsOf } from "./columns.ts";
import type { Merge } from "./gathered.ts";
import { profilesOf, type ServiceProfile } from "./profile.ts";
import { readTrace } from "./read-trace.ts";
import { type BacktestOptions, type BacktestReport, backtestReport } from "./report.ts";
import { backtestText, renderColumns } from "./text.ts";
import { parseTime } from "./time.ts";

/** As they stand on the command line. */
export interface BacktestArguments {
  readonly stack: string;
  readonly trace?: string;
  /** List what a trace may hold, and evaluate nothing. */
  readonly columns: boolean;
  readonly incidentStart?: string;
  readonly every?: string;
  readonly merge?: Merge;
  readonly format: "text" | "json" | "svg";
  /** File for the report; standard output where absent. */
  readonly out?: string;
}

/**
 * Evaluates a trace and writes what was found; a backtest judges nothing, so whatever it finds is a success.
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status
 * @throws UsageError where the options or the trace cannot be used, ConfigError where the stack file cannot
 */
export async function backtest(options: BacktestArguments, projectDir: string): Promise<number> {
  const { stack, out, columns } = options;
  selectStacks([stack], false, listStacks(projectDir));
  if (out !== undefined) assertOutput(out);
  const { spec } = loadStack(projectDir, stack);
  const text = columns
    ? renderColumns(inputsOf(spec), pageOf(out === undefined ? process.stdout : undefined))
    : await render(options, evaluation(options, spec));
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  return exitStatus.go;
}

interface Evaluation {
  readonly report: BacktestReport;
  readonly profiles: readonly ServiceProfile[];
}

function evaluation(options: BacktestArguments, spec: StackSpec): Evaluation {
  const { trace: file } = options;
  if (file === undefined) throw new UsageError("--trace <file> is missing; --columns lists what it may hold");
  const given = numbers(options);
  const trace = readTrace(file, {
    adds: countsIn(inputsOf(spec)),
    ...(given.every !== undefined && { every: given.every }),
    ...(options.merge && { merge: options.merge }),
  });
  const data = dataOf(file, trace, spec);
  const services = spec.services.map(({ name }) => name);
  return { report: backtestReport(spec, trace, data, given), profiles: profilesOf(services, data, trace) };
}

async function render({ format, out }: BacktestArguments, { report, profiles }: Evaluation): Promise<string> {
  switch (format) {
    case "text":
      return backtestText(report, profiles, pageOf(out === undefined ? process.stdout : undefined));
    case "json": {
      const { backtestJson } = await import("./json.ts");
      return backtestJson(report);
    }
    case "svg": {
      const { renderSvg } = await import("./svg.ts");
      return renderSvg(report, profiles);
    }
  }
}

function numbers({ incidentStart, every }: BacktestArguments): BacktestOptions {
  const start = incidentStart === undefined ? undefined : parseTime(incidentStart);
  if (typeof start === "string") throw new UsageError(`--incident-start: ${start}`);
  const seconds = every === undefined ? undefined : Number(every);
  if (seconds !== undefined && !(seconds >= 1 && seconds <= 3600)) {
    throw new UsageError(`--every is ${every}, must be a number of seconds from 1 to 3600`);
  }
  return {
    ...(start !== undefined && { incidentStart: start }),
    ...(seconds !== undefined && { every: seconds }),
  };
}
