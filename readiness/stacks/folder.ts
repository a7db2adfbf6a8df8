/** States on disk. */
import type { Dirent } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { assertLength, type Store, type StoredFile, StoreError } from "./store.ts";

/** Folders that are nobody's states. */
const passedOver: readonly string[] = ["node_modules", ".git"];

/**
 * @param dir the folder that keys are relative to
 * @throws UsageError where it is none, or cannot be read
 */
export async function folderStore(dir: string, name: string): Promise<Store> {
  const is = await stat(dir).catch((error: unknown) => {
    throw new UsageError(`${name} cannot be read (${codeOf(error)}), must be a folder`);
  });
  if (!is.isDirectory()) throw new UsageError(`${name} is a file, must be a folder`);
  return { name, list: (prefix) => filesIn(dir, prefix), read: (key) => bytesOf(join(dir, key)) };
}

async function filesIn(dir: string, prefix: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  const waiting = [prefix.replace(/\/$/, "")];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await entriesOf(dir, folder)) {
      const key = folder === "" ? entry.name : `${folder}/${entry.name}`;
      // A link to a folder is not followed: it may lead back.
      if (entry.isDirectory()) waiting.push(...(passedOver.includes(entry.name) ? [] : [key]));
      else files.push(...(await described(dir, key)));
    }
  }
  return files.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function entriesOf(dir: string, folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(join(dir, folder), { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new StoreError(`${join(dir, folder)} cannot be read (${codeOf(error)}), must be a folder`);
  }
}

/** What a link leads to; nothing of pipes and sockets, which a reader would wait for. */
async function described(dir: string, key: string): Promise<readonly StoredFile[]> {
  try {
    const found = await stat(join(dir, key));
    return found.isFile() ? [{ key, size: found.size, modified: found.mtimeMs }] : [];
  } catch {
    // A link that leads nowhere is told of where it is read.
    return [{ key, size: 0, modified: 0 }];
  }
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path);
    try {
      assertLength((await file.stat()).size);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if (codeOf(error) === "ENOENT") return undefined;
    throw new StoreError(`it cannot be read (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return String(Object(error).code ?? error);
}
