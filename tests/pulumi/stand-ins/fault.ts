/** Makes a stand-in refuse, die or hang, or kills the engine, at the n-th change over all packages: test equipment. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

export interface Fault {
  /** Which call: 1 is the first create, update or delete of the run. */
  readonly call: number;
  /** Before or after the cloud has done what was asked. */
  readonly moment: "before" | "after";
  /**
   * - `error`: the call fails; after the cloud's work, that is an answer lost on its way
   * - `die`: the provider's process is killed
   * - `hang`: the call ends only when the engine cancels it
   * - `kill`: the engine's process is killed
   */
  readonly kind: "error" | "die" | "hang" | "kill";
}

/** Plans a fault for the next run, in which calls are counted anew; without one nothing goes wrong. */
export function planFault(directory: string, fault?: Fault): void {
  rmSync(join(directory, "calls"), { recursive: true, force: true });
  writeFileSync(join(directory, "fault.json"), JSON.stringify(fault ?? null));
}

/** Numbers a call; calls of several processes at once get different numbers. */
export function numberCall(directory: string): number {
  const calls = join(directory, "calls");
  mkdirSync(calls, { recursive: true });
  for (let call = 1; ; call += 1) {
    try {
      closeSync(openSync(join(calls, String(call)), "wx"));
      return call;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** How many calls there were since the last plan. */
export function countCalls(directory: string): number {
  return readdirSync(join(directory, "calls")).length;
}

/**
 * Strikes where a fault is due.
 * @param hang what a call that hangs waits for
 */
export async function strike(
  directory: string,
  call: number,
  moment: Fault["moment"],
  hang: () => Promise<never>,
): Promise<void> {
  const file = join(directory, "fault.json");
  const fault = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Fault | null) : null;
  if (fault?.call !== call || fault.moment !== moment) return;
  switch (fault.kind) {
    case "error":
      throw new Error(`planned fault: no answer to call ${call}`);
    case "die":
      return end(process.pid);
    case "kill":
      return end(process.ppid);
    case "hang":
      return await hang();
  }
}

/** Kills a process, and waits for that to show. */
function end(pid: number): Promise<never> {
  process.kill(pid, "SIGKILL");
  return new Promise(() => {});
}
