/** Whether a rollback has brought the app back, in time or late: its exit status does not tell that it was late alone. */
import { relative } from "node:path";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { journalFile, readJournal } from "../../rollback/journal.ts";
import type { KeptFile } from "../log/entry.ts";
import { keptFile } from "./files.ts";

export interface TakenBack {
  readonly back: boolean;
  /** The rollback's own journals. */
  readonly files: readonly KeptFile[];
}

/** @param since when it was begun: what ended before is another */
export function takenBack(projectDir: string, spec: StackSpec, since: string): TakenBack {
  const journals = spec.services.flatMap(({ name }) => {
    const file = journalFile(projectDir, spec.stack, name);
    const journal = readJournal(file);
    const touched = journal && (!journal.ended || Date.parse(journal.ended.at) >= Date.parse(since));
    return touched ? [{ file: relative(projectDir, file), ended: journal.ended?.outcome }] : [];
  });
  return {
    back: journals.length > 0 && journals.every(({ ended }) => ended === "back" || ended === "late"),
    files: journals.map(({ file }) => keptFile(projectDir, file)),
  };
}
