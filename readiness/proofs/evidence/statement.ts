/**
 * What is known of a run, bound to a commit: an in-toto Statement v1 with a predicate of ours. It is closed, so that
 * nothing that a reader does not know can change what it says; statement.schema.json is the same for others.
 */
import { z } from "zod";
import { environments, suites } from "../../../model/checklist/needs.ts";
import { readShape } from "./json.ts";
import { measureSchema, shard } from "./measure-schema.ts";
import type { Unreadable } from "./reading.ts";

export const statementType = "https://in-toto.io/Statement/v1";
export const predicateType = "urn:production-readiness:evidence:1";

const time = z.iso.datetime({ offset: true, error: "must be a time such as 2026-01-05T09:00:00Z" });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 of 64 hexadecimal digits");

/** Git's ids have 40 digits, or 64 in repositories of the newer kind; whatever is shorter may mean several commits. */
export const fullCommit = z
  .string()
  .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, "must be the full id of a commit, 40 or 64 hexadecimal digits");

/** A name for people and for formats, never a way to a file: what it says stands in `raw/<sha256>`. */
const path = z
  .string()
  .min(1)
  .max(500)
  .refine((name) => !name.startsWith("/") && !name.includes("\0") && !name.split(/[/\\]/).includes(".."), {
    error: "must be a relative path without ..",
  });

const file = z.strictObject({ path, sha256, bytes: z.int().min(1) });

const run = z.strictObject({
  /** A format's name; it reads the first of the files, the others go with it, such as a log. */
  format: z.string().min(1),
  tool: z.string().min(1),
  version: z.string().min(1).nullable(),
  /** Of the process that wrote the output; null for what no process wrote. */
  exitCode: z.int().min(0).max(255).nullable(),
  shard: shard.nullable(),
  /** What the format read; whoever judges it reads again. */
  summary: measureSchema,
  files: z.array(file).min(1),
});

const predicate = z.strictObject({
  version: z.literal(1),
  /** Such as `PRE-01`. */
  item: z.string().regex(/^[A-Z]{2,5}-\d{2}$/),
  /** As in the stack's config; `platform` for what concerns no single service. */
  service: z.string().regex(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/),
  environment: z.enum(environments),
  suite: z.enum(suites).nullable(),
  /** What was measured there, such as Vercel's `dpl_…`. */
  deployment: z.string().min(1).nullable(),
  /** Nothing but the commit was in the folder; of any other tree no statement is made. */
  tree: z.literal("clean", "must be clean: commit or remove what is changed, and run again"),
  /** Of everything that makes the database's schema, over names and contents. */
  schema: sha256.nullable(),
  /** Source files of the commit that the coverage does not know; null where it is about something else. */
  unmeasured: z.array(z.string()).nullable(),
  authors: z.array(z.email()).min(1),
  startedAt: time,
  finishedAt: time,
  runs: z.array(run).min(1).max(1_000),
  /** The version of what wrote this. */
  collector: z.string().min(1),
});

export const statementSchema = z.strictObject({
  _type: z.literal(statementType),
  subject: z.tuple([
    z.strictObject({
      /** `<owner>/<repository>/<service>`. */
      name: z.string().min(1),
      digest: z.strictObject({ gitCommit: fullCommit }),
    }),
  ]),
  predicateType: z.literal(predicateType),
  predicate,
});

export type Statement = z.output<typeof statementSchema>;
export type Predicate = Statement["predicate"];
export type ToolRun = Predicate["runs"][number];

/** A statement, or the first thing that is wrong with it. */
export function readStatement(bytes: Uint8Array): Statement | Unreadable {
  const read = readShape(bytes, statementSchema);
  return "problem" in read ? read : read.value;
}

/** As it is written, and as it is signed. */
export function writeStatement(statement: Statement): string {
  return `${JSON.stringify(statement, null, 2)}\n`;
}

export function commitOf(statement: Statement): string {
  return statement.subject[0].digest.gitCommit;
}

/** Who is spoken of, such as `example/portal/portal`. */
export function subjectName(repository: string, service: string): string {
  return `${repository}/${service}`;
}

/** `PRE-01.unit.20260105T090000000Z.json`: what a folder's listing tells of a statement. */
export function fileName({ item, suite, runs }: Predicate, written: Date): string {
  const about = suite ?? runs[0]?.summary.kind ?? "none";
  return `${item}.${about}.${written.toISOString().replaceAll(/[-:.]/g, "")}.json`;
}

export interface NamedStatement {
  readonly item: string;
  /** When it was written, as a time of ISO 8601. */
  readonly written: string;
}

/** What a file's name says; nothing where it is not of that form. */
export function parseFileName(name: string): NamedStatement | undefined {
  const form = /^([A-Z]{2,5}-\d{2})\.[a-z0-9-]+\.(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.json$/;
  const [, item, year, month, day, hour, minute, second, ms] = form.exec(name) ?? [];
  if (item === undefined) return undefined;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
  return Number.isNaN(Date.parse(written)) ? undefined : { item, written };
}
