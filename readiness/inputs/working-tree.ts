/**
 * Whether what lies in a folder is its commit. Asked of the commit itself: git's index can be told to take a changed file
 * for unchanged, and `.git/info` to hide what no commit knows.
 */
import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { git } from "./git.ts";
import { within } from "./within.ts";

export interface Difference {
  /** From the repository's folder on. */
  readonly path: string;
  readonly untracked: boolean;
  /** Such as `differs from the commit`. */
  readonly how: string;
}

/** Settings of a repository by which it would look at less, or at another folder. */
const plain = ["fsmonitor=false", "untrackedCache=false", "sparseCheckout=false", "ignoreStat=false"].flatMap(
  (setting) => ["-c", `core.${setting}`],
);

/** What desktops and editors leave everywhere, which their users let git ignore for themselves. */
const litter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\.(idea|vscode)\/.*|[^/]*~|\.[^/]*\.sw[op])$/;

/**
 * What is in a working tree and not in the commit, or otherwise than there. Files do not count that a `.gitignore` of
 * the commit names; what `.git/info/exclude` or a user's settings name does.
 * @param folder in the repository
 * @param commit full id of the commit that is checked out
 * @throws UsageError where git cannot tell
 */
export async function differences(folder: string, commit: string): Promise<readonly Difference[]> {
  const root = (await git(folder, ["rev-parse", "--show-toplevel"])).trim();
  if (!within(realpathSync(root), realpathSync(folder))) {
    throw new UsageError(`git looks at ${root} in place of ${folder}: unset core.worktree there`);
  }
  const scratch = mkdtempSync(join(tmpdir(), "readiness-index-"));
  try {
    const ask = (...args: readonly string[]) =>
      git(root, [...plain, ...args], { GIT_INDEX_FILE: join(scratch, "index") });
    await ask("read-tree", commit);
    const [status, unknown, ignoring, modules] = [
      await ask(
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=no",
        "--ignore-submodules=none",
      ),
      await ask("ls-files", "-z", "--others", "--exclude-per-directory=.gitignore"),
      // One that ignores itself.
      await ask(
        "ls-files",
        "-z",
        "--others",
        "--directory",
        "--exclude=node_modules",
        "--",
        ":(glob)**/.gitignore",
      ),
      await ask("ls-files", "-z", "--stage"),
    ];
    const changed = parts(status).map((line) => line.slice(3));
    const untracked = [...new Set([...parts(unknown), ...parts(ignoring)])].filter((p) => !litter.test(p));
    return [
      ...changed.map((path) => ({ path, untracked: false, how: "differs from the commit" })),
      ...untracked.map((path) => ({ path, untracked: true, how: "is not tracked by git" })),
      ...(await attributesOf(root)),
      ...(await inModules(root, modules)),
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** What a report or a list may be called that somebody wrote beside the project: nothing reads it. */
const note = /^(?!(package|tsconfig|Pulumi)\b)[^./][^/]*$/;
const code = /\.([cm]?[jt]sx?|node|wasm|ya?ml)$/;

/**
 * The first of the differences by which a project could declare, or be judged, otherwise than its commit.
 * @throws UsageError where git cannot tell
 */
export async function otherThanCommit(folder: string, commit: string): Promise<string | undefined> {
  const found = await differences(folder, commit);
  const [first] = found.filter(({ path, untracked }) => !untracked || !note.test(path) || code.test(path));
  return first && `${first.path} ${first.how}`;
}

/** Attributes that no commit has can name a filter that says what git reads in a file's place. */
async function attributesOf(root: string): Promise<readonly Difference[]> {
  const path = (await git(root, ["rev-parse", "--git-path", "info/attributes"])).trim();
  const size = (await stat(join(root, path)).catch(() => undefined))?.size ?? 0;
  return size > 0 ? [{ path, untracked: false, how: "says more of files than the commit" }] : [];
}

async function inModules(root: string, stage: string): Promise<readonly Difference[]> {
  const found = parts(stage).flatMap((line) => {
    const [, commit, path] = /^160000 ([0-9a-f]+) \d\t(.*)$/s.exec(line) ?? [];
    return commit && path ? [{ commit, path }] : [];
  });
  const all = await Promise.all(
    found.map(async ({ commit, path }) => {
      const folder = join(root, path);
      const names = await namesIn(folder);
      if (names.length === 0) return [];
      if (!names.includes(".git")) {
        return [{ path, untracked: false, how: "is a submodule that is not checked out, and not empty" }];
      }
      return (await differences(folder, commit)).map((d) => ({ ...d, path: `${path}/${d.path}` }));
    }),
  );
  return all.flat();
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function parts(output: string): readonly string[] {
  return output.split("\0").filter(Boolean);
}
