/** The preview that `preview` shows and `up` asks about. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPlan } from "../plan/plan.ts";
import { movedShifts, shiftLines } from "../plan/shifts.ts";
import { eventLog, runPulumi } from "./pulumi-cli.ts";
import { policyPack } from "./target.ts";

/**
 * Runs `pulumi preview` with the pack, and says whose shift the update would move.
 * @param events the file for the engine's events; one that is thrown away where absent
 */
export async function runPreview(
  stack: string,
  pulumiArgs: readonly string[],
  events?: string,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "readiness-preview-"));
  const log = events ?? join(folder, "events.jsonl");
  try {
    const args = ["preview", "--stack", stack, "--policy-pack", policyPack, "--event-log", log];
    const status = await runPulumi([...args, ...pulumiArgs], eventLog);
    if (status === 0 && existsSync(log)) printShifts(log);
    return status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printShifts(log: string): void {
  const lines = shiftLines(movedShifts(readPlan(log), new Date()));
  if (lines.length > 0)
    process.stdout.write(`\nWho is on call changes\n${lines.map((l) => `  ${l}\n`).join("")}`);
}
