/** Runs the command line as a user does, in the fixtures' project or in a small one made for a test. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

export const project = dirname(dirname(import.meta.dirname));
/** This project with stack files of the tests' own, for production and staging: a team changes the shipped ones. */
export const fixtures = join(project, "tests/fixtures");

/** What a process under test has of this one's environment: the programs, and where code is kept compiled. */
export const { PATH, NODE_COMPILE_CACHE } = process.env;

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What standard input holds; nothing where absent. */
  readonly input?: string;
  /** Nobody reads standard output. */
  readonly closed?: boolean;
  /** Folder of a project whose command line it is. */
  readonly cli?: string;
}

/** Runs `readiness/cli.ts`; its streams are pipes. */
export function run(
  args: readonly string[],
  { cwd = fixtures, env = {}, input = "", closed, cli = project }: RunOptions = {},
): Promise<Run> {
  const child = spawn(process.execPath, [join(cli, "readiness/cli.ts"), ...args], {
    cwd,
    env: { PATH, NODE_COMPILE_CACHE, ...env },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  child.stdin.end(input);
  if (closed) child.stdout.destroy();
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, ...output })));
}

/**
 * A temporary project with the fixtures' stack files, to change.
 * @param program what it declares; as much as this project where absent
 */
export function makeProject(program?: string): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "readiness-"));
  for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.staging.yaml"]) {
    cpSync(join(fixtures, file), join(folder, file));
  }
  cpSync(join(project, "package.json"), join(folder, "package.json"));
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const main = program === undefined ? relative(folder, join(project, "index.ts")) : "index.ts";
  edit(join(folder, "Pulumi.yaml"), /^main: .*$/m, `main: ${main}`);
  if (program !== undefined) writeFileSync(join(folder, "index.ts"), program);
  return folder;
}

/** Changes a file of a project; a change that changes nothing is a mistake in the test. */
export function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`nothing to replace in ${file}`);
  writeFileSync(file, edited);
}
