/** The command line: dispatches, and loads only what the command at hand needs. */
import { Command, CommanderError, Option } from "commander";
import { didYouMean } from "../spec/suggest.ts";
import type { CheckOptions } from "./check.ts";
import { describe, located, UsageError } from "./errors.ts";
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

program
  .command("check")
  .description("Evaluate stacks offline, as they are declared, and report GO or NO-GO")
  .addOption(
    new Option("--stack <name>", "stack to check; repeat for several (default: staging)")
      .argParser((name: string, names: readonly string[]) => [...names, name])
      .default([], "staging"),
  )
  .addOption(new Option("--all", "check every stack that has a stack file").default(false).conflicts("stack"))
  .addOption(
    new Option("--format <format>", "format of the report")
      .choices(formats)
      .argParser(parseFormat)
      .default("text"),
  )
  .option("--out <file>", "write the report to a file instead of standard output")
  .action(async (options: CheckOptions) => {
    const { check } = await import("./check.ts");
    process.exitCode = await check(options, process.cwd());
    finished = true;
  });

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
