/** The commit that evidence is about: a working copy that has nothing else in it. */
import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { currentCommit } from "../inputs/commit.ts";
import { authorsOf, git } from "../inputs/git.ts";
import { within } from "../inputs/within.ts";
import { differences } from "../inputs/working-tree.ts";
import { fullCommit } from "../proofs/evidence/statement.ts";

export interface WorkingCopy {
  /** The repository's own folder. */
  readonly folder: string;
  readonly commit: string;
  readonly authors: readonly string[];
  /** When the commit was made. */
  readonly committed: Date;
  /** Paths of its files from its folder on. */
  readonly files: readonly string[];
}

/**
 * Looks at what is checked out. Files that git does not track count as a change: tests and builds read them; those
 * that it ignores do not, nor do `aside`, which are what is handed in and where it goes.
 * @throws UsageError where there is no commit, or something beside it
 */
export async function workingCopy(
  source: string,
  since: string | undefined,
  aside: readonly string[],
): Promise<WorkingCopy> {
  const { id, reason } = await currentCommit(source);
  if (id === null) throw new UsageError(`--source ${source}: ${reason}`);
  if (!fullCommit.safeParse(id).success) {
    throw new UsageError(`--source ${source}: the commit ${id} must be the full id of a commit`);
  }
  const folder = (await git(source, ["rev-parse", "--show-toplevel"])).trim();
  await assertClean(folder, id, aside);
  const [authors, seconds, files] = await Promise.all([
    // Its own authors where nothing is said of what is deployed: all of its parents are left out.
    authorsOf(folder, id, since ?? `${id}^@`),
    git(folder, ["log", "-1", "--format=%ct", id]),
    git(folder, ["ls-files", "-z"]),
  ]);
  const [committed, tracked] = [new Date(Number(seconds.trim()) * 1000), files.split("\0").filter(Boolean)];
  return { folder, commit: id, authors, committed, files: tracked };
}

/**
 * A commit that need not be checked out: for what was deployed from it.
 * @throws UsageError where the repository does not have it
 */
export async function deployedCommit(
  source: string,
  commit: string,
  since: string | undefined,
): Promise<WorkingCopy> {
  if (!fullCommit.safeParse(commit).success) {
    throw new UsageError(`--commit ${commit}: must be the full id of a commit`);
  }
  const folder = (await git(source, ["rev-parse", "--show-toplevel"])).trim();
  const known = await git(folder, ["cat-file", "-t", commit]).catch(() => "");
  if (known.trim() !== "commit") {
    throw new UsageError(
      `--commit ${commit}: the repository in ${folder} does not have it, must be one that has (--source FOLDER)`,
    );
  }
  const [authors, seconds] = await Promise.all([
    authorsOf(folder, commit, since ?? `${commit}^@`),
    git(folder, ["log", "-1", "--format=%ct", commit]),
  ]);
  return { folder, commit, authors, committed: new Date(Number(seconds.trim()) * 1000), files: [] };
}

/** @throws UsageError that names what is changed */
async function assertClean(folder: string, commit: string, aside: readonly string[]): Promise<void> {
  const apart = await Promise.all(aside.map((path) => realpath(path).catch(() => resolve(path))));
  const home = await realpath(folder);
  const [first, ...others] = (await differences(folder, commit)).filter(
    ({ untracked, path }) => !untracked || !apart.some((a) => within(a, join(home, path))),
  );
  if (!first) return;
  const rest = others.length > 0 ? `, and ${others.length} more` : "";
  throw new UsageError(
    `the tree must be clean, and ${first.path} ${first.how}${rest}: commit it, remove it or name it in a .gitignore, and run again`,
  );
}

/** What a report of coverage must know: neither tests nor settings nor types alone. */
const source = /\.([cm]?[jt]sx?|vue|svelte|astro)$/;
const noSource =
  /(^|\/)(\.[^/]*|node_modules|tests?|__tests__|__mocks__|e2e|fixtures)\/|\.(d|test|spec|stories|config|setup)\.[^/]*$|(^|\/)\.[^/]*$/;

/**
 * Source files of a commit that a report does not know.
 * @param known as the report has them: absolute, or relative to the repository or to the app
 */
export function unmeasured(
  { files, folder }: Pick<WorkingCopy, "files" | "folder">,
  root: string | undefined,
  known: readonly string[],
): readonly string[] {
  const app = root === undefined ? "" : `${root.replace(/^\.\/|(?<!\/)\/+$/g, "")}/`;
  const names = new Set(known.map((path) => path.replaceAll("\\", "/").replace(/^\.\//, "")));
  return files
    .filter((file) => file.startsWith(app) && source.test(file) && !noSource.test(file.slice(app.length)))
    .filter((file) => ![file, file.slice(app.length), join(folder, file)].some((name) => names.has(name)))
    .sort();
}

/**
 * Which of some files git does not track in a working copy.
 * @param paths absolute, or from `from` on
 */
export async function untracked(
  { folder, files }: Pick<WorkingCopy, "folder" | "files">,
  from: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const home = await realpath(folder);
  const tracked = new Set(files.map((file) => join(home, file)));
  const real = await Promise.all(
    paths.map((path) => realpath(resolve(from, path)).catch(() => resolve(from, path))),
  );
  return paths.filter((_, i) => !tracked.has(real[i] ?? ""));
}

/**
 * One digest of all that is tracked below some paths, over names and contents.
 * @throws UsageError where nothing is
 */
export async function schemaDigest(
  { folder, files }: WorkingCopy,
  from: string,
  paths: readonly string[],
): Promise<string | null> {
  if (paths.length === 0) return null;
  const home = await realpath(folder);
  const meant = await Promise.all(
    paths.map((path) => realpath(resolve(from, path)).catch(() => resolve(from, path))),
  );
  const found = files.filter((file) => meant.some((path) => within(path, join(home, file)))).sort();
  if (found.length === 0) throw new UsageError(`--schema ${paths.join(" ")}: git tracks no file there`);
  const digest = createHash("sha256");
  for (const file of found) {
    const content = createHash("sha256")
      .update(await readFile(join(folder, file)))
      .digest("hex");
    digest.update(`${content} ${file}\n`);
  }
  return digest.digest("hex");
}

/** When a file was last written; nothing where it cannot be told. */
export async function writtenAt(path: string): Promise<Date | undefined> {
  return (await stat(path).catch(() => undefined))?.mtime;
}
