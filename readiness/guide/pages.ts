/** The pages of guide and runbooks as they stand in the project. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors.ts";

export const guideFolder = "docs/guide";
export const runbookFolder = "runbooks";

export interface Page {
  /** Such as `rollback.md`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The index first, the others by name.
 * @throws UsageError where there is no such folder
 */
export function pagesIn(projectDir: string, folder: string): readonly Page[] {
  if (!existsSync(join(projectDir, folder)))
    throw new UsageError(`there is no folder ${folder} in this project`);
  return readdirSync(join(projectDir, folder))
    .filter((name) => name.endsWith(".md"))
    .toSorted((a, b) => Number(b === "README.md") - Number(a === "README.md") || a.localeCompare(b))
    .map((name) => ({ name, text: readFileSync(join(projectDir, folder, name), "utf8") }));
}
