/** Watches over a process that fuzzes: one that hangs at an input, or is gone, has found something too. */
import { fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome } from "./campaign.ts";
import type { Order } from "./child.ts";

const child = join(import.meta.dirname, "child.ts");
const lookMilliseconds = 1_000;

/** @param hangMilliseconds how long one input may take */
export async function watched(order: Omit<Order, "pending">, hangMilliseconds: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  const pending = join(folder, "input.json");
  const process = fork(child, [JSON.stringify({ ...order, pending })], {
    env: { ...globalThis.process.env, TMPDIR: folder },
  });
  let outcome: Outcome | undefined;
  process.on("message", (message) => {
    outcome = message as Outcome;
  });
  let hung = false;
  const timer = setInterval(() => {
    const since = statSync(pending, { throwIfNoEntry: false })?.mtimeMs;
    if (since === undefined || Date.now() - since < hangMilliseconds) return;
    hung = true;
    process.kill("SIGKILL");
  }, lookMilliseconds);
  const [status, signal] = await new Promise<[number | null, string | null]>((closed) =>
    process.once("close", (...end) => closed(end)),
  );
  clearInterval(timer);
  const input: unknown = existsSync(pending) ? JSON.parse(readFileSync(pending, "utf8")) : null;
  rmSync(folder, { recursive: true, force: true });
  if (outcome) return outcome;
  const fault = hung
    ? `no end within ${hangMilliseconds / 1000} s`
    : `the process is gone: ${signal ?? status}`;
  return { runs: 0, finding: { fault, input } };
}
