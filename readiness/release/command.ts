/** `release` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { phaseIds } from "../../model/release/phases.ts";
import { stackCommand } from "../pulumi/command.ts";
import { once, type Run, repeated } from "../terminal/options.ts";
import type { LeadOptions } from "./lead.ts";

export function addRelease(program: Command, run: Run): void {
  const severalOf = (flags: string, meaning: string) =>
    new Option(flags, `${meaning}; repeat for several`).argParser(repeated).default([], "none");
  stackCommand(program, "release", "Say where a release stands and what is next, and lead through it")
    .option("--run", "carry out what is next, until a gate or a person says no", false)
    .addOption(new Option("--until <phase>", "with --run: stop behind this phase").choices(phaseIds))
    .option("--supersede", "with --run: close the one before, unless it is half-way in production", false)
    .option("--take-back", "with --run: roll back at once where a look at production has failed", false)
    .option("--rollback", "take back what is deployed, and close the release", false)
    .option("--abandon <reason>", "give the release up", once("--abandon"))
    .option("--again <reason>", "with --run: try what has failed once more", once("--again"))
    .option("--staging <stack>", "with --run: the stack that goes first", once("--staging"))
    .option(
      "--remote <name>",
      "share the log's heads there, so that no other machine releases",
      once("--remote"),
    )
    .option("-y, --yes", "do not ask; for production only in CI", false)
    .addOption(
      severalOf(
        "--service <name=commit[@deployment]>",
        "write what is released: full commit id of a service",
      ),
    )
    .addOption(
      severalOf("--checkout <name=folder>", "clone of a service's repository, to tell who wrote it and when"),
    )
    .addOption(
      severalOf("--deployed <name=commit>", "what of it is deployed now: earlier commits do not count"),
    )
    .argument("[others...]", "with --rollback, after --: options of rollback")
    .action((others: readonly string[], options: LeadOptions) =>
      run(async () => (await import("./lead.ts")).lead(options, others, process.cwd())),
    );
}
