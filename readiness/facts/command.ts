/** `facts` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { deployedStackCommand } from "../pulumi/command.ts";
import { type Run, wholeNumber } from "../terminal/options.ts";
import type { FactsOptions } from "./facts.ts";

export function addFacts(program: Command, run: Run): void {
  deployedStackCommand(program, "facts", "Record what a stack's lookups answer, for `check` to judge offline")
    .option("--days <number>", "how long the answers count", wholeNumber, 30)
    .action((options: FactsOptions) =>
      run(async () => (await import("./facts.ts")).facts(options, process.cwd())),
    );
}
