/** `cost` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { stackOption } from "../paging/options.ts";
import type { Run } from "../terminal/options.ts";
import type { CostOptions } from "./run.ts";

export function addCost(program: Command, run: Run): void {
  program
    .command("cost")
    .description("Say what a stack costs a month at list prices, and what of it has no known price")
    .addOption(stackOption())
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action((options: CostOptions) =>
      run(async () => (await import("./run.ts")).cost(options, process.cwd())),
    );
}
