/** Where a report goes: a file that is there as a whole or not at all. */
import { realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "../errors.ts";

/**
 * Finds out before any work is done whether an option leads to a file.
 * @throws UsageError where the folder is missing or the path is a folder
 */
export function assertOutput(path: string, option = "--out"): void {
  if (status(path)?.isDirectory()) throw new UsageError(`${option} ${path} is a folder, must be a file`);
  if (!status(dirname(path))?.isDirectory()) {
    throw new UsageError(`${option} ${path}: there is no folder ${dirname(path)}`);
  }
}

/**
 * Writes a file by renaming a finished copy into its place, behind a symbolic link where there is one; a
 * device or pipe is written to directly.
 * @throws UsageError where that is not allowed or not possible
 */
export function writeWhole(path: string, text: string, option = "--out"): void {
  const existing = status(path);
  try {
    if (existing && !existing.isFile()) writeFileSync(path, text);
    else replace(existing ? realpathSync(path) : path, text);
  } catch (error) {
    throw new UsageError(`${option} ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function replace(path: string, text: string): void {
  const copy = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(copy, text);
    renameSync(copy, path);
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
}

/** What is there; nothing where the path leads nowhere. */
function status(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
