/**
 * Where a log's head is noted beside the log: in git, as `refs/readiness/releases/<stack>`, whose commits follow each
 * other and hold the log itself. A log that was cut or written anew is found by it, as long as the ref is there; where
 * it has been pushed, whoever could write both cannot hide it either.
 */
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

/** What was noted last, and by which commit of git's; nothing where nothing ever was. */
export type Noted = Anchor & { readonly commit: string };

export async function readAnchor(projectDir: string, stack: string): Promise<Noted | undefined> {
  const format = "--format=%(objectname) %(contents:subject)";
  const said = (await git(projectDir, ["for-each-ref", format, anchorRef(stack)])).trim();
  if (said === "") return undefined;
  const [, commit, entries, head] = /^([0-9a-f]+) (\d+) (sha256:[0-9a-f]{64})$/.exec(said) ?? [];
  if (commit && head) return { entries: Number(entries), head, commit };
  throw new UsageError(`${anchorRef(stack)} does not say how long the log is`);
}

/**
 * Notes a log's head. Of two processes that note at once one is refused: git moves the ref to what follows it alone.
 * @param text the log
 * @param before what was noted before it
 */
export async function writeAnchor(
  projectDir: string,
  last: Entry,
  text: string,
  before: Noted | undefined,
): Promise<Noted> {
  const head = { entries: last.entry, head: last.digest };
  const data = (content: string) => `data ${Buffer.byteLength(content)}\n${content}\n`;
  const lines = [
    `commit ${anchorRef(last.stack)}\nmark :1\n`,
    `committer release <release@localhost> ${Math.floor(Date.parse(last.at) / 1000)} +0000\n`,
    data(`${head.entries} ${head.head}`),
    before ? `from ${before.commit}\n` : "",
    `M 100644 inline ${file}\n${data(text)}`,
    "get-mark :1\ndone\n",
  ];
  const commit = await git(projectDir, ["fast-import", "--quiet", "--done"], {}, lines.join(""));
  return { ...head, commit: commit.trim() };
}

/**
 * Sends the heads to another repository, which takes them only where nobody else's came first.
 * @throws UsageError where it does not
 */
export async function shareAnchor(projectDir: string, stack: string, remote: string): Promise<void> {
  await exchanged(projectDir, stack, remote, ["push", "--quiet", remote]);
}

/**
 * Takes over what others have sent there.
 * @throws UsageError where this machine has written something else meanwhile
 */
export async function fetchAnchor(projectDir: string, stack: string, remote: string): Promise<void> {
  const there = await git(projectDir, ["ls-remote", remote, anchorRef(stack)]);
  if (there.trim() === "") return;
  await exchanged(projectDir, stack, remote, ["fetch", "--quiet", "--no-tags", remote]);
}

async function exchanged(
  projectDir: string,
  stack: string,
  remote: string,
  command: readonly string[],
): Promise<void> {
  const ref = anchorRef(stack);
  try {
    await git(projectDir, [...command, `${ref}:${ref}`]);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `the log is not shared with ${remote} (${said}). Where another machine has gone on with the release, its log takes the place of this one: git fetch ${remote} +${ref}:${ref} && ${restoreCommand(stack, `releases/${stack}/${file}`)}`,
    );
  }
}
