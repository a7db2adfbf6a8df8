/** The verdict of a stack as the command line computes it, for those who must not let an update begin without GO. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Of the JSON report, what decides. */
interface Standing {
  readonly stacks: readonly { readonly verdict: string; readonly reasons: readonly string[] }[];
}

const cli = join(import.meta.dirname, "../readiness/cli.ts");

/**
 * Asks whether a stack may be updated now. The command line runs in a process of its own: whatever has been loaded or
 * configured here has no part in its answer.
 * @param projectDir folder of `Pulumi.yaml`
 * @returns what stands in its way; nothing where the verdict is GO
 */
export function objectionTo(projectDir: string, stack: string): string | undefined {
  const args = ["check", "--stack", stack, "--for", "update", "--format", "json"];
  const { stdout, stderr, error } = spawnSync(process.execPath, [cli, ...args], {
    cwd: projectDir,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error || stdout === "") {
    return `its readiness could not be computed: ${error?.message ?? stderr.trim()}.`;
  }
  const [report] = (JSON.parse(stdout) as Standing).stacks;
  if (report?.verdict === "GO") return undefined;
  if (!report) return `its readiness could not be computed: ${stderr.trim()}.`;
  return `its verdict is ${report.verdict}. ${report.reasons.join(" ")}`;
}
