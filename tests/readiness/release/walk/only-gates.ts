/** A world in which gates are asked in earnest, and commands only seem to run: test equipment. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { assess } from "../../../../readiness/assess.ts";
import type { World } from "../../../../readiness/release/walk/world.ts";
import { thisProcess } from "../../../../readiness/terminal/owner.ts";

/** @returns it, and the command lines as they are carried out, in short */
export function onlyGates(now: Date): { readonly world: World; readonly commands: readonly string[] } {
  const commands: string[] = [];
  const world: World = {
    assess,
    clock: () => now,
    env: {},
    execute: (args, keep) => {
      commands.push(args.slice(0, 5).join(" "));
      if (keep !== undefined) {
        mkdirSync(dirname(keep), { recursive: true });
        writeFileSync(keep, "well\n");
      }
      return { process: { ...thisProcess(), pid: 2 ** 22 + 1 }, ended: Promise.resolve(0) };
    },
  };
  return { world, commands };
}
