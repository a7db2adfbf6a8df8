/** The command line: dispatches, and loads only what the command at hand needs. */
import { Command, CommanderError, Option } from "commander";
import { didYouMean } from "../spec/suggest.ts";
import type { BacktestArguments } from "./backtest/backtest.ts";
import type { CheckOptions } from "./check.ts";
import { addDeployCommands } from "./deploy/commands.ts";
import { describe, located, UsageError } from "./errors.ts";
import { addOnCallCommands } from "./oncall/commands.ts";
import { type OutputOption, pairOutputs } from "./outputs.ts";
import { clearProgress } from "./progress.ts";
import { type Format, formats } from "./render/formats.ts";

const badUsage = 2;
/** What an internal error leaves the verdict at. */
const undetermined = 3;

const program = new Command("readiness")
  .description("Computes whether a stack is ready for production")
  .exitOverride()
  // Usage errors are printed below, on one line.
  .configureOutput({ outputError: () => {} });

/** In the order in which they stand. */
const outputOptions: OutputOption[] = [];

program
  .command("check")
  .description("Evaluate stacks offline, as they are declared or deployed, and report GO or NO-GO")
  .addOption(
    new Option("--stack <name>", "stack to check; repeat for several (default: staging)")
      .argParser((name: string, names: readonly string[]) => [...names, name])
      .default([], "staging"),
  )
  .addOption(new Option("--all", "check every stack that has a stack file").default(false).conflicts("stack"))
  .addOption(
    new Option("--state <file>", "check what is deployed, as `pulumi stack export` tells it; - for stdin")
      .argParser(once("--state"))
      .conflicts("all"),
  )
  .addOption(
    new Option("--format <format>", "format of the report; repeat for several, each with its --out")
      .choices(formats)
      .argParser((name: string) => outputOptions.push({ format: parseFormat(name) }))
      .default("text"),
  )
  .addOption(
    new Option("--out <file>", "write the report to a file instead of standard output").argParser(
      (out: string) => outputOptions.push({ out }),
    ),
  )
  .action(async ({ stack, all, state }: Omit<CheckOptions, "outputs">) => {
    const outputs = pairOutputs(outputOptions);
    const { check } = await import("./check.ts");
    process.exitCode = await check({ stack, all, state, outputs }, process.cwd());
    finished = true;
  });

program
  .command("backtest")
  .description("Say when a stack's alerts would have fired on a trace of its metrics")
  .option("--trace <file>", "CSV or JSON: a time, and a value for each column")
  .option("--columns", "list the columns that a trace may have", false)
  .option("--stack <name>", "stack whose alerts are evaluated", "prod")
  .option("--incident-start <time>", "count the delays from here (default: from the first bad sample)")
  .option("--every <seconds>", "seconds between two evaluations (default: as often as Datadog evaluates)")
  .addOption(new Option("--format <format>").choices(["text", "json", "svg"]).default("text"))
  .option("--out <file>", "write the report to a file instead of standard output")
  .action(async (options: BacktestArguments) => {
    const { backtest } = await import("./backtest/backtest.ts");
    process.exitCode = await backtest(options, process.cwd());
    finished = true;
  });

addDeployCommands(program, async (command) => {
  process.exitCode = await command();
  finished = true;
});

addOnCallCommands(program, async (command) => {
  process.exitCode = await command();
  finished = true;
});

/** commander takes the last of several values and says nothing. */
function once(option: string) {
  return (value: string, earlier: string | undefined): string => {
    if (earlier !== undefined) throw new UsageError(`${option} can be given once`);
    return value;
  };
}

/** commander's own check of choices suggests nothing. */
function parseFormat(name: string): Format {
  const format = formats.find((f) => f === name);
  if (format) return format;
  const hint = didYouMean(name, formats) || ".";
  throw new UsageError(`there is no format "${name}"${hint} The formats are ${formats.join(", ")}.`);
}

let finished = false;

function finish(status: number): never {
  finished = true;
  process.exit(status);
}

/** Says what went wrong and ends the process. */
function fail(error: unknown): never {
  if (error instanceof CommanderError) {
    // Help that was asked for is no error, and help itself is printed by then.
    if (!error.code.startsWith("commander.help")) console.error(error.message.replace(/\s+/g, " "));
    finish(error.exitCode === 0 ? 0 : badUsage);
  }
  if (error instanceof UsageError) {
    console.error(`error: ${describe(error)}`);
    finish(badUsage);
  }
  console.error(`internal error: ${located(error)}`);
  console.error("If this is a fault of the tool, please report it with what DEBUG=1 adds to this message.");
  if (process.env["DEBUG"]) console.error(error);
  finish(undetermined);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// A program that calls process.exit(0) is not a GO.
process.on("exit", () => {
  if (finished) return;
  clearProgress();
  console.error("error: the process ended before there was a verdict; does index.ts call process.exit?");
  process.exitCode = undetermined;
});
// A reader that has seen enough, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") fail(error);
});
// Standard output is the report's: what a stack's program prints goes to standard error.
console.log = console.error;
console.info = console.error;
console.debug = console.error;

program.parseAsync().catch(fail);
