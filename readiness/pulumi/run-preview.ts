/** The preview that `preview` shows and `up` asks about. */
import { eventLog, runPulumi } from "./pulumi-cli.ts";
import { policyPack } from "./target.ts";

/** Runs `pulumi preview` with the pack; `events` is the file for the engine's events. */
export function runPreview(stack: string, pulumiArgs: readonly string[], events?: string): Promise<number> {
  const args = ["preview", "--stack", stack, "--policy-pack", policyPack];
  return events === undefined
    ? runPulumi([...args, ...pulumiArgs])
    : runPulumi([...args, "--event-log", events, ...pulumiArgs], eventLog);
}
