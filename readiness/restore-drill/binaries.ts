/** PostgreSQL's programs on this machine: of PATH, or where packages put them. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { UsageError } from "../errors.ts";

export interface Binaries {
  readonly folder: string;
  readonly major: number;
}

/** Debian's and Red Hat's packages, Homebrew's. */
const places = [
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/opt/homebrew/opt/postgresql@*/bin",
  "/usr/local/opt/postgresql@*/bin",
];

const programs = ["initdb", "postgres", "pg_dump", "pg_dumpall", "pg_restore", "psql", "pg_verifybackup"];

/** All that are there, the newest first. */
export function installed(env: NodeJS.ProcessEnv = process.env): readonly Binaries[] {
  const onPath = (env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "postgres"));
  // A link leads to where the others are.
  const real = onPath.filter((path) => existsSync(path)).map((path) => dirname(realpathSync(path)));
  const found = [...new Set([...real, ...places.flatMap((place) => globSync(place))])]
    .filter((folder) => programs.every((program) => existsSync(join(folder, program))))
    .flatMap((folder) => {
      const major = majorOf(folder);
      return major === undefined ? [] : [{ folder, major }];
    });
  return found.sort((a, b) => b.major - a.major);
}

/**
 * @param major the only one that will do; the newest where absent
 * @throws UsageError where there is none
 */
export function binaries(major?: number): Binaries {
  const all = installed();
  const found = major === undefined ? all[0] : all.find((one) => one.major === major);
  if (found) return found;
  const there = all.length > 0 ? `, there is ${all.map((one) => one.major).join(", ")}` : "";
  throw new UsageError(
    `PostgreSQL${major === undefined ? "" : ` ${major}`} is not on this machine${there}: nothing can be restored without its server; install it (apt-get install postgresql), or put its programs on PATH`,
  );
}

/**
 * The oldest that reads what a server of that version wrote: PostgreSQL's programs understand their elders.
 * @throws UsageError where there is none
 */
export function atLeast(major: number | undefined): Binaries {
  const found = major === undefined ? undefined : installed().findLast((one) => one.major >= major);
  return found ?? binaries(major);
}

function majorOf(folder: string): number | undefined {
  try {
    const said = execFileSync(join(folder, "postgres"), ["--version"], { encoding: "utf8" });
    return Number(/\b(\d+)(?:\.\d+|devel|beta|rc)/.exec(said)?.[1]) || undefined;
  } catch {
    return undefined;
  }
}
