/** From a stack file to its report: config, program, rules, verdict. */
import type { Purpose } from "../model/checklist/checklist.ts";
import { evaluate } from "../policies/evaluate.ts";
import { rules } from "../policies/rules.ts";
import { runProgram } from "./engine/run-program.ts";
import { ProgramError } from "./errors.ts";
import type { Commit } from "./inputs/commit.ts";
import { loadStack } from "./inputs/stack-file.ts";
import { type StackReport, stackReport } from "./report.ts";

/**
 * Evaluates one stack as it is declared; nothing is asked of any account.
 * @param commit already being looked up, so that it costs no time
 * @param purpose what the verdict is asked for
 * @throws ConfigError where the stack file cannot be used, ProgramError where `index.ts` fails
 */
export async function assess(
  projectDir: string,
  stack: string,
  commit: Promise<Commit>,
  purpose: Purpose,
): Promise<StackReport> {
  const { config, secretKeys } = loadStack(projectDir, stack);
  const run = await runProgram({ projectDir, stack, config, secretKeys }).catch((error: unknown) => {
    throw new ProgramError(stack, error);
  });
  const warnings = run.log.filter((entry) => entry.severity === "warning").map((entry) => entry.message);
  return stackReport(run.stack, evaluate(rules, run.stack), await commit, warnings, purpose);
}
