/** What every command on a deployed stack begins with: the stack, its config, its credentials. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { stackName } from "../terminal/options.ts";
import { assertCredentials } from "./credentials.ts";
import { assertEnvironment } from "./environment.ts";
import { assertOneProject } from "./one-project.ts";

/** Where the policy pack is, from the project's folder. */
export const policyPack = "policies";

/**
 * The spec of a stack that can be reached.
 * @param given its name as Pulumi takes it, whatever stands in front
 * @throws UsageError for a stack without a stack file, ConfigError for one that cannot be used, MissingCredentials
 */
export function reach(projectDir: string, given: string): StackSpec {
  return reachWithConfig(projectDir, given).spec;
}

/** The same, with the stack's config. */
export function reachWithConfig(
  projectDir: string,
  given: string,
): { readonly spec: StackSpec; readonly config: Readonly<Record<string, string>> } {
  const stack = stackName(given);
  assertEnvironment(process.env);
  assertOneProject(projectDir, process.env);
  selectStacks([stack], false, listStacks(projectDir));
  const { spec, config, environment } = loadStack(projectDir, stack);
  // An environment of Pulumi's can bring them, and Pulumi alone can open it.
  if (environment === undefined) assertCredentials(spec, config);
  return { spec, config };
}
