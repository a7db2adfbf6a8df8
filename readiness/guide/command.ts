/** `guide` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { stackOption } from "../paging/options.ts";
import type { Run } from "../terminal/options.ts";
import type { GuideOptions } from "./guide.ts";

export function addGuide(program: Command, run: Run): void {
  program
    .command("guide")
    .description("Write the names and numbers of a stack into the operator's guide")
    .addOption(stackOption())
    .option("--check", "write nothing, and say which of them are not what the stack says", false)
    .option("--html <file>", "write guide and runbooks as one page, too")
    .action((options: GuideOptions) =>
      run(async () => (await import("./guide.ts")).guide(options, process.cwd())),
    );
}
