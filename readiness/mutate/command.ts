/** `mutate` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { type Run, stackName } from "../terminal/options.ts";
import type { MutateOptions } from "./mutate.ts";

export function addMutate(program: Command, run: Run): void {
  program
    .command("mutate")
    .description("Weaken a stack in every way that its resources allow, and list what no rule notices")
    .option("--stack <name>", "stack to weaken", stackName, "prod")
    .option("--type <part>", "only resources whose type holds this, such as aws:iam")
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action((options: MutateOptions) =>
      run(async () => (await import("./mutate.ts")).mutate(options, process.cwd())),
    );
}
