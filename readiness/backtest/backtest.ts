/** `backtest`: when a stack's alerts would have fired on a trace of its metrics. */
import { styleText } from "node:util";
import type { StackSpec } from "../../spec/config.ts";
import { ConfigError } from "../../spec/config-error.ts";
import { describe, UsageError } from "../errors.ts";
import { assertOutput, writeWhole } from "../output.ts";
import { selectStacks } from "../selection.ts";
import { listStacks, loadStack } from "../stack-file.ts";
import { dataOf, inputsOf } from "./columns.ts";
import { profilesOf, type ServiceProfile } from "./profile.ts";
import { readTrace } from "./read-trace.ts";
import { type BacktestOptions, type BacktestReport, backtestReport } from "./report.ts";
import { type Looks, renderColumns, renderText } from "./text.ts";
import { parseTime } from "./time.ts";

/** As they stand on the command line. */
export interface BacktestArguments {
  readonly stack: string;
  readonly trace?: string;
  /** List what a trace may hold, and evaluate nothing. */
  readonly columns: boolean;
  readonly incidentStart?: string;
  readonly every?: string;
  readonly format: "text" | "json" | "svg";
  /** File for the report; standard output where absent. */
  readonly out?: string;
}

/** Columns of a report that no terminal shows. */
const pageWidth = 100;
/** Longer lines are hard to read however wide the terminal is. */
const widest = 120;
const badConfig = 2;

/**
 * Evaluates a trace and writes what was found; a backtest judges nothing, so whatever it finds is a success.
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status
 * @throws UsageError where the options or the trace cannot be used
 */
export async function backtest(options: BacktestArguments, projectDir: string): Promise<number> {
  const { stack, out, columns } = options;
  selectStacks([stack], false, listStacks(projectDir));
  if (out !== undefined) assertOutput(out);
  try {
    const { spec } = loadStack(projectDir, stack);
    const text = columns
      ? renderColumns(inputsOf(spec), looks(out))
      : await render(options, evaluation(options, spec));
    if (out === undefined) process.stdout.write(text);
    else writeWhole(out, text);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${describe(error)}\n`);
    return badConfig;
  }
}

interface Evaluation {
  readonly report: BacktestReport;
  readonly profiles: readonly ServiceProfile[];
}

function evaluation(options: BacktestArguments, spec: StackSpec): Evaluation {
  const { trace: file } = options;
  if (file === undefined) throw new UsageError("--trace <file> is missing; --columns lists what it may hold");
  const given = numbers(options);
  const trace = readTrace(file);
  const data = dataOf(file, trace, spec);
  const services = spec.services.map(({ name }) => name);
  return { report: backtestReport(spec, trace, data, given), profiles: profilesOf(services, data, trace) };
}

async function render({ format, out }: BacktestArguments, { report, profiles }: Evaluation): Promise<string> {
  switch (format) {
    case "text":
      return renderText(report, profiles, looks(out));
    case "json": {
      const { renderJson } = await import("./json.ts");
      return renderJson(report);
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

function looks(out: string | undefined): Looks {
  const columns = out === undefined ? process.stdout.columns : undefined;
  return {
    width: Math.min(columns ?? pageWidth, widest),
    // Node's own reading of NO_COLOR, FORCE_COLOR and the terminal.
    colour: out === undefined && styleText("bold", "-", { stream: process.stdout }) !== "-",
  };
}
