/** The command line in another program: what `readiness ARGS` does and says, without an end of the process. */
import { failureOf } from "./failure.ts";
import { commandLine } from "./program.ts";
import { runCommand } from "./run-command.ts";

/**
 * @param args as typed behind `readiness`
 * @returns the exit status
 */
export async function readiness(args: readonly string[]): Promise<number> {
  let status: number | undefined;
  const program = commandLine(async (command) => {
    status = await runCommand(command);
  });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    const failure = failureOf(error);
    process.stderr.write(failure.text);
    return failure.status;
  }
  return status ?? 0;
}
