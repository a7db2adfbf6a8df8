/** `up`: preview, verdict, question, and then exactly what was previewed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allowsUpdate } from "../../policies/release-verdict.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { changedSince, treeDigest } from "../inputs/tree-digest.ts";
import { ask, assertCommit, assertConsent, type Situation } from "../pulumi/approval.ts";
import { readPendingCreates } from "../pulumi/pending-creates.ts";
import { explainPending } from "../pulumi/pending-text.ts";
import { eventLog, runPulumi } from "../pulumi/pulumi-cli.ts";
import { runPreview } from "../pulumi/run-preview.ts";
import { assessOffline, printStanding } from "../pulumi/standing.ts";
import { policyPack, reach } from "../pulumi/target.ts";
import { explainFailed, failedCreates } from "./failed-creates.ts";

export interface UpOptions {
  readonly stack: string;
  /** Do not ask. */
  readonly yes: boolean;
  /** The commit that was approved, as a full id. */
  readonly commit?: string;
}

const refused = exitStatus.noGo;

/**
 * Updates a stack.
 * @param pulumiArgs passed on to `pulumi preview` and `pulumi up`
 * @param assess what the stack has to show for itself
 * @returns the exit status: 1 for an update that was refused or declined, 3 where production is undetermined, 2 for
 * bad usage or config, otherwise Pulumi's own
 * @throws UsageError
 */
export async function up(
  options: UpOptions,
  pulumiArgs: readonly string[],
  projectDir: string,
  assess: typeof assessOffline = assessOffline,
): Promise<number> {
  const { stack, yes, commit } = options;
  const spec = reach(projectDir, stack);
  const situation: Situation = {
    stack: spec.stack,
    tier: spec.tier,
    terminal: process.stdin.isTTY === true,
    ci: process.env["CI"] === "true",
  };
  assertConsent({ yes, commit }, situation);
  if (commit !== undefined) await assertCommit(commit, projectDir);

  const judged = await treeDigest(projectDir);
  const report = await assess(projectDir, spec.stack, "update");
  if (spec.tier === "production" && !allowsUpdate(report.verdict)) {
    printStanding(report);
    process.stderr.write(`${stack} is not deployed: its verdict is ${report.verdict}.\n`);
    return report.verdict === "NO-GO" ? refused : exitStatus.undetermined;
  }
  const pending = await readPendingCreates(stack);
  if (pending.length > 0) {
    process.stderr.write(`${explainPending(pending, spec)}\n`);
    return refused;
  }

  const folder = mkdtempSync(join(tmpdir(), "readiness-plan-"));
  try {
    const plan = join(folder, "plan.json");
    const previewed = await runPreview(stack, ["--save-plan", plan, ...pulumiArgs]);
    printStanding(report);
    if (previewed !== 0) return previewed;
    if (!yes && !(await ask("deploy this to", situation))) {
      process.stdout.write("Nothing was deployed.\n");
      return refused;
    }
    // A preview takes minutes, and an answer may take hours.
    const changed = changedSince(judged, await treeDigest(projectDir));
    if (changed !== undefined) {
      throw new UsageError(`${stack} is not deployed: ${changed} has changed since the verdict; run again`);
    }
    const args = [
      "up",
      "--stack",
      stack,
      "--policy-pack",
      policyPack,
      "--plan",
      plan,
      "--skip-preview",
      "--yes",
    ];
    const events = join(folder, "events.jsonl");
    const status = await runPulumi([...args, "--event-log", events, ...pulumiArgs], eventLog);
    if (status !== 0) process.stderr.write(explainFailed(stack, failedCreates(events)));
    return status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
