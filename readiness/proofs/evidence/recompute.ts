/** Reads the raw files of a statement again: what it says of them is a claim until they say the same. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Format, Reading, Unreadable } from "./reading.ts";
import { commitOf, type Statement, type ToolRun } from "./statement.ts";

export type RawBytes = { readonly bytes: Uint8Array } | Unreadable | undefined;
export type Formats = ReadonlyMap<string, Format>;

export interface Recomputed {
  /** Of each run, with the part of the whole that it was. */
  readonly readings: readonly Reading[];
  /** `vitest 5.1.1, playwright`. */
  readonly tools: string;
  /** The oldest of what the runs rest on, such as a database of vulnerabilities. */
  readonly at: Date;
}

/**
 * @param raw the bytes of a raw file by its digest
 */
export async function recompute(
  statement: Statement,
  formats: Formats,
  raw: (sha256: string) => Promise<RawBytes>,
): Promise<Recomputed | Unreadable> {
  const readings: Reading[] = [];
  const digests = statement.predicate.runs.map((run) => run.files[0]?.sha256);
  const twice = digests.findIndex((digest, i) => digests.indexOf(digest) < i);
  if (twice >= 0) {
    return {
      problem: `${statement.predicate.runs[twice]?.files[0]?.path} has the same content as another raw file`,
    };
  }
  for (const run of statement.predicate.runs) {
    const reading = await readAgain(run, formats, raw);
    if ("problem" in reading) return reading;
    const problem = contradiction(statement, run, reading);
    if (problem !== undefined) return { problem };
    readings.push(reading);
  }
  const problem = otherTime(statement, readings);
  if (problem !== undefined) return { problem };
  const tools = statement.predicate.runs.map(({ tool, version }) => (version ? `${tool} ${version}` : tool));
  return {
    readings: readings.map((reading, i) => {
      const { measure } = reading;
      const shard = statement.predicate.runs[i]?.shard ?? null;
      return measure.kind === "tests" ? { ...reading, measure: { ...measure, shard } } : reading;
    }),
    tools: [...new Set(tools)].join(", "),
    at: new Date(Math.min(Date.parse(statement.predicate.finishedAt), ...readings.flatMap(foundations))),
  };
}

async function readAgain(
  run: ToolRun,
  formats: Formats,
  raw: (sha256: string) => Promise<RawBytes>,
): Promise<Reading | Unreadable> {
  const format = formats.get(run.format);
  if (!format) return { problem: `there is no format ${JSON.stringify(run.format)}` };
  let first: Uint8Array | undefined;
  for (const file of run.files) {
    const read = await raw(file.sha256);
    if (!read) return { problem: `its raw file ${file.path} is missing` };
    if ("problem" in read) return { problem: `its raw file ${file.path}: ${read.problem}` };
    if (sha256Of(read.bytes) !== file.sha256 || read.bytes.length !== file.bytes) {
      return { problem: `its raw file ${file.path} was altered` };
    }
    first ??= read.bytes;
  }
  return readWith(format, { path: run.files[0]?.path ?? "", bytes: first ?? new Uint8Array() });
}

/** As a format reads; one that throws on bytes of others is broken, and what it cannot read is no proof. */
export function readWith(format: Format, file: Parameters<Format["read"]>[0]): Reading | Unreadable {
  try {
    const reading = format.read(file);
    return "problem" in reading ? { problem: `${file.path}: ${reading.problem}` } : reading;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      problem: `${file.path}: the format ${format.name} cannot read it (${message.replaceAll(/\s+/g, " ")})`,
    };
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** As it stands in a statement, where −0 is 0. */
function asJson(measure: Reading["measure"] | ToolRun["summary"]): unknown {
  return JSON.parse(JSON.stringify(measure));
}

function contradiction(statement: Statement, run: ToolRun, reading: Reading): string | undefined {
  const path = run.files[0]?.path;
  const { measure } = reading;
  const odd = times(reading).find((time) => Number.isNaN(Date.parse(time)));
  if (odd !== undefined) return `its raw file ${path} has the time ${JSON.stringify(odd)}, which is none`;
  if (
    reading.tool !== run.tool ||
    reading.version !== run.version ||
    !isDeepStrictEqual(asJson(measure), asJson(run.summary))
  ) {
    return `its summary is not what its raw file ${path} says`;
  }
  if (reading.commit !== null && reading.commit !== commitOf(statement)) {
    return `its raw file ${path} is of commit ${reading.commit}`;
  }
  if (run.shard !== null && measure.kind !== "tests")
    return `its raw file ${path} is a shard of something else than tests`;
  if (measure.kind === "tests" && measure.shard !== null && !isDeepStrictEqual(measure.shard, run.shard)) {
    return `its raw file ${path} is shard ${measure.shard.index}/${measure.shard.total}, and not what it says`;
  }
  if (measure.kind === "command" && measure.exitCode !== run.exitCode) {
    return `its raw file ${path} ended with ${measure.exitCode}, and not with ${run.exitCode}`;
  }
  return undefined;
}

/** A statement ends when the last of its runs did, where all of them tell. */
function otherTime({ predicate }: Statement, readings: readonly Reading[]): string | undefined {
  const claimed = Date.parse(predicate.finishedAt);
  if (Date.parse(predicate.startedAt) > claimed) return "it ended before it began";
  const ends = readings.map(({ finishedAt }) => finishedAt);
  const last = Math.max(...ends.map((end) => (end === null ? Number.NEGATIVE_INFINITY : Date.parse(end))));
  const all = ends.every((end) => end !== null);
  if (all ? last === claimed : !(last > claimed)) return undefined;
  return `it ended at ${predicate.finishedAt}, and its raw files at ${new Date(last).toISOString()}`;
}

/** When what a reading rests on was so, in milliseconds. */
function foundations(reading: Reading): readonly number[] {
  return times(reading).map((time) => Date.parse(time));
}

function times({ finishedAt, measure }: Reading): readonly string[] {
  const database = measure.kind === "vulnerabilities" ? measure.databaseFrom : null;
  return [finishedAt, database].filter((time) => time !== null);
}
