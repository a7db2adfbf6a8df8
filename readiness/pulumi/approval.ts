/** Who may say yes to an update: a person who was asked, or CI with the commit that a person approved. */
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Tier } from "../../model/tier.ts";
import { UsageError } from "../errors.ts";
import { currentCommit } from "../inputs/commit.ts";
import { otherThanCommit } from "../inputs/working-tree.ts";

export interface Consent {
  /** Given in advance. */
  readonly yes: boolean;
  /** The commit that was approved, as a full id. */
  readonly commit: string | undefined;
}

/** What the rules on consent depend on. */
export interface Situation {
  readonly stack: string;
  readonly tier: Tier;
  /** Somebody can be asked. */
  readonly terminal: boolean;
  readonly ci: boolean;
}

/**
 * Finds out before anything starts whether a yes can be had at all.
 * @throws UsageError
 */
export function assertConsent({ yes, commit }: Consent, { stack, tier, terminal, ci }: Situation): void {
  if (!yes && !terminal) throw new UsageError("there is nobody to ask: say --yes in advance");
  if (yes && tier === "production" && !(ci && commit !== undefined)) {
    throw new UsageError(
      `--yes is not enough for ${stack}: type its name on a terminal, or in CI name the approved commit (--commit <sha>)`,
    );
  }
}

/**
 * Finds out whether what would be deployed is the approved commit, with nothing changed since.
 * @throws UsageError
 */
export async function assertCommit(approved: string, projectDir: string): Promise<void> {
  const commit = await currentCommit(projectDir);
  if (commit.id === null) throw new UsageError(`--commit ${approved}: ${commit.reason}`);
  if (commit.id !== approved) throw new UsageError(`--commit ${approved}: checked out is ${commit.id}`);
  const other = await otherThanCommit(projectDir, approved);
  if (other !== undefined) throw new UsageError(`--commit ${approved}: ${other}`);
}

/**
 * Asks on the terminal; for production nothing but the stack's name is a yes, and Ctrl-C and Ctrl-D are a no.
 * @param what such as `deploy this to`
 */
export async function ask(what: string, { stack, tier }: Situation): Promise<boolean> {
  const wanted = tier === "production" ? stack : "yes";
  return (await answerTo(`Type ${wanted} to ${what} ${stack}: `)) === wanted;
}

/** What is typed on the terminal; nothing where it is Ctrl-C or Ctrl-D. */
export async function answerTo(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = once(terminal, "close").then(() => "");
  const answer = terminal.question(question).catch(() => "");
  try {
    return (await Promise.race([answer, closed])).trim();
  } finally {
    terminal.close();
  }
}
