/** `mutate`: how much of what can be weakened in a stack the rules notice. */
import { contextOf } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { reviewedRows } from "../inputs/reviewed-file.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { clearProgress, showProgress } from "../terminal/progress.ts";
import { reasonOf } from "./bearing.ts";
import { generate } from "./generate.ts";
import { type Verdict, Watchers } from "./run.ts";
import { scoreOf } from "./score.ts";
import { Sdk } from "./sdk/sdk.ts";
import { mutateText } from "./text.ts";

export interface MutateOptions {
  readonly stack: string;
  /** Part of the types that are weakened; all where absent. */
  readonly type?: string;
  readonly format: "text" | "json";
  readonly out?: string;
}

/**
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status: 1 where too many weakenings go unnoticed
 * @throws UsageError where the options cannot be carried out; ConfigError, ProgramError where the stack cannot
 */
export async function mutate(
  { stack, type = "", format, out }: MutateOptions,
  projectDir: string,
): Promise<number> {
  if (out !== undefined) assertOutput(out);
  const { registrations, stack: declared } = await declaredStack(projectDir, stack);
  const mutants = generate(registrations, new Sdk()).filter((m) => m.type.includes(type));
  if (mutants.length === 0) throw new UsageError(`--type ${type}: ${stack} has no resource of such a type`);
  const context = contextOf(stack, new Date(), reviewedRows(projectDir), declared.declared);
  const watchers = new Watchers(rules, registrations, context);
  const verdicts: Verdict[] = [];
  for (const mutant of mutants) {
    if (verdicts.length % 100 === 0)
      showProgress(`${stack}: ${verdicts.length} of ${mutants.length} weakenings`);
    verdicts.push(watchers.judge(mutant));
  }
  clearProgress();
  const score = scoreOf(stack, verdicts, reasonOf);
  const page = pageOf(out === undefined ? process.stdout : undefined);
  const text = format === "json" ? `${JSON.stringify(score, undefined, 2)}\n` : mutateText(score, page);
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  return score.holds ? exitStatus.go : exitStatus.noGo;
}
