/** What every command on a deployed stack begins with: the stack, its config, its credentials. */
import { ConfigError, type StackSpec } from "../../spec/config.ts";
import { describe, ProgramError } from "../errors.ts";
import { selectStacks } from "../selection.ts";
import { listStacks, loadStack } from "../stack-file.ts";
import { assertCredentials, MissingCredentials } from "./credentials.ts";

/** Where the policy pack is, from the project's folder. */
export const policyPack = "policies";

/**
 * The spec of a stack that can be reached.
 * @throws UsageError for a stack without a stack file, ConfigError for one that cannot be used, MissingCredentials
 */
export function reach(projectDir: string, stack: string): StackSpec {
  selectStacks([stack], false, listStacks(projectDir));
  const { spec, config } = loadStack(projectDir, stack);
  assertCredentials(spec, config);
  return spec;
}

/** Runs a command; says on standard error what is wrong with the stack's config, credentials or program. */
export async function told(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof MissingCredentials) {
      process.stderr.write(`${describe(error)}\n`);
      return 2;
    }
    if (error instanceof ProgramError) {
      process.stderr.write(`${describe(error)}\n`);
      return 3;
    }
    throw error;
  }
}
