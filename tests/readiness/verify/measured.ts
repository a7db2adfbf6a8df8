/** Verifies a site in a process of its own, and tells the most memory that it ever had, in MB. */
import { verified } from "./healthy.ts";

const [, , url = ""] = process.argv;
await verified({ url, stack: "staging", samples: 2 });
process.send?.(process.resourceUsage().maxRSS / 1024);
