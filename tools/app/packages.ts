/** The app's packages and its build, made where they are not there or not of these sources. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runToEnd } from "./child.ts";

export const appFolder = join(import.meta.dirname, "../../examples/app");

type Say = (text: string) => void;

/** By the lockfile, without scripts. */
export async function install(folder: string, say: Say): Promise<void> {
  const wanted = digest([join(folder, "package-lock.json")]);
  const mark = join(folder, "node_modules/.installed-from");
  if (isOf(mark, wanted)) return;
  say("installing packages, once");
  const [program, ...before] = npm();
  await runToEnd(program, [...before, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  writeFileSync(mark, wanted);
}

/** The npm that runs us, where one does: on Windows there is none of that name to start. */
function npm(): readonly [string, ...string[]] {
  const { npm_execpath: script } = process.env;
  return script?.endsWith(".js") ? [process.execPath, script] : ["npm"];
}

const buildMark = join(appFolder, ".next/built-from");

/** Why a test with the app would have to install or build first; nothing where it would not. */
export function appMissing(): string | undefined {
  return isOf(buildMark, digest(sources(appFolder)))
    ? undefined
    : "The example app is not built: .ci/app or npm run app builds it";
}

const isOf = (mark: string, wanted: string) => existsSync(mark) && readFileSync(mark, "utf8") === wanted;

export async function build(say: Say): Promise<void> {
  if (appMissing() === undefined) return;
  say("building, once for these sources");
  await runToEnd(process.execPath, [nextProgram, "build"], {
    cwd: appFolder,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", QUICK_BUILD: "1" },
  });
  markBuilt();
}

/** Of the build that is there: it is of these sources. */
export function markBuilt(): void {
  writeFileSync(buildMark, digest(sources(appFolder)));
}

export const nextProgram = join(appFolder, "node_modules/next/dist/bin/next");

/** Neither what was made nor what a build does not read. */
const left = [
  ...["node_modules", ".next", "next-env.d.ts", "coverage", "test-results"],
  ...["tests", "vitest.config.ts", "db", "README.md"],
];

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !left.includes(name) && !name.endsWith(".tsbuildinfo"))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sources(path) : [path];
    })
    .sort();
}

function digest(files: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}
