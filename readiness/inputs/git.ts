/** What git knows of a folder, for files and people that must be those of a commit. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "../errors.ts";

const execute = promisify(execFile);
const limits = { maxBuffer: 256 * 1024 * 1024 };

/**
 * A file as it is in a commit, whatever stands in the folder; nothing where the commit has no such file.
 * @param path relative to the folder
 */
export async function committedFile(
  folder: string,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const found = await git(folder, ["ls-tree", "--name-only", commit, "--", path]);
  return found.trim() === "" ? undefined : git(folder, ["show", `${commit}:./${path}`]);
}

/** Whether its history is cut off somewhere. */
export async function isShallow(folder: string): Promise<boolean> {
  return (await git(folder, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
}

/**
 * E-mail addresses of who wrote the commits after `since` up to `commit`, co-authors included.
 * @param since what is deployed now; every commit counts where there is nothing
 */
export async function authorsOf(
  folder: string,
  commit: string,
  since: string | undefined,
): Promise<readonly string[]> {
  const format = "--format=%aE%n%(trailers:key=Co-authored-by,valueonly)";
  const range = since === undefined ? [commit] : [commit, `^${since}`];
  const log = await git(folder, ["log", format, ...range, "--"]);
  const addresses = log
    .split("\n")
    .map((line) => (/<([^<>]*)>\s*$/.exec(line)?.[1] ?? line).trim().toLowerCase())
    .filter((address) => address !== "");
  return [...new Set(addresses)].sort();
}

/** Variables by which git would look at another repository, and objects in the place of a commit's own. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const local =
    /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_\w+|GRAFT_FILE|\w*PATHSPECS)$/;
  const env = Object.entries(process.env).filter(([name]) => !local.test(name));
  return { ...Object.fromEntries(env), GIT_NO_REPLACE_OBJECTS: "1", GIT_OPTIONAL_LOCKS: "0" };
}

/**
 * What git prints.
 * @throws UsageError with its first line where it fails
 */
export async function git(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input = "",
): Promise<string> {
  try {
    const options = { cwd: folder, env: { ...gitEnvironment(), ...env }, ...limits };
    const running = execute("git", args, options);
    // It may end without having read everything; its status says why.
    running.child.stdin?.on("error", () => {});
    running.child.stdin?.end(input);
    return (await running).stdout;
  } catch (error) {
    const { code, stderr } = Object(error);
    if (code === "ENOENT") throw new UsageError(`git is not installed, or there is no folder ${folder}`);
    const command = args.find((arg) => /^[a-z]+(-[a-z]+)*$/.test(arg));
    throw new UsageError(`git ${command} in ${folder}: ${String(stderr).trim().split("\n")[0]}`);
  }
}
