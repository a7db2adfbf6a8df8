/** `release`: where a release stands, and what is next carried out, until somebody or something says no. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { phasesOf } from "../../../model/release/phases.ts";
import { assess } from "../../assess.ts";
import { UsageError } from "../../errors.ts";
import { exitStatus } from "../../exit-status.ts";
import { currentCommit } from "../../inputs/commit.ts";
import { selectStacks } from "../../inputs/selection.ts";
import { listStacks, loadStack } from "../../inputs/stack-file.ts";
import { otherThanCommit } from "../../inputs/working-tree.ts";
import { alone } from "../../terminal/lock.ts";
import { clearProgress } from "../../terminal/progress.ts";
import { fetchAnchor } from "../log/anchor.ts";
import { assertSameCommit, currentOf } from "../log/current.ts";
import { Log, logFile, readLog } from "../log/log.ts";
import type { Act, WalkOptions } from "./act.ts";
import { leaveBehind } from "./aftermath.ts";
import { execute } from "./execute.ts";
import { judging } from "./judge.ts";
import { standingOf } from "./standing.ts";
import { abandon, rollBack, runSteps } from "./steps.ts";
import { stagingOf, subjectOf, whoActs } from "./subject.ts";
import { standingText } from "./text.ts";
import type { World } from "./world.ts";

/**
 * @returns 0 where the release is done or its next step is a command, 1 where a gate or a failed step says no, 3 where it
 * cannot be told
 * @throws UsageError for a stack without a stack file, a project that is no commit, another release at work; LogError
 */
export async function walk(
  options: WalkOptions,
  projectDir: string,
  world: World = { assess, execute, clock: () => new Date(), env: process.env },
): Promise<number> {
  const { stack, run, rollback, remote } = options;
  selectStacks([stack], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, stack);
  const commit = await currentCommit(projectDir);
  if (commit.id === null) throw new UsageError(`a release is of a commit: ${commit.reason}`);
  const staging = stagingOf(projectDir, spec, options.staging);
  const phases = phasesOf(spec.tier);
  const ask = () => judging({ projectDir, spec, staging, commit, world });
  if (remote !== undefined) await fetchAnchor(projectDir, stack, remote);

  if (!run && !rollback && options.abandon === undefined) {
    const current = currentOf((await readLog(projectDir, stack)).entries);
    assertSameCommit(current, commit.id, stack);
    const standing = await standingOf(phases, current, ask().judge);
    clearProgress();
    process.stdout.write(
      standingText({ spec, staging, commit: commit.id, current, standing }, world.clock()),
    );
    return statusOfView(standing.next?.state);
  }
  const other = await otherThanCommit(projectDir, commit.id);
  if (other !== undefined) throw new UsageError(`a release is of a commit, and ${other}`);
  const act: Act = {
    ...{ projectDir, spec, staging, phases, ask, world, options },
    subject: await subjectOf(projectDir, spec, commit.id, options.checkouts),
  };
  const by = await whoActs(projectDir, world.env);
  return locked(projectDir, [...new Set([stack, staging])], `release --stack ${stack}`, async () => {
    const log = await Log.open(projectDir, { stack, by, clock: world.clock });
    try {
      if (options.abandon !== undefined) return await abandon(act, log, options.abandon);
      return await (rollback ? rollBack(act, log) : runSteps(act, log));
    } finally {
      await leaveBehind(act, log);
    }
  });
}

/** Nobody else may release any of the stacks meanwhile. */
async function locked(
  projectDir: string,
  [stack, ...others]: readonly string[],
  command: string,
  work: () => Promise<number>,
): Promise<number> {
  if (stack === undefined) return work();
  const path = join(projectDir, logFile(stack));
  mkdirSync(dirname(path), { recursive: true });
  return alone(path, command, () => locked(projectDir, others, command, work));
}

function statusOfView(state: string | undefined): number {
  if (state === "failed") return exitStatus.noGo;
  return state === "undetermined" ? exitStatus.undetermined : exitStatus.go;
}
