/** `preview`: what an update would do, with the policy pack, and the readiness verdict beside it. */
import { eventLog, runPulumi } from "./pulumi.ts";
import { assessOffline, printStanding } from "./standing.ts";
import { policyPack, reach } from "./target.ts";

export interface PreviewOptions {
  readonly stack: string;
  /** File for the engine's events, a JSON object a line: what `comment` reads. */
  readonly events?: string;
}

/**
 * Previews a stack.
 * @param pulumiArgs passed on to `pulumi preview`
 * @returns the exit status of Pulumi: a verdict decides nothing here
 */
export async function preview(
  options: PreviewOptions,
  pulumiArgs: readonly string[],
  projectDir: string,
): Promise<number> {
  const { stack, events } = options;
  reach(projectDir, stack);
  const report = await assessOffline(projectDir, stack);
  const status = await runPreview(stack, pulumiArgs, events);
  printStanding(report);
  return status;
}

/** Runs `pulumi preview` with the pack; `events` is the file for the engine's events. */
export function runPreview(stack: string, pulumiArgs: readonly string[], events?: string): Promise<number> {
  const args = ["preview", "--stack", stack, "--policy-pack", policyPack];
  return events === undefined
    ? runPulumi([...args, ...pulumiArgs])
    : runPulumi([...args, "--event-log", events, ...pulumiArgs], eventLog);
}
