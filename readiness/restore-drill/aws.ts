/**
 * The database that AWS Backup's restore testing has restored, and the word that AWS waits for. By the aws command, which
 * the workflows have anyway and which finds whatever credentials there are: its SDK would be a package for three calls.
 */
import { execFile } from "node:child_process";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { clean } from "../terminal/layout.ts";
import { addressIn, connectTo } from "./connection.ts";
import type { Restored } from "./drill.ts";
import { takeFacts } from "./facts.ts";
import type { Verdict } from "./report.ts";

/** `DescribeRestoreJob` of AWS Backup. */
const job = z.object({
  Status: z.string(),
  StatusMessage: z.string().optional(),
  RecoveryPointArn: z.string(),
  SourceResourceArn: z.string().optional(),
  BackupVaultArn: z.string().optional(),
  CreatedResourceArn: z.string().optional(),
  CreationDate: z.coerce.date(),
  CompletionDate: z.coerce.date().optional(),
});
const instances = z.object({
  DBInstances: z
    .array(
      z.object({
        Endpoint: z.object({ Address: z.string(), Port: z.number() }).optional(),
        LatestRestorableTime: z.coerce.date().optional(),
      }),
    )
    .min(1),
});

const restoredUrl = "RESTORED_DATABASE_URL";

type FromJob = Restored & {
  readonly decidedAt: Date;
  readonly wantedAt: Date;
  readonly vault: string;
  readonly recoveryPoint: string;
};

/** @throws UsageError where the job has not come to its end, or its database is not reached */
export async function fromJob(id: string, now: Date): Promise<FromJob> {
  const done = await asked(["backup", "describe-restore-job", "--restore-job-id", id], job);
  const { Status, CreatedResourceArn, CompletionDate } = done;
  const said = {
    decidedAt: done.CreationDate,
    vault: done.BackupVaultArn?.split(":").at(-1) ?? "none",
    recoveryPoint: done.RecoveryPointArn,
    // What could be lost now is told by the original: a snapshot that is tested is of the night.
    wantedAt: now,
    recoveredAt: await restorableUntil(done.SourceResourceArn),
  };
  if (Status === "FAILED" || Status === "ABORTED") {
    return {
      ...said,
      facts: undefined,
      errors: [`the job ${Status}: ${done.StatusMessage ?? ""}`],
      answeredAt: now,
    };
  }
  if (Status !== "COMPLETED" || CreatedResourceArn === undefined || CompletionDate === undefined) {
    throw new UsageError(`--restore-job ${id} is ${Status}: AWS says when it is COMPLETED, by EventBridge`);
  }
  const url = addressIn(
    restoredUrl,
    "user, password and database of what was restored; its host is asked of AWS",
  );
  const { Endpoint } = await instance(CreatedResourceArn);
  if (Endpoint === undefined) throw new UsageError(`${CreatedResourceArn} has no address yet`);
  url.hostname = Endpoint.Address;
  url.port = `${Endpoint.Port}`;
  const client = await connectTo(url, restoredUrl);
  try {
    return { ...said, errors: [], answeredAt: CompletionDate, facts: await takeFacts(client) };
  } finally {
    await client.end();
  }
}

/** `PUT /restore-jobs/{id}/validations`. */
export async function reportToAws(id: string, { status, faults, unknown }: Verdict): Promise<void> {
  const message = [...faults, ...unknown].join("; ").slice(0, 1_000) || "as in the original";
  const result = status === 0 ? "SUCCESSFUL" : "FAILED";
  await aws([
    "backup",
    "put-restore-validation-result",
    "--restore-job-id",
    id,
    "--validation-status",
    result,
    "--validation-status-message",
    clean(message),
  ]);
  process.stderr.write(`AWS Backup is told: ${result}\n`);
}

async function restorableUntil(source: string | undefined): Promise<Date | undefined> {
  return source === undefined ? undefined : (await instance(source)).LatestRestorableTime;
}

async function instance(arn: string): Promise<z.output<typeof instances>["DBInstances"][number]> {
  const { DBInstances } = await asked(
    ["rds", "describe-db-instances", "--db-instance-identifier", arn],
    instances,
  );
  return DBInstances[0] as z.output<typeof instances>["DBInstances"][number];
}

async function asked<S extends z.ZodType>(args: readonly string[], schema: S): Promise<z.output<S>> {
  const { data } = schema.safeParse(jsonIn(await aws([...args, "--output", "json"])));
  if (data === undefined)
    throw new UsageError(`aws ${args.slice(0, 2).join(" ")} answered something else than AWS documents`);
  return data;
}

function aws(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("aws", args, { timeout: 60_000, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const why =
        error.code === "ENOENT" ? "the aws command is not on this machine" : clean(stderr).slice(-300);
      reject(new UsageError(`aws ${args.slice(0, 2).join(" ")}: ${why}`));
    });
  });
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
