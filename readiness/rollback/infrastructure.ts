/** Brings the stack itself to the last good commit, by way of `up` and its gate; what holds data is left to people. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { typesWithState } from "../../policies/rules/governance/types.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { currentCommit } from "../inputs/commit.ts";
import { type Change, readPlan } from "../plan/plan.ts";
import { runPreview } from "../pulumi/run-preview.ts";
import { reach } from "../pulumi/target.ts";
import { clean } from "../terminal/layout.ts";

/**
 * @param commit full id, or its beginning
 * @returns 0 where it was brought there, 1 where it is left to people
 */
export async function bringInfrastructure(
  commit: string,
  { stack, yes, dryRun }: { readonly stack: string; readonly yes: boolean; readonly dryRun: boolean },
  projectDir: string,
): Promise<number> {
  if (!/^[0-9a-f]{7,64}$/.test(commit))
    throw new UsageError(`--infrastructure ${commit}: must be a commit's id`);
  const { id } = await currentCommit(projectDir);
  if (id === null || !id.startsWith(commit)) {
    process.stdout.write(
      `${[
        `The stack goes to ${commit.slice(0, 12)} from a checkout of it; ${id?.slice(0, 12) ?? "none"} is checked out. In another folder:`,
        `  git worktree add ../rollback-${commit.slice(0, 12)} ${commit} && cd ../rollback-${commit.slice(0, 12)}`,
        "  npm ci --ignore-scripts",
        `  npm run rollback -- --stack ${stack} --no-app --infrastructure ${commit}`,
      ].join("\n")}\n`,
    );
    return exitStatus.noGo;
  }
  reach(projectDir, stack);
  const changes = await plannedChanges(stack);
  if (changes === undefined) return exitStatus.undetermined;
  const held = changes.filter(holdsData);
  if (held.length > 0) {
    const list = held
      .map(({ operation, name, type }) => `- ${operation} ${clean(name)} (${clean(type)})\n`)
      .join("");
    process.stdout.write(
      `Not done: going back to ${commit.slice(0, 12)} would change what holds data, or opens it:\n${list}Look at each, and decide with npm run up -- --stack ${stack}\n`,
    );
    return exitStatus.noGo;
  }
  if (dryRun) {
    process.stdout.write(`Would change ${changes.length} resources, none of which holds data\n`);
    return exitStatus.go;
  }
  const { up } = await import("../up/up.ts");
  return up({ stack, yes, commit: id }, [], projectDir);
}

/** A new one has nothing in it yet. */
function holdsData({ operation, type }: Change): boolean {
  return operation !== "create" && typesWithState.has(type);
}

async function plannedChanges(stack: string): Promise<readonly Change[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "readiness-rollback-"));
  try {
    const events = join(folder, "events.jsonl");
    if ((await runPreview(stack, [], events)) !== 0) return undefined;
    const plan = readPlan(events);
    return plan.complete ? plan.changes : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
