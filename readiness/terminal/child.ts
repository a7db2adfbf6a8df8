/** A process that does a command's work, and how it is told to stop. */
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { UsageError } from "../errors.ts";

/** Cancels a process once, gracefully, and stays until it has ended. */
export function passOnSignals(child: ChildProcess, onTerminal: boolean): void {
  let told = false;
  const tell = (signal: NodeJS.Signals) => {
    const heard = onTerminal && signal === "SIGINT";
    if (!told && !heard) child.kill(signal);
    told = true;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, tell);
    child.once("close", () => process.off(signal, tell));
  }
}

/** How a process ended: its status, or 128 and the signal's number where a signal ended it. */
export function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`${child.spawnfile} cannot be started (${error.code})`)),
    );
    child.once("close", (status, signal) =>
      resolve(status ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}
