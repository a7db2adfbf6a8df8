/** `rollback` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { Option } from "commander";
import { stackCommand } from "../pulumi/command.ts";
import { once, type Run, repeated, wholeNumber } from "../terminal/options.ts";
import type { RollbackOptions } from "./options.ts";

export function addRollback(program: Command, run: Run): void {
  stackCommand(
    program,
    "rollback",
    "Take a release back: the app on Vercel, and what else is named, until the site says so",
  )
    .option("--service <name>", "the service; not needed where there is one", once("--service"))
    .option(
      "--to <release>",
      "where to go: a deployment's id, or a commit; the one before where absent",
      once("--to"),
    )
    .option("--undo", "go forward again, to what was taken back or to --to", false)
    .option("--url <address>", "the site, where it is not the stack's own", once("--url"))
    .option("--migrations <folder>", "the app's migrations, of node-pg-migrate", once("--migrations"))
    .option(
      "--down-to <migration>",
      "the last one that stays, of the database at DATABASE_URL",
      once("--down-to"),
    )
    .option(
      "--accept <migration>",
      "take it back though data is lost, or its words are unclear",
      repeated,
      [],
    )
    .option("--check-migrations", "only say which migrations can be taken back", false)
    .option("--no-app", "leave the app: the stack alone goes back, with --infrastructure")
    .option(
      "--infrastructure <commit>",
      "bring the stack itself to this commit, too",
      once("--infrastructure"),
    )
    .option(
      "--verified <status>",
      "how a verification ended ($?); one or several",
      (value: string, before: readonly number[]) => [...before, wholeNumber(value)],
      [],
    )
    .option("--failure-limit <number>", "verifications that may fail", wholeNumber, 0)
    .option("--inconclusive-limit <number>", "verifications that may end undecided (3)", wholeNumber, 1)
    .option("--since <time>", "leave alone what production ran before this time already", once("--since"))
    .option("--practise", "on staging: back and forward again, for the evidence of INC-01", false)
    .option(
      "--source <folder>",
      "working copy of the service's repository, to hand the evidence in",
      once("--source"),
    )
    .option("--sign <key>", "private SSH key to sign the evidence with", once("--sign"))
    .option("--dry-run", "say what would be done, and do nothing", false)
    .option("--abandon", "give up a rollback that did not end", false)
    .option("-y, --yes", "do not ask", false)
    .option("--answers <number>", "how many answers in a row the site has to give", wholeNumber, 5)
    .option("--pause-seconds <number>", "between two looks", wholeNumber, 1)
    .option(
      "--settle-seconds <number>",
      "how long Vercel may take to show a request whose answer was lost",
      wholeNumber,
      60,
    )
    .option("--wait-seconds <number>", "how long to wait for Vercel, and then for the site", wholeNumber, 240)
    .addOption(
      new Option("--format <name>", "of what is said at the end").choices(["text", "json"]).default("text"),
    )
    .action((options: RollbackOptions) =>
      run(async () => (await import("./rollback.ts")).rollback(options, process.cwd())),
    );
}
