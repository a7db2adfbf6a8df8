/** The file of a baseline: YAML that people review, written by `check --accept`. */
import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { UsageError } from "../errors.ts";
import { checkFile, usable } from "../inputs/project-file.ts";
import { writeWhole } from "../terminal/out-file.ts";
import { type Baseline, type BaselineEntry, baselineSchema, longestDays } from "./baseline.ts";

const dayMs = 86_400_000;

/**
 * @param missing what to take where there is no such file; without it that is refused
 * @throws UsageError where it cannot be read; ProjectFileError with everything that is wrong with it
 */
export function readBaseline(file: string, missing?: Baseline): Baseline {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    if (code === "ENOENT" && missing) return missing;
    if (code === "ENOENT") {
      throw new UsageError(`--baseline ${file}: there is no such file; --accept writes one`);
    }
    throw new UsageError(`--baseline ${file} cannot be read (${code})`);
  }
  const checked = checkFile(file, text, baselineSchema, ({ accepted }) =>
    accepted.flatMap((entry, i) => {
      const days = (Date.parse(entry.expires) - Date.parse(entry.accepted)) / dayMs;
      if (days >= 0 && days <= longestDays) return [];
      const problem = `found ${entry.expires}, must be within a year after ${entry.accepted}`;
      return [[["accepted", i, "expires"], problem]];
    }),
  );
  return { file, entries: usable(file, checked).accepted };
}

const head = `What \`check --baseline\` accepts, and until when: \`check --accept\` writes it anew. It is no waiver, and no
gate takes a verdict that it has a part in.`;

export function writeBaseline(file: string, entries: readonly BaselineEntry[]): void {
  const comment = head.replaceAll(/^/gm, "# ");
  writeWhole(file, `${comment}\n${stringify({ accepted: entries }, { lineWidth: 0 })}`, "--baseline");
}

/** @throws UsageError where it is no date to come within a year */
export function expiryOf(text: string | undefined, now: Date): string {
  if (text === undefined) return new Date(now.getTime() + 90 * dayMs).toISOString().slice(0, 10);
  const days = (Date.parse(text) - now.getTime()) / dayMs;
  if (/^\d{4}-\d\d-\d\d$/.test(text) && days > -1 && days <= longestDays) return text;
  throw new UsageError(
    `--expires ${text} must be a date within a year from today, such as ${expiryOf(undefined, now)}`,
  );
}
