/** The verdict of a stack as the command line computes it, for those who decide whether an update may begin. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Of the JSON report, what decides. */
interface Standing {
  readonly stacks: readonly { readonly verdict: string; readonly reasons: readonly string[] }[];
}

/** What is waived is signed for: a sign-off is bound to the waivers, too. */
const mayBegin: readonly string[] = ["GO", "CONDITIONAL"];

/** Whether an update of production may begin with this verdict. */
export function allowsUpdate(verdict: string): boolean {
  return mayBegin.includes(verdict);
}

const cli = join(import.meta.dirname, "../readiness/cli.ts");

/**
 * Asks whether a stack may be updated now. The command line runs in a process of its own: whatever has been loaded or
 * configured here has no part in its answer.
 * @param projectDir folder of `Pulumi.yaml`
 * @returns what stands in its way; nothing where the verdict allows it
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
  if (report && allowsUpdate(report.verdict)) return undefined;
  if (!report) return `its readiness could not be computed: ${stderr.trim()}.`;
  return `its verdict is ${report.verdict}. ${report.reasons.join(" ")}`;
}
