/** `explain` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { type Run, stackName } from "../terminal/options.ts";
import type { ExplainOptions } from "./explain.ts";

export function addExplain(program: Command, run: Run): void {
  program
    .command("explain")
    .description(
      "Say what an item, a rule or an alert demands, why, what proves it now and what would mend it",
    )
    .argument("<name>", "such as DB-02, database-backups-retained or service-outage")
    .option("--stack <name>", "the stack in which it is looked at", stackName, "prod")
    .action((name: string, options: ExplainOptions) =>
      run(async () => (await import("./explain.ts")).explain(name, options, process.cwd())),
    );
}
