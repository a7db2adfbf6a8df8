/** Runs a command and watches what it and every process it starts take of time and memory. Memory needs Linux. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";

/** Between two looks at memory. A peak that is shorter is missed, on either side alike. */
const intervalMs = 20;

export interface Watched<Group extends string> {
  readonly ms: number;
  readonly status: number | null;
  readonly output: string;
  /** The most megabytes that were resident at one time, in the processes of each group together. */
  readonly peakMb: Readonly<Record<Group, number>>;
}

/** Runs a command to its end. @param groups which processes count together, by their command lines */
export async function watch<Group extends string>(
  [command = "", ...args]: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
  groups: Readonly<Record<Group, (commandLine: string) => boolean>>,
): Promise<Watched<Group>> {
  const started = performance.now();
  // A session of its own: its id finds every process that descends from it.
  const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const take = (text: Buffer) => {
    output += text;
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const names = Object.keys(groups) as Group[];
  const peakMb = Object.fromEntries(names.map((name) => [name, 0])) as Record<Group, number>;
  const timer = setInterval(() => {
    const processes = sessionOf(child.pid ?? 0);
    for (const name of names) {
      const members = processes.filter((p) => groups[name](p.commandLine));
      peakMb[name] = Math.max(peakMb[name], sum(members.map((p) => p.residentMb)));
    }
  }, intervalMs);
  const stop = () => child.pid !== undefined && process.kill(-child.pid);
  process.once("exit", stop);
  try {
    const [status] = await once(child, "close");
    return { ms: performance.now() - started, status, output, peakMb };
  } finally {
    clearInterval(timer);
    process.off("exit", stop);
  }
}

interface Process {
  readonly commandLine: string;
  readonly residentMb: number;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** proc_pid_stat(5): the session is the sixth field; the second is in brackets and may hold anything. */
function sessionOf(id: number): readonly Process[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const stat = read(pid, "stat");
    if (Number(stat.slice(stat.lastIndexOf(")")).split(" ")[4]) !== id) return [];
    const residentKb = /^VmRSS:\s*(\d+) kB$/m.exec(read(pid, "status"))?.[1];
    return [
      { commandLine: read(pid, "cmdline").replaceAll("\0", " "), residentMb: Number(residentKb ?? 0) / 1024 },
    ];
  });
}

/** Nothing of a process that has ended meanwhile. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
