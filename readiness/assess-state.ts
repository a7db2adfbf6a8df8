/** From a state file to its report: what is deployed, rules, verdict. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Purpose } from "../model/checklist/checklist.ts";
import { evaluate } from "../policies/evaluate.ts";
import { rules } from "../policies/rules.ts";
import { readProject } from "./engine/project.ts";
import { UsageError } from "./errors.ts";
import { deployed } from "./inputs/deployed-stack.ts";
import { reviewedRows } from "./inputs/reviewed-file.ts";
import { declarationIn, usableSpec } from "./inputs/stack-file.ts";
import { readState } from "./inputs/state-file.ts";
import { costFindings } from "./proofs/cost.ts";
import { type StackReport, stackReport } from "./report.ts";

/**
 * Evaluates one stack as it is deployed; no engine runs, and nothing is asked of any account.
 * @param file the stack's state, `-` for standard input
 * @param stack the stack that it has to be of; whichever it is of where absent
 * @throws UsageError outside a project, and where the state cannot be used or is of another project or stack
 */
export async function assessState(
  projectDir: string,
  file: string,
  stack: string | undefined,
  purpose: Purpose,
  operations = false,
): Promise<StackReport> {
  if (!existsSync(join(projectDir, "Pulumi.yaml"))) {
    throw new UsageError("there is no Pulumi.yaml in this folder");
  }
  const { name: project } = await readProject(projectDir);
  const deployment = await readState(file);
  const judged = deployed(deployment, file, {
    project,
    stack,
    declared: (name) => declarationIn(projectDir, name),
  });
  const commit = { id: null, reason: "a state does not tell which commit was deployed" };
  const written = new Date(deployment.manifest.time);
  // The year 1 is Go's zero time.
  const updated = written.getTime() > 0 ? written.toISOString() : null;
  const policy = [
    ...evaluate(rules, judged, new Date(), { reviewed: reviewedRows(projectDir) }),
    ...costFindings(judged, usableSpec(projectDir, judged.name)),
  ];
  const { operationsOf } = operations ? await import("./operations/operations.ts") : {};
  const source = { kind: "state", file, updated } as const;
  return stackReport(judged, policy, commit, [], purpose, source, undefined, {
    operations: operationsOf?.(judged, undefined, new Date()),
  });
}
