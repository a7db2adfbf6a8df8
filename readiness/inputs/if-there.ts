/** Files and folders that need not be there; one that is there and cannot be read may say no, and is an error. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StackError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";

/** A file or folder of the project that is there and cannot be read. */
export class UnreadableError extends StackError {
  override readonly name = "UnreadableError";
  readonly exitStatus = exitStatus.unusable;

  constructor(path: string, wanted: string, cause: unknown) {
    super(`${path} cannot be read (${Object(cause).code}), must be ${wanted} that you may read`, { cause });
  }
}

/**
 * The text of a file.
 * @param file relative to the project
 * @throws UnreadableError
 */
export function textIfThere(projectDir: string, file: string): string | undefined {
  return ifThere(file, "a file", () => readFileSync(join(projectDir, file), "utf8"));
}

/**
 * The names in a folder, sorted.
 * @param folder relative to the project
 * @throws UnreadableError
 */
export function namesIfThere(projectDir: string, folder: string): readonly string[] | undefined {
  return ifThere(folder, "a folder", () => readdirSync(join(projectDir, folder)).sort());
}

function ifThere<T>(path: string, wanted: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (Object(error).code === "ENOENT") return undefined;
    throw new UnreadableError(path, wanted, error);
  }
}
