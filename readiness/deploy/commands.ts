/** The commands that work on deployed stacks; each loads what it needs when it is called. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommentOptions } from "./comment.ts";
import type { DriftOptions } from "./drift.ts";
import type { PreviewOptions } from "./preview.ts";
import type { RecoverOptions } from "./recover.ts";
import type { SmokeOptions } from "./smoke.ts";
import type { UpOptions } from "./up.ts";

/**
 * Adds the commands to the command line.
 * @param run takes a command that gives the exit status
 */
export function addDeployCommands(
  program: Command,
  run: (command: () => Promise<number>) => Promise<void>,
): void {
  const add = (name: string, description: string) =>
    program.command(name).description(description).requiredOption("-s, --stack <name>", "the stack");
  const addPulumi = (name: string, pulumi: string, description: string) =>
    add(name, description)
      .argument("[pulumi options...]", `passed on to \`pulumi ${pulumi}\``)
      .allowUnknownOption();
  const projectDir = process.cwd();
  const told = (command: () => Promise<number>) =>
    run(async () => (await import("./target.ts")).told(command));

  addPulumi("preview", "preview", "Show what an update would do, and the readiness verdict")
    .option("--events <file>", "write the engine's events to a file, for `comment`")
    .action((args: string[], options: PreviewOptions) =>
      told(async () => (await import("./preview.ts")).preview(options, args, projectDir)),
    );

  addPulumi("up", "up", "Preview an update, ask, and carry out what was previewed")
    .option("-y, --yes", "do not ask; for production only in CI and with --commit", false)
    .option("--commit <sha>", "refuse to deploy anything but this commit, unchanged")
    .action((args: string[], options: UpOptions) =>
      told(async () => (await import("./up.ts")).up(options, args, projectDir)),
    );

  add("recover", "Settle what an interrupted update left open")
    .option("--adopt <urn=id>", "take a resource that exists into the state; repeat for several", collect, [])
    .option("--drop-others", "forget those that do not exist", false)
    .option("-y, --yes", "do not ask", false)
    .action((options: RecoverOptions) =>
      told(async () => (await import("./recover.ts")).recover(options, projectDir)),
    );

  addPulumi("drift", "preview", "Compare what is deployed with what is declared")
    .option("--issue", "open, update or close an issue on GitHub", false)
    .action((args: string[], options: DriftOptions) =>
      told(async () => (await import("./drift.ts")).drift(options, args, projectDir)),
    );

  add("smoke", "Ask a stack's pages and health endpoints whether they answer")
    .option("--url <address>", "address of the site (default: the stack's own)")
    .option("--wait-seconds <number>", "how long a page may take to come up", wholeNumber, 300)
    .action((options: SmokeOptions) =>
      told(async () => (await import("./smoke.ts")).smoke(options, projectDir)),
    );

  program
    .command("comment")
    .description("Write what a change would do, for its pull request")
    .requiredOption("--report <file>", "what `check --format json` wrote")
    .option("--plan <stack=file>", "what `preview --events` wrote; repeat for several", collect, [])
    .option("--pull-request <number>", "comment there, in place of the last time", wholeNumber)
    .action((options: CommentOptions) => told(async () => (await import("./comment.ts")).comment(options)));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
