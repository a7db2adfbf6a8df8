/** Whose a file is that shall not outlive the process that made it: a lock, a copy that is not finished yet. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as its system counts: a later process with the same number has another one. */
  readonly start: string;
}

export function thisProcess(): Owner {
  return ownerOf(process.pid);
}

/** @param pid of a process on this host */
export function ownerOf(pid: number): Owner {
  return { pid, host: hostname(), start: startOf(pid) };
}

/** Whether the process is no more, as far as can be told from this host. */
export function isGone({ pid, host, start }: Owner): boolean {
  return host === hostname() && startOf(pid) !== start;
}

/** Nothing but digits; empty where there is no such process, or no way to ask. */
function startOf(pid: number): string {
  if (process.platform === "linux") {
    // The name of the program stands in brackets, and may hold blanks and brackets: proc(5).
    const [, fields = ""] = /\) (.*)$/s.exec(read(() => readFileSync(`/proc/${pid}/stat`, "utf8"))) ?? [];
    return fields.split(" ")[19] ?? "";
  }
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const options = { encoding: "utf8" as const, env };
  const said = read(() => execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`], options));
  return said.trim() === "" ? "" : `${Date.parse(`${said.trim()} UTC`)}`;
}

function read(text: () => string): string {
  try {
    return text();
  } catch {
    return "";
  }
}
