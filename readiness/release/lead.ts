/** Which of its tasks `release` is called for: to write what is released, to say where it stands, or to go on with it. */
import { UsageError } from "../errors.ts";
import { currentCommit } from "../inputs/commit.ts";
import { textIfThere } from "../inputs/if-there.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { differences } from "../inputs/working-tree.ts";
import { releaseFile } from "../proofs/release-file.ts";
import { currentOf } from "./log/current.ts";
import { readLog } from "./log/log.ts";
import { checkoutsOf, type ReleaseOptions, release, writeRelease } from "./release.ts";
import type { WalkOptions } from "./walk/act.ts";
import { walk } from "./walk/walk.ts";

export type LeadOptions = ReleaseOptions & Omit<WalkOptions, "checkouts" | "others">;

/**
 * @param others words for `rollback`
 * @throws UsageError
 */
export async function lead(
  options: LeadOptions,
  others: readonly string[],
  projectDir: string,
): Promise<number> {
  const { stack, service, deployed, run, rollback, abandon } = options;
  const tasks = [run, rollback, abandon !== undefined, service.length + deployed.length > 0];
  if (tasks.filter(Boolean).length > 1) {
    throw new UsageError("--run, --rollback, --abandon and --service each ask for something else: give one");
  }
  if (others.length > 0 && !rollback) throw new UsageError(`nothing takes ${others.join(" ")}`);
  if (service.length + deployed.length > 0) return release(options, projectDir);
  selectStacks([stack], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, stack);
  const acts = run || rollback || abandon !== undefined;
  if (!acts && spec.tier === "production" && (await isToBeWritten(projectDir, stack))) {
    const { file } = await writeRelease(options, projectDir);
    process.stdout.write(`${file} is written, with brackets for what you decide.\n\n`);
  }
  const checkouts = checkoutsOf(
    options,
    spec.services.map(({ name }) => name),
  );
  return walk({ ...options, others, checkouts }, projectDir);
}

/** What is released is of another commit, and nobody is at work on that. */
async function isToBeWritten(projectDir: string, stack: string): Promise<boolean> {
  const commit = await currentCommit(projectDir);
  if (commit.id === null) return false;
  if (textIfThere(projectDir, releaseFile(stack))?.includes(`commit: ${commit.id}\n`)) return false;
  const current = currentOf((await readLog(projectDir, stack)).entries);
  if (current && !current.closed) return false;
  return (await differences(projectDir, commit.id)).length === 0;
}
