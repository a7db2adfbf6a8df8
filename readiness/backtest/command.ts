/** `backtest` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { type Run, stackName } from "../terminal/options.ts";
import type { BacktestArguments } from "./backtest.ts";
import { merges } from "./gathered.ts";

export function addBacktest(program: Command, run: Run): void {
  program
    .command("backtest")
    .description("Say when a stack's alerts would have fired on a trace of its metrics")
    .option("--trace <file>", "CSV or JSON: a time, and a value for each column")
    .option("--columns", "list the columns that a trace may have", false)
    .option("--stack <name>", "stack whose alerts are evaluated", stackName, "prod")
    .option("--incident-start <time>", "count the delays from here (default: from the first bad sample)")
    .option(
      "--every <seconds>",
      "seconds between two evaluations (default: as often as Datadog evaluates), and between rows at uneven times",
    )
    .addOption(
      new Option(
        "--merge <how>",
        "make one row of those at the same time: add their counts and average the rest, or take the last",
      ).choices(merges),
    )
    .addOption(new Option("--format <format>").choices(["text", "json", "svg"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action((options: BacktestArguments) =>
      run(async () => (await import("./backtest.ts")).backtest(options, process.cwd())),
    );
}
