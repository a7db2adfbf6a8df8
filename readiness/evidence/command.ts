/** `evidence` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { Option } from "commander";
import { once, type Run, repeated, wholeNumber } from "../terminal/options.ts";
import type { CollectOptions, ProbeOptions, RunOptions } from "./options.ts";

export function addEvidence(program: Command, run: Run): void {
  const evidence = program
    .command("evidence")
    .description(
      "Hand in what tools and people found, bound to a commit, for the items that evidence proves",
    );

  shared(evidence.command("collect"))
    .description("Hand in files that a tool wrote, or records of yours")
    .argument("<file...>", "what the tool wrote")
    .option(
      "--format <name>",
      "what the files are, such as vitest-json; one for all, or one for each in their order",
      repeated,
      [],
    )
    .option(
      "--exit-code <number>",
      "how the tool ended ($?); one for all files, or one for each in their order",
      (value: string, before: readonly number[]) => [...before, wholeNumber(value)],
      [],
    )
    .option("--shard <i/n>", "part of a run that the file is, one for each", repeated, [])
    .action((files: readonly string[], options: Omit<CollectOptions, "files">) =>
      run(async () => (await import("./collect.ts")).collect({ ...options, files }, process.cwd())),
    );

  shared(evidence.command("run"))
    .description("Carry a command out, and hand in how it ended and what it wrote")
    .argument("<command...>", "after --, the command and its arguments")
    .option(
      "--format <name>",
      "what it writes to standard output, or to --file, such as npm-audit",
      once("--format"),
    )
    .option("--file <path>", "what it writes; one or several", repeated, [])
    .action((command: readonly string[], options: Omit<RunOptions, "command">) =>
      run(async () => (await import("./run.ts")).runAndCollect({ ...options, command }, process.cwd())),
    );

  filing(evidence.command("probe"), "that of the environment's name")
    .description("Look at a running site: how it is reached, its certificate and its security headers")
    .requiredOption("--commit <id>", "full id of the commit that is deployed there", once("--commit"))
    .requiredOption("--environment <name>", "which site it is: staging or prod", once("--environment"))
    .requiredOption("--url <address>", "the site, such as https://portal.example.com", once("--url"))
    .action((options: ProbeOptions) =>
      run(async () => (await import("./probe.ts")).probe(options, process.cwd())),
    );
}

function shared(command: Command): Command {
  return filing(command, "prod")
    .option(
      "--item <id>",
      "the line of the checklist, such as PRE-01; not needed where one alone fits",
      once("--item"),
    )
    .addOption(
      new Option("--suite <name>", "of tests: unit, e2e, smoke or regression").argParser(once("--suite")),
    )
    .option(
      "--environment <name>",
      "where it was measured: ci, staging or prod; ci where absent",
      once("--environment"),
    )
    .option("--schema <path>", "files that make the database's schema, such as db/migrations", repeated, []);
}

/** @param stack which one it is where none is named */
function filing(command: Command, stack: string): Command {
  return command
    .requiredOption(
      "--service <name>",
      "whose it is; platform for what concerns no single service",
      once("--service"),
    )
    .option("--deployment <id>", "what was measured there, such as Vercel's dpl_…", once("--deployment"))
    .option(
      "--stack <name>",
      `the stack whose config knows the service; ${stack} where absent`,
      once("--stack"),
    )
    .option(
      "--source <folder>",
      "working copy of the service's repository; this folder where absent",
      once("--source"),
    )
    .option(
      "--since <commit>",
      "what is deployed now: authors are those of the commits after it",
      once("--since"),
    )
    .option("--out <folder>", "where evidence lies; evidence where absent", once("--out"))
    .option(
      "--sign <key>",
      "private SSH key to sign with, or a public one that ssh-agent has",
      once("--sign"),
    );
}
