/**
 * Where a log's head is noted beside the log: in git, as `refs/readiness/releases/<stack>`, whose commits follow each
 * other and hold the log itself. A log that was cut or written anew is found by it, as long as the ref is there; where
 * it has been pushed, whoever could write both cannot hide it either.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../errors.ts";
import { git } from "../../inputs/git.ts";
import type { Anchor } from "./chain.ts";
import type { Entry } from "./entry.ts";

const file = "log.jsonl";

export function anchorRef(stack: string): string {
  return `refs/readiness/releases/${stack}`;
}

/** The command that brings back what git has of the log. */
export function restoreCommand(stack: string, path: string): string {
  return `git show ${anchorRef(stack)}:${file} > ${path}`;
}

/** What was noted last; nothing where nothing ever was. */
export async function readAnchor(projectDir: string, stack: string): Promise<Anchor | undefined> {
  const [id] = await tip(projectDir, stack);
  if (id === undefined) return undefined;
  const said = (await git(projectDir, ["log", "-1", "--no-show-signature", "--format=%B", id])).trim();
  const [, entries, head] = /^(\d+) (sha256:[0-9a-f]{64})$/.exec(said) ?? [];
  if (head === undefined) throw new UsageError(`${anchorRef(stack)} does not say how long the log is`);
  return { entries: Number(entries), head };
}

/**
 * Notes a log's head. Of two processes that note at once one is refused: git replaces the ref only where it is still as
 * it was.
 * @param path the log's, relative to the project
 */
export async function writeAnchor(projectDir: string, last: Entry, path: string): Promise<void> {
  const [before] = await tip(projectDir, last.stack);
  const scratch = mkdtempSync(join(tmpdir(), "readiness-index-"));
  try {
    const env = { ...identity, GIT_INDEX_FILE: join(scratch, "index") };
    const ask = async (...args: readonly string[]) => (await git(projectDir, args, env)).trim();
    const blob = await ask("hash-object", "-w", "--no-filters", "--", path);
    await ask("update-index", "--add", "--cacheinfo", `100644,${blob},${file}`);
    const parent = before === undefined ? [] : ["-p", before];
    const tree = await ask("write-tree");
    const commit = await ask("commit-tree", tree, ...parent, "-m", `${last.entry} ${last.digest}`);
    await ask("update-ref", anchorRef(last.stack), commit, before ?? "0".repeat(commit.length));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Sends the heads to another repository, which takes them only where nobody else's came first. */
export async function shareAnchor(projectDir: string, stack: string, remote: string): Promise<void> {
  const ref = anchorRef(stack);
  await git(projectDir, ["push", "--quiet", remote, `${ref}:${ref}`]);
}

/** Takes over what others have sent there; refused where this machine has written something else meanwhile. */
export async function fetchAnchor(projectDir: string, stack: string, remote: string): Promise<void> {
  const ref = anchorRef(stack);
  const there = await git(projectDir, ["ls-remote", remote, ref]);
  if (there.trim() !== "") await git(projectDir, ["fetch", "--quiet", "--no-tags", remote, `${ref}:${ref}`]);
}

/** The log as git has it. */
export function anchoredText(projectDir: string, stack: string): Promise<string> {
  return git(projectDir, ["show", `${anchorRef(stack)}:${file}`]);
}

async function tip(projectDir: string, stack: string): Promise<readonly string[]> {
  const found = await git(projectDir, ["for-each-ref", "--format=%(objectname)", anchorRef(stack)]);
  return found.split("\n").filter(Boolean);
}

/** Who did what stands in the log: git wants somebody for its own commits. */
const identity = {
  GIT_AUTHOR_NAME: "release",
  GIT_AUTHOR_EMAIL: "release@localhost",
  GIT_COMMITTER_NAME: "release",
  GIT_COMMITTER_EMAIL: "release@localhost",
};
