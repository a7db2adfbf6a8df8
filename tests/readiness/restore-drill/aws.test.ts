import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { postgresMissing, startServer, type TestServer } from "../../support/postgres.ts";
import { drill, schema } from "./drill.ts";

const restored = "arn:aws:rds:eu-central-1:111122223333:db:awsbackup-restore-test-1";
const source = "arn:aws:rds:eu-central-1:111122223333:db:portal-prod";
const completed = {
  Status: "COMPLETED",
  RecoveryPointArn: "arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:job-1",
  SourceResourceArn: source,
  BackupVaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:portal-backups-prod",
  CreatedResourceArn: restored,
  CreationDate: "2026-11-26T04:00:00.000000+00:00",
  CompletionDate: "2026-11-26T04:31:00.000000+00:00",
};

describe.skipIf(postgresMissing())("a restore testing job of AWS", () => {
  let server: TestServer;
  let folder: string;
  let manifest: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(join(tmpdir(), "aws-"));
    manifest = join(folder, "manifest.json");
    await server.sql("postgres", "CREATE ROLE web_portal");
    await server.sql("postgres", "CREATE DATABASE shop");
    await server.sql("shop", schema);
    await drill({ take: true, manifest }, { SOURCE_DATABASE_URL: server.url("shop") });
    // Answers like the aws command, and keeps what it was asked.
    const fake = `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync("${folder}/asked", JSON.stringify(args) + "\\n");
const answers = JSON.parse(readFileSync("${folder}/answers"));
const answer = answers[args[1]];
if (answer === undefined) { console.error("An error occurred (AccessDenied)"); process.exit(254); }
console.log(JSON.stringify(answer));
`;
    writeFileSync(join(folder, "aws"), fake);
    chmodSync(join(folder, "aws"), 0o755);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    writeFileSync(join(folder, "asked"), "");
    env = { PATH: [folder, process.env["PATH"]].join(delimiter), RESTORED_DATABASE_URL: server.url("shop") };
    answers({});
  });
  const answers = (
    job: Partial<typeof completed> | undefined,
    restorableUntil = new Date(Date.now() - 120_000),
  ) => {
    const instance = {
      Endpoint: { Address: "restored.example.com", Port: 5432 },
      LatestRestorableTime: restorableUntil.toISOString(),
    };
    const said = {
      "describe-restore-job": job && { ...completed, ...job },
      "describe-db-instances": { DBInstances: [instance] },
      "put-restore-validation-result": {},
    };
    writeFileSync(join(folder, "answers"), JSON.stringify(said));
  };
  const asked = () =>
    readFileSync(join(folder, "asked"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as string[]);
  const validation = () =>
    asked()
      .find(([, name]) => name === "put-restore-validation-result")
      ?.slice(2);
  const check = () => drill({ restoreJob: "job-1", manifest, record: join(folder, "record.yaml") }, env);

  it("whose database is whole is told so to AWS, with AWS's own times and the vault", async () => {
    const { status, stdout } = await check();
    expect(stdout).toMatch(
      /^✓ (\d+) of \1 checks are as in the original; RTO 31 min \(60\), RPO 2(\.\d)? min \(5\)\n$/,
    );
    expect(
      asked()
        .filter(([, name]) => name === "describe-db-instances")
        .map((args) => args[3])
        .toSorted(),
    ).toEqual([restored, source].toSorted());
    expect(validation()).toEqual([
      "--restore-job-id",
      "job-1",
      "--validation-status",
      "SUCCESSFUL",
      "--validation-status-message",
      "as in the original",
    ]);
    expect(readFileSync(join(folder, "record.yaml"), "utf8")).toContain("vault: portal-backups-prod\n");
    expect(status).toBe(0);
  });

  it("whose database lacks something is told so, too", async () => {
    await server.sql("shop", "DROP INDEX orders_user");
    const { status, stdout } = await check();
    await server.sql("shop", "CREATE INDEX orders_user ON orders (user_id)");
    expect(stdout).toContain("✗ index public.orders_user is missing");
    expect(validation()).toContain("FAILED");
    expect(validation()?.at(-1)).toContain("orders_user is missing");
    expect(status).toBe(1);
  });

  it("that failed, took too long, or whose original is no longer copied is no proof", async () => {
    answers({ Status: "FAILED" });
    expect((await check()).stdout).toContain("✗ the restore says: the job FAILED");
    answers({ CompletionDate: "2026-11-26T05:00:01.000000+00:00" });
    expect((await check()).stdout).toContain("✗ it took 60.1 minutes, must be 60 at most");
    answers({}, new Date(Date.now() - 3_600_000));
    expect((await check()).stdout).toMatch(/✗ 60(\.\d)? minutes of writes are lost, must be 5 at most/);
    expect(validation()).toContain("FAILED");
  });

  it.each<[string, () => void, RegExp]>([
    [
      "is still at work",
      () => answers({ Status: "RUNNING" }),
      /job-1 is RUNNING: AWS says when it is COMPLETED/,
    ],
    ["may not be asked about", () => answers(undefined), /aws backup describe-restore-job: .*AccessDenied/],
    [
      "comes without a login",
      () => {
        env["RESTORED_DATABASE_URL"] = "";
      },
      /RESTORED_DATABASE_URL is not in the environment/,
    ],
    [
      "meets a machine without the aws command",
      () => {
        env["PATH"] = "/nonexistent";
      },
      /the aws command is not on this machine/,
    ],
  ])("that %s says nothing to AWS", async (_, arrange, message) => {
    arrange();
    const { status, stderr } = await check();
    expect(stderr).toMatch(message);
    expect(readFileSync(join(folder, "asked"), "utf8")).not.toContain("put-restore");
    expect(status).toBe(2);
  });
});
