/** Prints what the fixtures' stacks declare, as JSON: stack to registrations. */
import { join } from "node:path";
import { runProgram } from "../../../readiness/engine/run-program.ts";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";

const projectDir = join(import.meta.dirname, "../../fixtures");
const declared: Record<string, unknown> = {};
for (const stack of ["prod", "staging"]) {
  const { config, secretKeys } = loadStack(projectDir, stack);
  declared[stack] = (await runProgram({ projectDir, stack, config, secretKeys })).registrations;
}
process.stdout.write(JSON.stringify(declared));
