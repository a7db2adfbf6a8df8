/** Where what is written goes: a file that is there as a whole or not at all. */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { temporaryIn } from "./temporary.ts";

/**
 * Finds out before any work is done whether an option leads to a file.
 * @throws UsageError where the folder is missing, the path is a folder, or a link that leads nowhere
 */
export function assertOutput(path: string, option = "--out"): void {
  if (status(path)?.isDirectory()) throw new UsageError(`${option} ${path} is a folder, must be a file`);
  if (!status(dirname(path))?.isDirectory()) {
    throw new UsageError(`${option} ${path}: there is no folder ${dirname(path)}`);
  }
  if (isLink(path) && !status(path)) {
    throw new UsageError(`${option} ${path} is a symbolic link that leads nowhere, must lead to a file`);
  }
}

/** The file that a path leads to, by the one name that all its spellings have in common. */
export function fileBehind(path: string): string {
  if (status(path)) return realpathSync(path);
  const folder = resolve(dirname(path));
  return join(status(folder) ? realpathSync(folder) : folder, basename(path));
}

/**
 * Writes a file by renaming a finished copy into its place, behind a symbolic link where there is one, with the
 * mode of what was there; a device or pipe is written to directly.
 * @throws UsageError where that is not allowed or not possible
 */
export function writeWhole(path: string, text: string | Iterable<string>, option = "--out"): void {
  assertOutput(path, option);
  const existing = status(path);
  const pieces = typeof text === "string" ? [text] : gathered(text);
  try {
    if (existing && !existing.isFile()) writeAll(path, pieces);
    else replace(fileBehind(path), pieces, existing);
  } catch (error) {
    throw new UsageError(`${option} ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * Writes a file that is not there yet.
 * @throws Error with the code `EEXIST` where the name is taken
 */
export function writeNew(path: string, content: string | Uint8Array): void {
  finished(path, [content], undefined, (copy) => linkSync(copy, path));
}

/** Pieces of a size that is worth a write. */
export function* gathered(pieces: Iterable<string>): Iterable<string> {
  let some = "";
  for (const piece of pieces) {
    some += piece;
    if (some.length < 1 << 16) continue;
    yield some;
    some = "";
  }
  yield some;
}

function replace(path: string, pieces: Iterable<string>, existing: Stats | undefined): void {
  // A file that may not be written is not to be replaced either, though its folder would allow that.
  if (existing) accessSync(path, constants.W_OK);
  finished(path, pieces, existing?.mode, (copy) => renameSync(copy, path));
}

/** Hands over a finished copy in the same folder. */
function finished(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  mode: number | undefined,
  handOver: (copy: string) => void,
): void {
  const copy = temporaryIn(dirname(path));
  const file = openSync(copy, "wx");
  try {
    try {
      writeAll(file, pieces);
      if (mode !== undefined) fchmodSync(file, mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    handOver(copy);
  } finally {
    rmSync(copy, { force: true });
  }
}

function writeAll(file: string | number, pieces: Iterable<string | Uint8Array>): void {
  const descriptor = typeof file === "number" ? file : openSync(file, "w");
  try {
    // To a descriptor, so that each piece stands behind the one before.
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    if (descriptor !== file) closeSync(descriptor);
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
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
