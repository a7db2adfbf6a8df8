/** Verifies a site in a process of its own, and tells the most memory that it ever had, in MB. */
import { existsSync, readFileSync } from "node:fs";
import { verified } from "./healthy.ts";

const [, , url = ""] = process.argv;
await verified({ url, stack: "staging", samples: 2 });
process.send?.(mostKilobytes() / 1024);

/** Linux counts to a process's own what its parent had when it was made: getrusage(2), `ru_maxrss`, kept by execve. */
function mostKilobytes(): number {
  const status = "/proc/self/status";
  const said = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8")) : null;
  return said ? Number(said[1]) : process.resourceUsage().maxRSS;
}
