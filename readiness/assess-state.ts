/** From a state file to its report: what is deployed, rules, verdict. */
import type { Purpose } from "../model/checklist/checklist.ts";
import { evaluate } from "../policies/evaluate.ts";
import { rules } from "../policies/rules.ts";
import { deployed } from "./inputs/deployed-stack.ts";
import { ownProject } from "./inputs/own-project.ts";
import { reviewedRows } from "./inputs/reviewed-file.ts";
import { declarationIn, usableSpec } from "./inputs/stack-file.ts";
import { readState } from "./inputs/state-file.ts";
import { costFindings } from "./proofs/cost.ts";
import { type StackReport, stackReport } from "./report.ts";
import { type Asked, everything } from "./selection/asked.ts";

/**
 * Evaluates one stack as it is deployed; no engine runs, and nothing is asked of any account. In a folder that is no
 * project of this product's, and where what exists alone is asked, the state may be of any project.
 * @param file the stack's state, `-` for standard input
 * @param stack the stack that it has to be of; whichever it is of where absent
 * @throws UsageError where the state cannot be used or is of another project or stack
 */
export async function assessState(
  projectDir: string,
  file: string,
  stack: string | undefined,
  purpose: Purpose,
  operations = false,
  asked: Asked = everything,
): Promise<StackReport> {
  const own = await ownProject(projectDir);
  const deployment = await readState(file);
  const existing = asked.judge === "existing";
  const isOwn = own !== undefined && ownerOf(deployment) === own;
  const judged = deployed(deployment, file, {
    project: existing ? undefined : own,
    stack,
    filledIn: existing,
    ...(own !== undefined && { declared: (name: string) => declarationIn(projectDir, name) }),
  });
  const commit = { id: null, reason: "a state does not tell which commit was deployed" };
  const written = new Date(deployment.manifest.time);
  // The year 1 is Go's zero time.
  const updated = written.getTime() > 0 ? written.toISOString() : null;
  const now = new Date();
  const reviewed = own === undefined ? [] : reviewedRows(projectDir);
  const policy = [
    ...evaluate(rules, judged, now, { reviewed, mode: asked.judge, elsewhere: !isOwn }),
    ...(isOwn ? costFindings(judged, usableSpec(projectDir, judged.name)) : []),
  ];
  const { operationsOf } = operations ? await import("./operations/operations.ts") : {};
  const source = { kind: "state", file, updated } as const;
  return stackReport(judged, policy, commit, [], purpose, source, undefined, {
    operations: operationsOf?.(judged, undefined, now),
    asked,
    now,
  });
}

/** Name of the project that a state's resources belong to. */
function ownerOf({ resources: [first] }: Awaited<ReturnType<typeof readState>>): string | undefined {
  return first?.urn.split("::")[1];
}
