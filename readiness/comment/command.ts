/** `comment` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { type Run, repeated, webAddress, wholeNumber } from "../terminal/options.ts";
import type { CommentOptions } from "./comment.ts";

export function addComment(program: Command, run: Run): void {
  program
    .command("comment")
    .description("Write what a change would do, for its pull request")
    .requiredOption("--report <file>", "what `check --format json` wrote")
    .option("--plan <stack=file>", "what `preview --events` wrote; repeat for several", repeated, [])
    .option("--page <url>", "where the whole report is to be read, such as its HTML", webAddress)
    .option("--pull-request <number>", "comment there, in place of the last time", wholeNumber)
    .action((options: CommentOptions) => run(async () => (await import("./comment.ts")).comment(options)));
}
