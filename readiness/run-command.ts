/** Runs what a command does, and tells what keeps its stack from being worked on. */
import { ConfigError } from "../model/config/error.ts";
import { describe, StackError } from "./errors.ts";
import { exitStatus } from "./exit-status.ts";

/**
 * Runs a command; says on standard error what is wrong with its stack's config, credentials or program.
 * @returns the exit status
 */
export async function runCommand(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof StackError)) throw error;
    process.stderr.write(`${describe(error)}\n`);
    return error instanceof ConfigError ? exitStatus.unusable : error.exitStatus;
  }
}
