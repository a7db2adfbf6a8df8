/** `preview`: what an update would do, with the policy pack, and the readiness verdict beside it. */
import { runPreview } from "../pulumi/run-preview.ts";
import { assessOffline, printStanding } from "../pulumi/standing.ts";
import { reach } from "../pulumi/target.ts";

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
  const spec = reach(projectDir, stack);
  const report = await assessOffline(projectDir, spec.stack, "change");
  const status = await runPreview(stack, pulumiArgs, events);
  printStanding(report);
  return status;
}
