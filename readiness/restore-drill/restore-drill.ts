/** `restore-drill`: whether a backup can be restored, whole and in time. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { stringify } from "yaml";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { recoveryLevels } from "../../model/service-levels/recovery.ts";
import { UsageError } from "../errors.ts";
import { collect } from "../evidence/collect.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { writeWhole } from "../terminal/out-file.ts";
import { fromJob, reportToAws } from "./aws.ts";
import { compare } from "./compare.ts";
import { addressIn, connectTo } from "./connection.ts";
import { fromBaseBackup, fromDump, nameOf, type Restored } from "./drill.ts";
import { type Facts, takeFacts } from "./facts.ts";
import { readManifest } from "./manifest.ts";
import type { DrillOptions } from "./options.ts";
import { type Found, toJson, toText, verdictOf } from "./report.ts";
import { ServerFailed } from "./scratch.ts";
import { take } from "./take.ts";

/** What is known of the original. */
interface Original {
  readonly facts: Facts;
  readonly takenAt: Date | undefined;
  readonly database: string;
  readonly serverMajor: number | undefined;
}

interface Tried extends Restored {
  readonly decidedAt: Date;
  readonly wantedAt: Date;
  readonly vault: string;
  readonly recoveryPoint: string;
}

/**
 * @returns 0 where all is as it was and in time, 1 where it is not, 3 where that cannot be told
 * @throws UsageError
 */
export async function restoreDrill(options: DrillOptions, projectDir: string): Promise<number> {
  if (options.take !== undefined) {
    if (options.manifest === undefined) throw new UsageError("--take needs --manifest: the file to write");
    return take(options.take === true ? undefined : options.take, options.manifest);
  }
  assertOne(options);
  selectStacks([options.stack], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, options.stack);
  const found = await tried(options, spec);
  const verdict = verdictOf(found);
  const record = writeRecord(options, found, projectDir);
  process.stdout.write(options.format === "json" ? toJson(found, verdict) : toText(found, verdict));
  // Of a job that failed AWS knows itself.
  if (options.restoreJob !== undefined && found.checks.length > 0)
    await reportToAws(options.restoreJob, verdict);
  if (record === undefined) return verdict.status;
  process.stderr.write(`The record is ${record}\n`);
  if (options.sign === undefined) return verdict.status;
  const to = {
    item: "INC-02",
    service: "platform",
    format: ["restore-test"],
    files: [record],
    stack: options.stack,
  };
  const environment = spec.tier === "production" ? "prod" : "staging";
  const handed = await collect(
    { ...to, environment, sign: options.sign, exitCode: [], shard: [], schema: [] },
    projectDir,
  );
  return verdict.status || handed;
}

function assertOne({ from, baseBackup, restoreJob, wal, until }: DrillOptions): void {
  const ways = [from, baseBackup, restoreJob].filter((way) => way !== undefined).length;
  if (ways !== 1) throw new UsageError("what to restore is one of --from, --base-backup and --restore-job");
  if (baseBackup === undefined && (wal !== undefined || until !== undefined)) {
    throw new UsageError("--wal and --until belong to --base-backup: a dump is of one moment alone");
  }
  if (
    until !== undefined &&
    !(/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(until) && Number.isFinite(Date.parse(until)))
  ) {
    throw new UsageError(`--until ${until}: must be a time with its offset, such as 2026-01-05T09:00:00Z`);
  }
  for (const [option, path] of Object.entries({
    "--from": from,
    "--base-backup": baseBackup,
    "--wal": wal,
  })) {
    if (path !== undefined && !existsSync(path)) throw new UsageError(`${option} ${path} is not there`);
  }
}

async function tried(options: DrillOptions, spec: StackSpec): Promise<Found> {
  const original = await originalOf(options);
  const { databaseRtoMinutes, databaseRpoMinutes } = recoveryLevels[spec.tier];
  const begun = new Date();
  const outcome = await restored(options, original).catch((error: unknown): Tried => {
    if (!(error instanceof ServerFailed)) throw error;
    const nothing = { facts: undefined, recoveredAt: undefined, vault: "none", recoveryPoint: "none" };
    return { ...nothing, errors: [error.message], decidedAt: begun, answeredAt: new Date(), wantedAt: begun };
  });
  return {
    ...outcome,
    checks: outcome.facts ? compare(original.facts, outcome.facts, options.baseBackup !== undefined) : [],
    limits: { rtoMinutes: databaseRtoMinutes, rpoMinutes: databaseRpoMinutes },
  };
}

async function restored(options: DrillOptions, original: Original): Promise<Tried> {
  const decidedAt = new Date();
  const { from, baseBackup: folder, restoreJob, until } = options;
  const vault = options.vault ?? "none";
  if (restoreJob !== undefined) return fromJob(restoreJob, decidedAt);
  const recoveryPoint = options.recoveryPoint ?? (await nameOf(from ?? folder ?? ""));
  if (from !== undefined) {
    const outcome = await fromDump(from, options.globals, original.serverMajor, options.scratch);
    return {
      ...outcome,
      recoveredAt: original.takenAt,
      decidedAt,
      wantedAt: decidedAt,
      vault,
      recoveryPoint,
    };
  }
  const backup = { folder: folder ?? "", wal: options.wal, until, user: options.user };
  const outcome = await fromBaseBackup(backup, options.database ?? original.database);
  return {
    ...outcome,
    decidedAt,
    wantedAt: until === undefined ? decidedAt : new Date(until),
    vault,
    recoveryPoint,
  };
}

async function originalOf({ manifest }: DrillOptions): Promise<Original> {
  if (manifest !== undefined) {
    const { takenAt, ...known } = readManifest(manifest);
    return { ...known, takenAt: new Date(takenAt) };
  }
  const name = "SOURCE_DATABASE_URL";
  const url = addressIn(name, "the original, or --manifest with what it was made of");
  const client = await connectTo(url, name);
  try {
    const { rows } = await client.query("SELECT current_database() AS database");
    return {
      facts: await takeFacts(client),
      takenAt: undefined,
      database: rows[0].database,
      serverMajor: undefined,
    };
  } finally {
    await client.end();
  }
}

/** @returns the file; nothing where there is nothing to record */
function writeRecord(options: DrillOptions, found: Found, projectDir: string): string | undefined {
  if (found.checks.length === 0 || found.recoveredAt === undefined) return undefined;
  const { vault, recoveryPoint, decidedAt, answeredAt, wantedAt, recoveredAt, checks, errors } = found;
  const failed = errors.map((error) => ({ what: "errors of the restore", expected: "none", found: error }));
  const name = decidedAt.toISOString().replaceAll(/[:.]/g, "-");
  const file = options.record ?? join(projectDir, "drills", options.stack, `restore-${name}.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  const times = Object.entries({ decidedAt, answeredAt, wantedAt, recoveredAt });
  const written = Object.fromEntries(times.map(([key, time]) => [key, time.toISOString()]));
  writeWhole(
    file,
    stringify({ vault, recoveryPoint, ...written, checks: [...failed, ...checks] }),
    "--record",
  );
  return relative(projectDir, file);
}
