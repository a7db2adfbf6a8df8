/** The command line: every command, each of which loads what it needs when it is called. */
import { Command, CommanderError } from "commander";
import { harmless } from "../model/harmless.ts";
import { addBacktest } from "./backtest/command.ts";
import { addCheck } from "./check/command.ts";
import { addComment } from "./comment/command.ts";
import { addDrift } from "./drift/command.ts";
import { addDrill } from "./drill/command.ts";
import { describe, located, UsageError } from "./errors.ts";
import { addEvidence } from "./evidence/command.ts";
import { exitStatus } from "./exit-status.ts";
import { addExplain } from "./explain/command.ts";
import { addMutate } from "./mutate/command.ts";
import { addOnCall } from "./on-call/command.ts";
import { addPreview } from "./preview/command.ts";
import { addRecover } from "./recover/command.ts";
import { addRelease } from "./release/command.ts";
import { addSignOff } from "./signoff/command.ts";
import { addSmoke } from "./smoke/command.ts";
import { guard } from "./terminal/guard.ts";
import { assertPassedOn, npmHint } from "./terminal/npm-options.ts";
import type { Run } from "./terminal/options.ts";
import { clearProgress } from "./terminal/progress.ts";
import { addUp } from "./up/command.ts";
import { addWaiver } from "./waiver/command.ts";

guard(process.stdout);
guard(process.stderr);

/** What stands behind the command's name. */
const argsOfCommand = process.argv.slice(3);

const program = new Command("readiness")
  .description("Computes whether a stack is ready for production")
  .exitOverride()
  // Usage errors are printed below, on one line.
  .configureOutput({ outputError: () => {} })
  .hook("preSubcommand", (_, command) => assertPassedOn(command.options, argsOfCommand, process.env));

const run: Run = async (command) => {
  const { runCommand } = await import("./run-command.ts");
  process.exitCode = await runCommand(command);
  finished = true;
};

const commands = [
  addCheck,
  addExplain,
  addPreview,
  addUp,
  addRecover,
  addDrift,
  addSmoke,
  addEvidence,
  addComment,
  addRelease,
  addSignOff,
  addWaiver,
  addOnCall,
  addDrill,
  addBacktest,
  addMutate,
];
for (const add of commands) add(program, run);

let finished = false;

function finish(status: number): never {
  finished = true;
  process.exit(status);
}

/** Says what went wrong and ends the process. */
function fail(error: unknown): never {
  if (error instanceof CommanderError) {
    // Help that was asked for is no error, and help itself is printed by then.
    if (!error.code.startsWith("commander.help")) {
      const said = harmless(error.message).replace(/\s+/g, " ");
      const hint = npmHint(argsOfCommand, process.env);
      console.error(hint ? `${said.replace(/\.$/, "")}; ${hint}` : said);
    }
    finish(error.exitCode === 0 ? 0 : exitStatus.unusable);
  }
  if (error instanceof UsageError) {
    console.error(`error: ${describe(error).replaceAll("\n", " ")}`);
    finish(exitStatus.unusable);
  }
  console.error(`internal error: ${harmless(located(error))}`);
  console.error("If this is a fault of the tool, please report it with what DEBUG=1 adds to this message.");
  if (process.env["DEBUG"]) console.error(error);
  finish(exitStatus.undetermined);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// A program that calls process.exit(0) is not a GO.
process.on("exit", () => {
  if (finished) return;
  clearProgress();
  console.error("error: the process ended before there was a verdict; does index.ts call process.exit?");
  process.exitCode = exitStatus.undetermined;
});
// A reader that has seen enough, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") fail(error);
});
// Standard output is the report's: what a stack's program prints goes to standard error.
console.log = console.error;
console.info = console.error;
console.debug = console.error;

program.parseAsync().catch(fail);
