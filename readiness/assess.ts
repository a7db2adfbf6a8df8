/** From a stack file to its report: config, program, rules, everything else that proves an item, verdict. */
import type { Purpose } from "../model/checklist/checklist.ts";
import { maintenanceOver } from "../model/on-call/maintenance.ts";
import { evaluate } from "../policies/evaluate.ts";
import { rules } from "../policies/rules.ts";
import type { Commit } from "./inputs/commit.ts";
import { declaredStack } from "./inputs/declared-stack.ts";
import { reviewedRows } from "./inputs/reviewed-file.ts";
import { costFindings } from "./proofs/cost.ts";
import { gather } from "./proofs/gather.ts";
import type { Release } from "./proofs/release.ts";
import { stacksApart } from "./proofs/stacks-apart.ts";
import { type ReportedRelease, type StackReport, stackReport } from "./report.ts";
import { type Asked, everything } from "./selection/asked.ts";

export interface AssessOptions {
  readonly now?: Date;
  /** Whether the report tells how the stack is run. */
  readonly operations?: boolean;
  readonly asked?: Asked;
}

/**
 * Evaluates one stack as it is declared; nothing is asked of any account.
 * @param commit already being looked up, so that it costs no time
 * @param purpose what the verdict is asked for
 * @throws ConfigError where the stack file cannot be used, ProgramError where `index.ts` fails, ProjectFileError where a
 * file of the project cannot be used
 */
export async function assess(
  projectDir: string,
  name: string,
  commit: Promise<Commit>,
  purpose: Purpose,
  { now = new Date(), operations = false, asked = everything }: AssessOptions = {},
): Promise<StackReport> {
  const { spec, stack, warnings } = await declaredStack(projectDir, name);
  const checkedOut = await commit;
  const policy = [
    ...evaluate(rules, stack, now, {
      reviewed: reviewedRows(projectDir),
      mode: asked.judge,
      elsewhere: false,
    }),
    ...stacksApart(projectDir, spec),
    ...costFindings(stack, spec),
  ];
  const proofs = await gather({ projectDir, spec, stack, policy, commit: checkedOut, purpose, now });
  const told = [...warnings, ...proofs.warnings, ...maintenanceOver(spec, now)];
  const { operationsOf } = operations ? await import("./operations/operations.ts") : {};
  return stackReport(stack, proofs.findings, checkedOut, told, purpose, undefined, proofs, {
    release: proofs.release && reportedRelease(proofs.release),
    operations: operationsOf?.(stack, spec, now),
    asked,
    now,
  });
}

function reportedRelease({ services, window }: Release): ReportedRelease {
  return {
    services: Object.entries(services).map(([service, { commit, deployment }]) => ({
      service,
      commit,
      deployment,
    })),
    window,
  };
}
