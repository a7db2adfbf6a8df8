/** The folder of a stack's sign-offs: files are added, never changed. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { namesIfThere, textIfThere } from "../../inputs/if-there.ts";
import { writeNew } from "../../terminal/out-file.ts";
import { releaseFolder } from "../release-file.ts";
import type { SignOffFile } from "./input.ts";
import { fileName, fileText, type SignedSignOff } from "./payload.ts";

/** Relative to the project. */
export function signOffFolder(stack: string): string {
  return join(releaseFolder(stack), "sign-offs");
}

/**
 * Every sign-off of a stack, by name; none where there is no folder.
 * @throws UnreadableError where the folder or a file cannot be read: it may hold a no-go
 */
export function readSignOffs(projectDir: string, stack: string): readonly SignOffFile[] {
  const folder = signOffFolder(stack);
  return (namesIfThere(projectDir, folder) ?? [])
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const file = join(folder, name);
      return { file, text: textIfThere(projectDir, file) ?? "" };
    });
}

/**
 * Adds a sign-off; the name is never that of another.
 * @returns its path relative to the project
 */
export function storeSignOff(projectDir: string, signed: SignedSignOff): string {
  const folder = signOffFolder(signed.payload.stack);
  const path = join(folder, fileName(signed.payload));
  mkdirSync(join(projectDir, folder), { recursive: true });
  writeNew(join(projectDir, path), fileText(signed));
  return path;
}
