/** What git knows of a folder, for files and people that must be those of a commit. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "../errors.ts";

const execute = promisify(execFile);
const limits = { maxBuffer: 64 * 1024 * 1024 };

/**
 * A file as it is in a commit, whatever stands in the folder; nothing where the commit has no such file.
 * @param path relative to the folder
 */
export async function committedFile(
  folder: string,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const { stdout: found } = await git(folder, ["ls-tree", "--name-only", commit, "--", path]);
  if (found.trim() === "") return undefined;
  return (await git(folder, ["show", `${commit}:./${path}`])).stdout;
}

/** Files that differ from the checked-out commit, or are not in it; those that git ignores do not count. */
export async function changedFiles(folder: string): Promise<readonly string[]> {
  const { stdout } = await git(folder, ["status", "--porcelain", "-z", "--no-renames", "--", "."]);
  return stdout
    .split("\0")
    .filter(Boolean)
    .map((line) => line.slice(3));
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
  const { stdout } = await git(folder, ["log", format, ...range, "--"]);
  const addresses = stdout
    .split("\n")
    .map((line) => (/<([^<>]*)>\s*$/.exec(line)?.[1] ?? line).trim().toLowerCase())
    .filter((address) => address !== "");
  return [...new Set(addresses)].sort();
}

async function git(folder: string, args: readonly string[]): Promise<{ readonly stdout: string }> {
  try {
    return await execute("git", args, { cwd: folder, ...limits });
  } catch (error) {
    const { code, stderr } = Object(error);
    if (code === "ENOENT") throw new UsageError(`git is not installed, or there is no folder ${folder}`);
    throw new UsageError(`git ${args[0]}: ${String(stderr).trim().split("\n")[0]}`);
  }
}
