/** A stack as its program declares it, with the config that made it. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Stack } from "../../policies/resource.ts";
import type { Registration } from "../engine/registration.ts";
import { runProgram } from "../engine/run-program.ts";
import { ProgramError, UsageError } from "../errors.ts";
import { factsOf, factsPath } from "./facts-file.ts";
import { selectStacks } from "./selection.ts";
import { listStacks, loadStack } from "./stack-file.ts";

export interface DeclaredStack {
  readonly spec: StackSpec;
  readonly stack: Stack;
  readonly registrations: readonly Registration[];
  /** What the program exports; what is not known yet is a word of Pulumi's. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the program itself warned of, and what it looked up that nobody knows. */
  readonly warnings: readonly string[];
}

/**
 * @param projectDir folder of `Pulumi.yaml`
 * @throws UsageError for a stack without a stack file, ConfigError where that cannot be used, ProgramError where
 * `index.ts` fails, FactsError where the file of facts is none
 */
export async function declaredStack(projectDir: string, name: string): Promise<DeclaredStack> {
  selectStacks([name], false, listStacks(projectDir));
  const { spec, config, secretKeys } = loadStack(projectDir, name);
  const facts = factsOf(projectDir, name, new Date());
  const { stack, registrations, outputs, log, unanswered } = await runProgram({
    projectDir,
    stack: name,
    config,
    secretKeys,
    answers: facts.answers,
  }).catch((error: unknown) => {
    throw error instanceof UsageError ? error : new ProgramError(name, error);
  });
  return {
    spec,
    stack,
    registrations,
    outputs,
    warnings: [
      ...log.filter(({ severity }) => severity === "warning").map(({ message }) => message),
      ...(facts.warning === undefined ? [] : [facts.warning]),
      ...unanswered.map((lookup) => `${factsPath(name)} does not tell what ${lookup} is like: it is unknown`),
    ],
  };
}
