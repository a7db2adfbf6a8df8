import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Declaration } from "../../../model/declaration.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";

/**
 * What the fixtures' stacks declare, from the embedded engine. It runs in a process of its own, where Node.js
 * loads the program natively, as it does for users.
 */
export const fixtureStacks: Readonly<Record<"prod" | "staging", readonly Registration[]>> =
  printed("print-fixture-stacks.ts");

export interface VariantStack {
  readonly registrations: readonly Registration[];
  readonly declared: Declaration;
}

/** What variants of them declare, and what their config says of their parts, by title. */
export function variantStacks(titles: readonly string[]): Readonly<Record<string, VariantStack>> {
  return printed("print-variant-stacks.ts", ...new Set(titles));
}

function printed<T>(script: string, ...args: readonly string[]): T {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, script), ...args], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(output);
}
