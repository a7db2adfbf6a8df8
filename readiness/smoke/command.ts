/** `smoke` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { stackCommand } from "../pulumi/command.ts";
import { type Run, wholeNumber } from "../terminal/options.ts";
import type { SmokeOptions } from "./smoke.ts";

export function addSmoke(program: Command, run: Run): void {
  stackCommand(program, "smoke", "Ask a stack's pages and health endpoints whether they answer")
    .option("--url <address>", "address of the site (default: the stack's own)")
    .option("--wait-seconds <number>", "how long a page may take to come up", wholeNumber, 300)
    .action((options: SmokeOptions) =>
      run(async () => (await import("./smoke.ts")).smoke(options, process.cwd())),
    );
}
