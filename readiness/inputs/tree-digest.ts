/** One digest of a project's commit and files, to notice that somebody changed them meanwhile. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { currentCommit } from "./commit.ts";

/** Installed, of tools, or of one release; what grows while a command runs is none of the project's. */
const aside = /^(node_modules|evidence|releases|\..*|.*\.log)$/;

/** Over names and contents; a file that cannot be read counts as such. */
export async function treeDigest(projectDir: string): Promise<string> {
  const { id } = await currentCommit(projectDir);
  const digest = createHash("sha256").update(`${id}\0`);
  const add = (folder: string) => {
    for (const entry of readdirSync(join(projectDir, folder), { withFileTypes: true })) {
      if (aside.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) add(path);
      else digest.update(`${path}\0${contentDigest(join(projectDir, path))}\0`);
    }
  };
  add("");
  return digest.digest("hex");
}

function contentDigest(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch (error) {
    return String(Object(error).code);
  }
}
