/** The command line as a process: its streams, its end, and what it says where something goes wrong. */
import { exitStatus } from "./exit-status.ts";
import { failureOf } from "./failure.ts";
import { commandLine } from "./program.ts";
import { guard } from "./terminal/guard.ts";
import { assertPassedOn, npmHint } from "./terminal/npm-options.ts";
import { clearProgress } from "./terminal/progress.ts";

guard(process.stdout);
guard(process.stderr);

/** What stands behind the command's name. */
const argsOfCommand = process.argv.slice(3);

let finished = false;

const program = commandLine(async (command) => {
  const { runCommand } = await import("./run-command.ts");
  process.exitCode = await runCommand(command);
  finished = true;
}).hook("preSubcommand", (_, command) => assertPassedOn(command.options, argsOfCommand, process.env));

/** Says what went wrong and ends the process. */
function fail(error: unknown): never {
  const { text, status } = failureOf(error, npmHint(argsOfCommand, process.env));
  process.stderr.write(text);
  finished = true;
  process.exit(status);
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
