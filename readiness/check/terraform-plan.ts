/** `--format terraform-plan`: what a stack declares, for tools that judge Terraform's plans. */
import { UsageError } from "../errors.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { jsonPieces } from "../terminal/json-text.ts";
import { leftOut, terraformPlan } from "../terraform/plan.ts";

/** @throws UsageError where there would be no plan, or several */
export function assertPlannable(state: readonly string[], stacks: readonly string[]): void {
  if (state.length > 0) {
    throw new UsageError("--format terraform-plan tells what is declared: leave --state out");
  }
  if (stacks.length > 1) {
    throw new UsageError("--format terraform-plan tells of one stack: name one with --stack");
  }
}

/**
 * The plan as pieces of a text; says on standard error what it does not hold.
 * @throws ConfigError and ProgramError as `declaredStack` does
 */
export async function renderTerraformPlan(projectDir: string, stack: string): Promise<Iterable<string>> {
  const { registrations } = await declaredStack(projectDir, stack);
  const missing = [...leftOut(registrations)].map(([what, number]) => `${number} of ${what}`);
  if (missing.length > 0) {
    const known = "resources whose Terraform names are not known here";
    process.stderr.write(`${stack}: the Terraform plan leaves out ${known}: ${missing.join(", ")}\n`);
  }
  return jsonPieces(terraformPlan(registrations));
}
