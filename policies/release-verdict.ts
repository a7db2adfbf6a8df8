/** The verdict of a stack as the command line computes it, for those who decide whether an update may begin. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Of the JSON report, what decides. */
interface Standing {
  readonly stacks: readonly {
    readonly verdict: string;
    readonly reasons: readonly string[];
    readonly findings?: readonly {
      readonly by: string;
      readonly urn: string | null;
      readonly waiver: number | null;
    }[];
  }[];
}

/** What is waived is signed for: a sign-off is bound to the waivers, too. */
const mayBegin: readonly string[] = ["GO", "CONDITIONAL"];

/** Whether an update of production may begin with this verdict. */
export function allowsUpdate(verdict: string): boolean {
  return mayBegin.includes(verdict);
}

/**
 * Asks whether a stack may be updated now. The command line runs in a process of its own: whatever has been loaded or
 * configured here has no part in its answer.
 * @param projectDir folder of `Pulumi.yaml`
 * @param config what Pulumi has handed over, where that does not stand in the environment already
 * @returns what stands in its way; nothing where the verdict allows it
 */
export function objectionTo(
  projectDir: string,
  stack: string,
  config?: Readonly<Record<string, string>>,
): string | undefined {
  const standing = standingOf(projectDir, stack, config && { PULUMI_CONFIG: JSON.stringify(config) });
  if (typeof standing === "string") return `its readiness could not be computed: ${standing}.`;
  if (allowsUpdate(standing.verdict)) return undefined;
  return `its verdict is ${standing.verdict}. ${standing.reasons.join(" ")}`;
}

/** What a rule has found of a resource, as one text; of the stack where there is no resource. */
export function findingKey(by: string, urn: string | null | undefined): string {
  return `${by} ${urn ?? ""}`;
}

/**
 * The failures for which a team has signed: a preview and an update go on with them as with CONDITIONAL itself.
 * @param projectDir folder of `Pulumi.yaml`; without waivers.yaml nothing is asked
 * @returns the keys of those that hold
 */
export function waivedIn(projectDir: string, stack: string): ReadonlySet<string> {
  if (!existsSync(join(projectDir, "waivers.yaml"))) return new Set();
  const standing = standingOf(projectDir, stack);
  const findings = typeof standing === "string" ? [] : (standing.findings ?? []);
  return new Set(findings.filter(({ waiver }) => waiver !== null).map(({ by, urn }) => findingKey(by, urn)));
}

/** The stack's report, or why there is none. */
function standingOf(
  projectDir: string,
  stack: string,
  env: Readonly<Record<string, string>> = {},
): Standing["stacks"][number] | string {
  const cli = join(import.meta.dirname, "../readiness/cli.mjs");
  const args = ["check", "--stack", stack, "--for", "update", "--format", "json"];
  const { stdout, stderr, error } = spawnSync(process.execPath, [cli, ...args], {
    cwd: projectDir,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error || stdout === "") return error?.message ?? stderr.trim();
  const [report] = (JSON.parse(stdout) as Standing).stacks;
  return report ?? stderr.trim();
}
