/** A file that only one process may change at a time: what it does begins with reading it. */
import { linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../errors.ts";
import { writeNew } from "./out-file.ts";
import { isGone, type Owner, thisProcess } from "./owner.ts";
import { temporaryIn } from "./temporary.ts";

interface Holder extends Owner {
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

/**
 * Does work on a file while nobody else may.
 * @param path what is read and then written
 * @param command what is done, for whoever has to wait
 * @throws UsageError that names who is at it
 */
export async function alone<T>(path: string, command: string, work: () => Promise<T>): Promise<T> {
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  take(lock, path, { ...thisProcess(), command, since: new Date().toISOString() });
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string, path: string, own: Holder): void {
  for (;;) {
    try {
      // Whole at once: nobody finds a lock that does not say whose it is.
      writeNew(lock, `${JSON.stringify(own)}\n`);
      return;
    } catch (error) {
      if (Object(error).code !== "EEXIST") throw new UsageError(`${lock}: ${Object(error).message}`);
    }
    const found = textOf(lock);
    if (found === undefined) continue;
    const holder = holderIn(found);
    if (!holder || !isGone(holder)) throw new UsageError(refusal(path, lock, holder));
    putAside(lock, found);
  }
}

function refusal(path: string, lock: string, holder: Holder | undefined): string {
  const way = `if that is over, remove ${lock}`;
  if (!holder) return `${path} is being changed by somebody who does not say who it is; ${way}`;
  const { command, pid, host, since } = holder;
  return `${path} is being changed by ${command}, process ${pid} on ${host} since ${since}; ${way}`;
}

/** Removes a lock, unless another has taken its place meanwhile. */
function putAside(lock: string, expected: string): void {
  const aside = temporaryIn(dirname(lock));
  try {
    renameSync(lock, aside);
    if (textOf(aside) !== expected) linkSync(aside, lock);
  } catch (error) {
    // Somebody else was faster.
    if (!["ENOENT", "EEXIST"].includes(Object(error).code)) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, host, start, command, since } = JSON.parse(text);
    const texts = [host, start, command, since].every((one) => typeof one === "string");
    return texts && Number.isInteger(pid) ? { pid, host, start, command, since } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
