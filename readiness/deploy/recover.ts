/** `recover`: after an interrupted update, says what it left open and hands over to Pulumi, which settles it. */
import { explainPending, readPendingCreates } from "./pending.ts";
import { runPulumi } from "./pulumi.ts";
import { reach } from "./target.ts";

/**
 * Settles what an interrupted update left open.
 * @param pulumiArgs passed on to `pulumi refresh`
 * @returns the exit status of Pulumi
 * @throws UsageError where the stack's state cannot be read
 */
export async function recover(
  { stack }: { readonly stack: string },
  pulumiArgs: readonly string[],
  projectDir: string,
): Promise<number> {
  const spec = reach(projectDir, stack);
  const pending = await readPendingCreates(stack);
  const text =
    pending.length > 0 ? explainPending(pending, spec) : `${stack} has no resource that may exist or not.`;
  process.stdout.write(`${text}\n\n`);
  return runPulumi(["refresh", "--stack", stack, ...pulumiArgs]);
}
