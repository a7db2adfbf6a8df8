/** `verify` on the command line; what it does is loaded when it is called. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Run, stackName, wholeNumber } from "../terminal/options.ts";
import type { VerifyOptions } from "./verify.ts";

export function addVerify(program: Command, run: Run): void {
  program
    .command("verify")
    .description("Ask a running site whether it is as it must be, and watch it")
    .option("--url <address>", "address of the site (default: the stack's own)")
    .option("--stack <name>", "the stack whose site it is, and what is promised of it", stackName)
    .option("--state <file>", "what `pulumi stack export` wrote of it: the records that it asks for")
    .addOption(
      new Option("--phase <phase>", "one look, or a watch of so long after it")
        .choices(["smoke", "10m", "1h", "24h"])
        .default("smoke"),
    )
    .option("--commit <id>", "full id of the commit that has to run there", fullId)
    .option("--deployment <id>", "what runs there, such as dpl_…, for the report")
    .option("--samples <number>", "requests of each class of endpoints; 0 measures none", wholeNumber, 300)
    .option("--wait-seconds <number>", "how long the site may take to come up", wholeNumber, 0)
    .option(
      "--burst <number>",
      "send so many requests at most, to see the rate limit answer 429",
      wholeNumber,
    )
    .option("--no-browser", "ask no browser")
    .option("--axe <file>", "write what axe found on each page, as evidence of PRE-12")
    .option("--per-minute <number>", "requests a minute of a watch", wholeNumber, 60)
    .option("--before <report>", "report in JSON of the release before, which a watch compares with")
    .option(
      "--folder <path>",
      "where a watch keeps its state, to go on after an interruption, and its picture",
      "verify",
    )
    .addOption(new Option("--format <format>").choices(["text", "json", "junit"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action((options: VerifyOptions) =>
      run(async () => (await import("./verify.ts")).verify(options, process.cwd())),
    );
}

function fullId(text: string): string {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return text;
  throw new InvalidArgumentError("It must be the full id of a commit.");
}
