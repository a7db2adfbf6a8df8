import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Registration } from "../../../readiness/engine/registration.ts";

/**
 * What the fixtures' stacks declare, from the embedded engine. It runs in a process of its own, where Node.js
 * loads the program natively, as it does for users.
 */
export const fixtureStacks: Readonly<Record<"prod" | "staging", readonly Registration[]>> = JSON.parse(
  execFileSync(process.execPath, [join(import.meta.dirname, "print-fixture-stacks.ts")], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  }),
);
