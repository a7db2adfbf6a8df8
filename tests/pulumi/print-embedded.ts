/** Prints what the embedded engine makes of a project's stack, as JSON: `node print-embedded.ts <folder> <stack>`. */
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { runProgram } from "../../readiness/engine/run-program.ts";
import { loadStack } from "../../readiness/inputs/stack-file.ts";

const [, , projectDir = "", stack = ""] = process.argv;
const { config, secretKeys } = loadStack(projectDir, stack);
const run = await runProgram({ projectDir, stack, config, secretKeys });
process.stdout.write(
  JSON.stringify({ registrations: run.registrations, findings: evaluate(rules, run.stack) }),
);
