/** Leaves a release's record beside its log: `releases/<stack>/<release>/record.json` and `record.md`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { releaseFolder } from "../../proofs/release-file.ts";
import { jsonText } from "../../terminal/json-text.ts";
import { writeWhole } from "../../terminal/out-file.ts";
import type { Entry } from "../log/entry.ts";
import { markdownOf } from "./markdown.ts";
import { recordOf } from "./record.ts";

/**
 * @param now up to when deliveries are counted
 * @returns the folder, relative to the project
 */
export function writeRecord(
  projectDir: string,
  entries: readonly Entry[],
  spec: StackSpec,
  now: Date,
): string {
  const record = recordOf(entries, spec, now);
  const folder = join(releaseFolder(spec.stack), record.release);
  mkdirSync(join(projectDir, folder), { recursive: true });
  writeWhole(join(projectDir, folder, "record.json"), jsonText(record), "record");
  writeWhole(join(projectDir, folder, "record.md"), markdownOf(record), "record");
  return folder;
}
