import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { Backups, type BackupsArgs } from "../../components/backups.ts";
import { declare, inputsOf, only, statementsOf, tags } from "./support/declare.ts";

const settings: BackupsArgs["settings"] = {
  copyRegion: "eu-west-1",
  dailyRetentionDays: 35,
  weeklyRetentionDays: 90,
  monthlyRetentionDays: 365,
  vaultLock: "compliance",
};

/** What backups of these arguments declare. */
function backups(change: Partial<Omit<BackupsArgs, "copyProvider">> = {}, preview = false) {
  return declare(
    () =>
      new Backups("backups", {
        permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
        settings,
        tier: "production",
        copyProvider: new aws.Provider("copy-region", { region: "eu-west-1" }),
        notifyEmails: ["dino@example.com", "ema@example.com"],
        database: { arn: "arn:database", subnetGroupName: "data" },
        tags,
        ...change,
      }),
    preview,
  );
}

it("stores each backup here and copies it, both for as long as the settings say", async () => {
  const { rules } = only(await backups(), "Plan") as { rules: Record<string, unknown>[] };
  expect(rules).toMatchObject(
    [
      ["daily", 35],
      ["weekly", 90],
      ["monthly", 365],
    ].map(([ruleName, deleteAfter]) => ({
      ruleName,
      targetVaultName: "portal-backups-prod",
      lifecycle: { deleteAfter },
      copyActions: [{ destinationVaultArn: "arn:Vault:backups-copy", lifecycle: { deleteAfter } }],
    })),
  );
});

it("keeps the copy's vault, key and lock in the second region", async () => {
  const declared = await backups();
  const elsewhere = declared.filter((d) => d.provider.includes("copy-region")).map((d) => d.type);
  expect(elsewhere.sort()).toEqual(["Alias", "Key", "Vault", "VaultLockConfiguration"]);
});

it("locks both vaults between the shortest and the longest retention", async () => {
  const locks = inputsOf(await backups(), "VaultLockConfiguration");
  expect(locks).toMatchObject([
    { minRetentionDays: 35, maxRetentionDays: 365, changeableForDays: 14 },
    { minRetentionDays: 35, maxRetentionDays: 365, changeableForDays: 14 },
  ]);
});

it("leaves a governance lock without a date from which nobody can lift it", async () => {
  const declared = await backups({ settings: { ...settings, vaultLock: "governance" } });
  for (const lock of inputsOf(declared, "VaultLockConfiguration")) {
    expect(lock).not.toHaveProperty("changeableForDays");
  }
});

it("selects what this stack tags, not what other stacks of the account do", async () => {
  const { conditions } = only(await backups(), "Selection") as { conditions: unknown };
  expect(conditions).toEqual([
    {
      stringEquals: [
        { key: "aws:ResourceTag/backup", value: "daily" },
        { key: "aws:ResourceTag/product", value: "portal" },
        { key: "aws:ResourceTag/environment", value: "prod" },
      ],
    },
  ]);
});

it("tells everybody of jobs that did not complete", async () => {
  const declared = await backups();
  expect(only(declared, "VaultNotifications")["backupVaultEvents"]).toContain("BACKUP_JOB_COMPLETED");
  expect(inputsOf(declared, "TopicSubscription")).toMatchObject([
    { endpoint: "dino@example.com", filterPolicy: '{"State":[{"anything-but":"COMPLETED"}]}' },
    { endpoint: "ema@example.com", filterPolicy: '{"State":[{"anything-but":"COMPLETED"}]}' },
  ]);
  expect(statementsOf(only(declared, "TopicPolicy")["policy"])).toMatchObject([
    {
      Principal: { Service: "backup.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ]);
});

it("tests restores in production, into the database's own subnets", async () => {
  expect(only(await backups(), "RestoreTestingSelection")).toMatchObject({
    protectedResourceArns: ["arn:database"],
    restoreMetadataOverrides: { dbSubnetGroupName: "data" },
  });
  expect(inputsOf(await backups({ tier: "staging" }), "RestoreTestingPlan")).toEqual([]);
});

it("never deletes an instance but those of restore tests", async () => {
  const statements = inputsOf(await backups(), "RolePolicy").flatMap(({ policy }) => statementsOf(policy));
  const deleting = statements.filter((s) => (s["Action"] as string[]).includes("rds:DeleteDBInstance"));
  expect(deleting.map((s) => s["Resource"])).toEqual(["arn:aws:rds:*:*:db:awsbackup-restore-test-*"]);
});

it("names restore tests in the letters that AWS takes", async () => {
  expect(only(await backups(), "RestoreTestingPlan")["name"]).toMatch(/^\w{1,50}$/);
});

it("declares the same in a preview, where nothing is known yet", async () => {
  const names = async (preview: boolean) =>
    (await backups({}, preview)).map(({ type, name }) => `${type} ${name}`).sort();
  expect(await names(true)).toEqual(await names(false));
});
