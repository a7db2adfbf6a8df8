/** `verify-monitors` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { stackOption } from "../paging/options.ts";
import type { Run } from "../terminal/options.ts";
import type { VerifyOptions } from "./verify-monitors.ts";

export function addVerifyMonitors(program: Command, run: Run): void {
  program
    .command("verify-monitors")
    .description("Ask Datadog whether it takes each monitor of a stack, and has the data that it watches")
    .addOption(stackOption())
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action((options: VerifyOptions) =>
      run(async () => (await import("./verify-monitors.ts")).verifyMonitors(options, process.cwd())),
    );
}
