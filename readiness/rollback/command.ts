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
    .option("--since <time>", "leave alone what production ran before this time already", once("--since"))
    .option("--practise", "on staging: back and forward again, for the evidence of INC-01", false)
    .option("--dry-run", "say what would be done, and do nothing", false)
    .option("--abandon", "give up a rollback that did not end", false)
    .option("-y, --yes", "do not ask", false)
    .addOption(
      new Option("--format <name>", "of what is said at the end").choices(["text", "json"]).default("text"),
    )
    .action((options: RollbackOptions) =>
      run(async () => (await import("./rollback.ts")).rollback(options, process.cwd())),
    );
}
