/** A log as it stands in its file: which entries hold, what is wrong with the first that does not. */
import { type Entry, parseLine } from "./entry.ts";

/** A point of the log that was noted elsewhere. */
export interface Anchor {
  readonly entries: number;
  /** Digest of the last of them; null of none. */
  readonly head: string | null;
}

export interface Chain {
  readonly entries: readonly Entry[];
  /** What stands behind the last line's end: a process was killed as it wrote, or somebody cut the file. */
  readonly torn: string;
  /** What is wrong, and from which line on; absent where nothing is. */
  readonly problem?: string;
}

/**
 * Reads a log whole. Each entry holds the digest of the one before, so an altered, added, missing or moved line is found
 * where it is; what is missing at the end is found by the anchor.
 * @param anchor what was noted last
 */
export function readChain(text: string, stack: string, anchor: Anchor | undefined): Chain {
  const end = text.lastIndexOf("\n") + 1;
  const lines = text.slice(0, end).split("\n").slice(0, -1);
  const torn = text.slice(end);
  const entries: Entry[] = [];
  for (const [i, line] of lines.entries()) {
    const found = parseLine(line);
    const wrong = typeof found === "string" ? found : misplaced(found, entries.at(-1), stack);
    if (wrong !== undefined) return { entries, torn, problem: `line ${i + 1} ${wrong}` };
    if (typeof found !== "string") entries.push(found);
  }
  // The line may be whole, and only its end be lost.
  const last = parseLine(torn);
  const whole = typeof last !== "string" && misplaced(last, entries.at(-1), stack) === undefined;
  const all = whole ? [...entries, last] : entries;
  const problem = anchor && apartFrom(all, anchor);
  return { entries: all, torn: whole ? "" : torn, ...(problem !== undefined && { problem }) };
}

function misplaced(entry: Entry, before: Entry | undefined, stack: string): string | undefined {
  const expected = (before?.entry ?? 0) + 1;
  if (entry.stack !== stack) return `is of the stack ${entry.stack}`;
  if (entry.entry !== expected) {
    return `is entry ${entry.entry}, must be entry ${expected}: lines are missing, doubled or moved`;
  }
  return entry.after === (before?.digest ?? null) ? undefined : "does not follow the entry before it";
}

function apartFrom(entries: readonly Entry[], { entries: count, head }: Anchor): string | undefined {
  if (entries.length < count) {
    const from = entries.length + 1;
    return `${from === count ? `entry ${from} is` : `entries ${from} to ${count} are`} missing at its end`;
  }
  const noted = count === 0 ? null : entries[count - 1]?.digest;
  return noted === head ? undefined : `entry ${count} is another than the one that was noted`;
}
