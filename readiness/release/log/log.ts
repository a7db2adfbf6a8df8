/** The log of a stack's releases, `releases/<stack>/log.jsonl`: lines are added, and none is ever changed. */
import { join } from "node:path";
import { StackError } from "../../errors.ts";
import { exitStatus } from "../../exit-status.ts";
import { textIfThere } from "../../inputs/if-there.ts";
import { releaseFolder } from "../../proofs/release-file.ts";
import { append } from "../../terminal/append.ts";
import { writeWhole } from "../../terminal/out-file.ts";
import { anchorRef, type Noted, readAnchor, restoreCommand, writeAnchor } from "./anchor.ts";
import { type Chain, readChain } from "./chain.ts";
import { type Entry, entryAfter, type Fact, lineOf } from "./entry.ts";

/** A log that does not say what was written into it. */
export class LogError extends StackError {
  override readonly name = "LogError";
  readonly exitStatus = exitStatus.noGo;
}

/** Relative to the project. */
export function logFile(stack: string): string {
  return join(releaseFolder(stack), "log.jsonl");
}

/**
 * Reads a stack's log.
 * @throws LogError with the first entry that does not hold
 */
export async function readLog(projectDir: string, stack: string): Promise<Chain> {
  return (await readBoth(projectDir, stack)).chain;
}

async function readBoth(
  projectDir: string,
  stack: string,
): Promise<{ readonly chain: Chain; readonly anchor: Noted | undefined }> {
  const anchor = await readAnchor(projectDir, stack);
  const chain = readChain(textIfThere(projectDir, logFile(stack)) ?? "", stack, anchor);
  if (chain.problem === undefined) return { chain, anchor };
  const way = anchor
    ? `What git has of it (${anchorRef(stack)}) comes back with: ${restoreCommand(stack, logFile(stack))}`
    : "Nothing else has it: find out who wrote there, and move it away.";
  throw new LogError(`${logFile(stack)}: ${chain.problem}. Nothing it says counts. ${way}`);
}

/** Who writes, and about which release. */
export interface Author {
  readonly stack: string;
  readonly by: string;
  readonly clock: () => Date;
}

/** A log that one process adds to; whoever opens it holds its lock. */
export class Log {
  readonly #projectDir: string;
  readonly #author: Author;
  #entries: readonly Entry[];
  #noted: Noted | undefined;

  private constructor(
    projectDir: string,
    author: Author,
    entries: readonly Entry[],
    noted: Noted | undefined,
  ) {
    this.#projectDir = projectDir;
    this.#author = author;
    this.#entries = entries;
    this.#noted = noted;
  }

  /** Mends what a killed process left: half a line is taken off, and kept in an entry, both at once. */
  static async open(projectDir: string, author: Author): Promise<Log> {
    const { chain, anchor } = await readBoth(projectDir, author.stack);
    const { entries, torn } = chain;
    const log = new Log(projectDir, author, entries, anchor);
    const last = entries.at(-1);
    if (torn !== "") log.#keep(last?.release ?? "none", { event: "mended", found: torn });
    const text = log.entries.map(lineOf).join("");
    const path = join(projectDir, logFile(author.stack));
    if (text !== (textIfThere(projectDir, logFile(author.stack)) ?? "")) writeWhole(path, text, "log");
    await log.#anchor();
    return log;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Adds entries, on disk before this returns, and notes the last in git. */
  async add(release: string, ...facts: readonly Fact[]): Promise<void> {
    if (facts.length === 0) return;
    const lines = facts.map((fact) => lineOf(this.#keep(release, fact)));
    append(join(this.#projectDir, logFile(this.#author.stack)), lines.join(""));
    await this.#anchor();
  }

  #keep(release: string, fact: Fact): Entry {
    const { stack, by, clock } = this.#author;
    const at = clock().toISOString();
    const entry = entryAfter(this.#entries.at(-1), { stack, release, at, by, fact });
    this.#entries = [...this.#entries, entry];
    return entry;
  }

  async #anchor(): Promise<void> {
    const last = this.#entries.at(-1);
    if (!last || this.#noted?.head === last.digest) return;
    const text = this.#entries.map(lineOf).join("");
    this.#noted = await writeAnchor(this.#projectDir, last, text, this.#noted);
  }
}
