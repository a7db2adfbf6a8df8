/** What a line of a release's log says, and how it holds on to the line before. */
import { z } from "zod";
import { canonicalJson, digestOf } from "../../proofs/canonical.ts";

const time = z.iso.datetime();
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const commit = z.string().regex(/^[0-9a-f]{40}$/);
const step = z.string().regex(/^[a-z]+\.[a-z]+$/);

const service = z.strictObject({
  commit,
  /** When it was written; null where no working copy told. */
  committedAt: z.iso.datetime({ offset: true }).nullable(),
});

/** What is released: infrastructure and services, together. */
const subject = z.strictObject({
  commit,
  committedAt: z.iso.datetime({ offset: true }),
  services: z.record(z.string(), service),
});

const file = z.strictObject({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** A process, so that a later one can tell whether it is still there. */
const owner = z.strictObject({ pid: z.int(), host: z.string(), start: z.string() });

const fact = z.discriminatedUnion("event", [
  /** A release begins. */
  z.strictObject({ event: z.literal("opened"), staging: z.string(), subject }),
  /** Something else is released than before: what was done for that counts no more. */
  z.strictObject({ event: z.literal("changed"), subject }),
  /** A gate was asked. */
  z.strictObject({
    event: z.literal("judged"),
    step,
    outcome: z.enum(["pass", "fail", "unknown"]),
    /** What it said in a few words, such as the verdict. */
    proof: z.string(),
    why: z.array(z.string()),
    /** Of the report; null where none was needed. */
    report: digest.nullable(),
    /** What it stands on, where that lies in files. */
    files: z.array(file),
  }),
  /** A command is about to be started, or started again although it failed. */
  z.strictObject({
    event: z.literal("begun"),
    step,
    command: z.array(z.string()),
    again: z.string().nullable(),
  }),
  /** It runs as this process. */
  z.strictObject({ event: z.literal("running"), step, process: owner }),
  z.strictObject({
    event: z.literal("ended"),
    step,
    status: z.int(),
    /** What it said, kept. */
    files: z.array(file),
  }),
  /** Staging was released by itself before, of the same commit: what it took is not done again. */
  z.strictObject({
    event: z.literal("taken over"),
    step,
    /** When it was done there. */
    at: time,
    /** The entry of staging's own log that says so. */
    from: z.strictObject({ release: z.string(), entry: z.int().min(1), digest }),
  }),
  z.strictObject({
    event: z.literal("closed"),
    outcome: z.enum(["released", "superseded", "rolled back", "abandoned"]),
    why: z.string(),
  }),
  /** Facts about the delivery that were sent, by their ids. */
  z.strictObject({ event: z.literal("told"), facts: z.array(z.string()) }),
  /** The end of the file was half a line: a process was killed as it wrote it. */
  z.strictObject({ event: z.literal("mended"), found: z.string() }),
]);

const frame = z.strictObject({
  version: z.literal(1),
  /** Counted from 1. */
  entry: z.int().min(1),
  stack: z.string(),
  /** `<date>-<commit>` of the release; entries of one release follow each other. */
  release: z.string(),
  at: time,
  by: z.string(),
  fact,
  /** The digest of the entry before; null of the first. */
  after: digest.nullable(),
  digest,
});

export type Subject = z.output<typeof subject>;
export type Fact = z.output<typeof fact>;
export type KeptFile = z.output<typeof file>;
export type Entry = z.output<typeof frame>;
export type FactOf<E extends Fact["event"]> = Extract<Fact, { event: E }>;

/** The entry that follows another. */
export function entryAfter(
  before: Entry | undefined,
  of: Pick<Entry, "stack" | "release" | "at" | "by" | "fact">,
): Entry {
  const entry = {
    version: 1 as const,
    entry: (before?.entry ?? 0) + 1,
    ...of,
    after: before?.digest ?? null,
  };
  return { ...entry, digest: digestOf(entry) };
}

export function lineOf(entry: Entry): string {
  return `${canonicalJson(entry)}\n`;
}

/** An entry whose digest is right, or what is wrong with the line. */
export function parseLine(line: string): Entry | string {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    return "is no JSON";
  }
  const parsed = frame.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `is no entry of version 1 (${[issue?.path.join("."), issue?.message].join(": ")})`;
  }
  const { digest: said, ...rest } = parsed.data;
  if (digestOf(rest) !== said) return "was altered: its digest is another";
  return canonicalJson(parsed.data) === line ? parsed.data : "is written otherwise than it was";
}
