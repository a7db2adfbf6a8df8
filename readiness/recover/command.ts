/** `recover` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { deployedStackCommand } from "../pulumi/command.ts";
import { type Run, repeated } from "../terminal/options.ts";
import type { RecoverOptions } from "./recover.ts";

export function addRecover(program: Command, run: Run): void {
  deployedStackCommand(
    program,
    "recover",
    "Settle what an update that failed left open, in the state and at the vendors",
  )
    .option(
      "--adopt <urn=id>",
      "take a resource that exists into the state; repeat for several",
      repeated,
      [],
    )
    .option("--drop-others", "forget those that do not exist", false)
    .option("-y, --yes", "do not ask", false)
    .action((options: RecoverOptions) =>
      run(async () => (await import("./recover.ts")).recover(options, process.cwd())),
    );
}
