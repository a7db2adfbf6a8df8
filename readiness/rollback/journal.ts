/** What a rollback has done so far, on disk before and after each step: one that was killed goes on from there. */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { writeWhole } from "../terminal/out-file.ts";

const time = z.iso.datetime();
const place = z.strictObject({ deployment: z.string(), commit: z.string().nullable() });

const move = z.strictObject({
  type: z.enum(["rollback", "promote"]),
  to: place,
  decidedAt: time,
  /** Vercel's last request before ours, by its clock: whatever is ours came later. Null where there was none. */
  before: z.number().nullable(),
  /** Written before Vercel is asked: from here on nobody knows whether it was. */
  askedAt: time.optional(),
  /** How often Vercel may have been asked. */
  posts: z.int().default(0),
  takenAt: time.optional(),
  queued: z.boolean().optional(),
  /** Vercel says that all host names are moved. */
  movedAt: time.optional(),
  /** The site itself says so. */
  liveAt: time.optional(),
});

const answer = z.strictObject({
  at: time,
  status: z.number(),
  commit: z.string().nullable(),
  wrong: z.string().nullable(),
});

const journal = z.strictObject({
  schemaVersion: z.literal(1),
  stack: z.string(),
  service: z.string(),
  project: z.string(),
  site: z.string(),
  practise: z.boolean(),
  from: place,
  application: move,
  /** Migrations that were taken back, the last first. */
  database: z
    .strictObject({
      downTo: z.string(),
      downs: z.array(z.string()),
      backAt: time.optional(),
      /** After a practice: applied again. */
      forthAt: time.optional(),
    })
    .optional(),
  /** What the site said last. */
  answers: z.array(answer).default([]),
  undo: move.optional(),
  /** Absent while it is at work. */
  ended: z
    .strictObject({
      at: time,
      outcome: z.enum(["back", "late", "failed", "refused", "abandoned"]),
      why: z.string(),
    })
    .optional(),
});

export type MoveRecord = z.output<typeof move>;
export type LiveAnswer = z.output<typeof answer>;
export type Journal = z.output<typeof journal>;

export function journalFile(projectDir: string, stack: string, service: string): string {
  return join(projectDir, "rollbacks", stack, `${service}.json`);
}

/** @throws UsageError for a file that says something else */
export function readJournal(file: string): Journal | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (Object(error).code === "ENOENT") return undefined;
    throw new UsageError(`${file} cannot be read (${Object(error).code})`);
  }
  try {
    return journal.parse(parseJson(text));
  } catch {
    throw new UsageError(
      `${file} is no journal of a rollback: look at Vercel what is done, and move it away`,
    );
  }
}

export function writeJournal(file: string, entry: Journal): void {
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(entry, null, 2)}\n`, "journal");
}

/** The last of the moves. */
export function lastMoveOf({ application, undo }: Journal): MoveRecord {
  return undo ?? application;
}
