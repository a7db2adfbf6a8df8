/** A project's commit and files at a moment, to notice that somebody changed them meanwhile. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { currentCommit } from "./commit.ts";

/** By path, a digest of what stands there; a file that cannot be read counts as such. */
export type TreeDigest = ReadonlyMap<string, string>;

/** Installed, of tools, or of one release; what grows while a command runs is none of the project's. */
const aside = /^(node_modules|evidence|releases|\..*|.*\.log)$/;

export async function treeDigest(projectDir: string): Promise<TreeDigest> {
  const digests = new Map<string, string>();
  const add = (folder: string) => {
    for (const entry of readdirSync(join(projectDir, folder), { withFileTypes: true })) {
      if (aside.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) add(path);
      else digests.set(path, contentDigest(join(projectDir, path)));
    }
  };
  add("");
  return digests.set("the checked-out commit", String((await currentCommit(projectDir)).id));
}

/** The first path that is not as it was. */
export function changedSince(before: TreeDigest, now: TreeDigest): string | undefined {
  return [...before.keys(), ...now.keys()].find((path) => before.get(path) !== now.get(path));
}

function contentDigest(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch (error) {
    return String(Object(error).code);
  }
}
