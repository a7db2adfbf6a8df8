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
  /** Which call: 1 is the first create, update or delete of the run; or the first for a resource, by its URN. */
  readonly call: number | string;
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

/** Thrown by a call whose answer was lost on its way. */
export class LostAnswer extends Error {}

/** Plans faults for the next run, in which calls are counted anew; without one nothing goes wrong. */
export function planFaults(directory: string, faults: readonly Fault[]): void {
  for (const record of ["calls", "struck"]) rmSync(join(directory, record), { recursive: true, force: true });
  writeFileSync(join(directory, "faults.json"), JSON.stringify(faults));
}

/** Numbers a call; calls of several processes at once get different numbers. */
export function numberCall(directory: string): number {
  for (let call = 1; ; call += 1) if (isFirst(directory, "calls", String(call))) return call;
}

/** Whether nobody, of several processes at once, has put the name down before. */
function isFirst(directory: string, record: string, name: string): boolean {
  mkdirSync(join(directory, record), { recursive: true });
  try {
    closeSync(openSync(join(directory, record, encodeURIComponent(name)), "wx"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
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
  call: { readonly number: number; readonly urn: string },
  moment: Fault["moment"],
  hang: () => Promise<never>,
): Promise<void> {
  const file = join(directory, "faults.json");
  const planned = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly Fault[]) : [];
  const fault = planned.find(({ call: due, moment: when }) => {
    return when === moment && (due === call.number || due === call.urn);
  });
  // Of a resource there may be other calls.
  if (!fault || (fault.call === call.urn && !isFirst(directory, "struck", call.urn))) return;
  switch (fault.kind) {
    case "error":
      throw new LostAnswer(`planned fault: no answer to call ${call.number}`);
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
