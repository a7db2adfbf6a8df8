/** Files below a folder, and nowhere else: what others wrote may name or link to anything. */
import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Unreadable } from "./reading.ts";
import { largest } from "./text.ts";

/** What stands in a folder, sorted; nothing where there is no such folder. */
export async function listInside(
  root: string,
  names: readonly string[],
): Promise<{ readonly entries: readonly string[] } | Unreadable> {
  try {
    const problem = await linked(root, names);
    if (problem !== undefined) return { problem };
    return { entries: (await readdir(join(root, ...names))).sort() };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return { entries: [] };
    return { problem: `the folder ${join(root, ...names)} cannot be read (${code})` };
  }
}

/** The bytes of a file; undefined where there is none. */
export async function readInside(
  root: string,
  names: readonly string[],
): Promise<{ readonly bytes: Uint8Array } | Unreadable | undefined> {
  try {
    const problem = await linked(root, names);
    if (problem !== undefined) return { problem };
    // What has become a link since is not followed, and no pipe is waited for.
    const file = await open(
      join(root, ...names),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const status = await file.stat();
      if (!status.isFile()) return { problem: "it is no file" };
      if (status.size > largest)
        return { problem: `it has ${status.size} bytes, must have ${largest} at most` };
      return { bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = codeOf(error);
    return code === "ENOENT" ? undefined : { problem: `it cannot be read (${code})` };
  }
}

/** The first part of a path below `root` that leads away; `root` itself is the caller's. */
async function linked(root: string, names: readonly string[]): Promise<string | undefined> {
  for (const [i, name] of names.entries()) {
    if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name)) {
      return `${JSON.stringify(name)} leads out of its folder, must be a name in it`;
    }
    const status = await lstat(join(root, ...names.slice(0, i + 1)));
    if (status.isSymbolicLink())
      return `${names.slice(0, i + 1).join("/")} is a symbolic link, must be the file itself`;
  }
  return undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
