/** Puts a statement where the gate looks for it: as a whole or not at all, and over nothing that is there. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { rawFolder, signatureEnding } from "../proofs/evidence/folder.ts";
import { sha256Of } from "../proofs/evidence/recompute.ts";
import { namespace } from "../proofs/evidence/signature.ts";
import { commitOf, fileName, type Statement, writeStatement } from "../proofs/evidence/statement.ts";
import { writeNew } from "../terminal/out-file.ts";

interface Raw {
  readonly files: readonly { readonly bytes: Uint8Array }[];
}

/**
 * The raw files first and the statement last, so that none is ever there without what it rests on.
 * @param key private SSH key, or the public half of one that ssh-agent has; unsigned where there is none
 * @returns the statement's path
 * @throws UsageError where it cannot be written or signed
 */
export function fileAway(
  directory: string,
  statement: Statement,
  outputs: readonly Raw[],
  now: Date,
  key: string | undefined,
): string {
  const { predicate } = statement;
  const folder = join(directory, predicate.service, commitOf(statement));
  const path = join(folder, fileName(predicate, now));
  const text = writeStatement(statement);
  const signature = key === undefined ? undefined : sign(text, key);
  try {
    mkdirSync(join(folder, rawFolder), { recursive: true });
    for (const { bytes } of outputs.flatMap(({ files }) => files)) {
      writeRaw(join(folder, rawFolder, sha256Of(bytes)), bytes);
    }
    if (signature !== undefined) writeNew(`${path}${signatureEnding}`, signature);
    writeNew(path, text);
    return path;
  } catch (error) {
    throw new UsageError(`--out ${directory}: ${error instanceof Error ? error.message : error}`);
  }
}

/** A raw file is named after its content: one that is there is the same, or was altered. */
function writeRaw(path: string, bytes: Uint8Array): void {
  try {
    writeNew(path, bytes);
  } catch (error) {
    if (Object(error).code !== "EEXIST" || sha256Of(readFileSync(path)) !== sha256Of(bytes)) throw error;
  }
}

function sign(text: string, key: string): string {
  try {
    return execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-f", key, "-n", namespace], {
      input: text,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
    });
  } catch (error) {
    const { code, stderr } = Object(error);
    if (code === "ENOENT") throw new UsageError("--sign needs ssh-keygen, which is not installed");
    const [line = "it failed"] = String(stderr).trim().split("\n");
    throw new UsageError(`--sign ${key}: ssh-keygen says: ${line}`);
  }
}
