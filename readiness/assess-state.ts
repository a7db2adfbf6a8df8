/** From a state file to its report: what is deployed, rules, verdict. */
import type { Purpose } from "../model/checklist/checklist.ts";
import { UsageError } from "./errors.ts";
import { ownersOf } from "./inputs/deployed-stack.ts";
import { ownProject } from "./inputs/own-project.ts";
import { reviewedRows } from "./inputs/reviewed-file.ts";
import { declarationIn, usableSpec } from "./inputs/stack-file.ts";
import { readState } from "./inputs/state-file.ts";
import { costFindings } from "./proofs/cost.ts";
import { type StackReport, stackReport } from "./report.ts";
import { type Asked, everything } from "./selection/asked.ts";
import { evaluateTogether, joined, type ReadState } from "./together.ts";

/**
 * Evaluates one stack as it is deployed; no engine runs, and nothing is asked of any account. In a folder that is no
 * project of this product's, and where what exists alone is asked, the state may be of any project.
 * @param files the stack's state, `-` for standard input, and those of other stacks that it is judged with
 * @param stack the stack that it has to be of; whichever it is of where absent
 * @throws UsageError where the state cannot be used or is of another project or stack
 */
export async function assessState(
  projectDir: string,
  files: readonly string[],
  stack: string | undefined,
  purpose: Purpose,
  operations = false,
  asked: Asked = everything,
): Promise<StackReport> {
  const own = await ownProject(projectDir);
  const states = await readEach(files);
  const existing = asked.judge === "existing";
  const together = joined(states, own, () => ({
    project: existing ? undefined : own,
    stack,
    filledIn: existing,
    ...(own !== undefined && { declared: (name: string) => declarationIn(projectDir, name) }),
  }));
  const judged = together.stack;
  // A state without resources is of the project in whose folder it is judged.
  const isOwn = own !== undefined && (ownersOf(together.own.deployment)[0]?.project ?? own) === own;
  const commit = { id: null, reason: "a state does not tell which commit was deployed" };
  // The year 1 is Go's zero time. All of them are as old as the oldest.
  const written = states.map(({ deployment }) => Date.parse(deployment.manifest.time)).filter((at) => at > 0);
  const updated = written.length > 0 ? new Date(Math.min(...written)).toISOString() : null;
  const now = new Date();
  const reviewed = own === undefined ? [] : reviewedRows(projectDir);
  const policy = [
    ...evaluateTogether(together, now, { reviewed, mode: asked.judge, elsewhere: !isOwn }),
    ...(isOwn ? costFindings(judged, usableSpec(projectDir, judged.name)) : []),
  ];
  const { operationsOf } = operations ? await import("./operations/operations.ts") : {};
  const source = { kind: "state", file: files.join(", "), updated } as const;
  return stackReport(judged, policy, commit, [], purpose, source, undefined, {
    operations: operationsOf?.(judged, undefined, now),
    asked,
    now,
  });
}

async function readEach(files: readonly string[]): Promise<readonly [ReadState, ...ReadState[]]> {
  const states: ReadState[] = [];
  for (const file of files) states.push({ file, deployment: await readState(file) });
  const [first, ...others] = states;
  if (!first) throw new UsageError("--state names no file");
  return [first, ...others];
}
