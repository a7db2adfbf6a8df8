import { describe, expect, it } from "vitest";
import { frequencyOf } from "../../../policies/rules/backups/resources.ts";
import { backupsRules } from "../../../policies/rules/backups.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { declared, unknown } from "../support/stack.ts";

const vault = (name: string, region?: unknown) => resource("aws:backup/vault:Vault", name, { region });
const planned = (
  schedule: string,
  deleteAfter?: unknown,
  copies: unknown = [{ lifecycle: { deleteAfter } }],
) => ({
  ruleName: "rule",
  schedule,
  targetVaultName: unknown,
  lifecycle: { deleteAfter },
  copyActions: copies,
});
const plan = (rules: readonly unknown[], vaults: readonly ReturnType<typeof vault>[] = []) =>
  resource("aws:backup/plan:Plan", "plan", { rules }, { rules: vaults });
const daily = "cron(0 5 * * ? *)";

it.each([
  [daily, "daily"],
  ["cron(0 */4 ? * * *)", "daily"],
  ["cron(0 5 ? * SUN *)", "weekly"],
  ["cron(0 5 ? * MON-FRI *)", "weekly"],
  ["cron(0 5 1 * ? *)", "monthly"],
  ["cron(0 5 ? * 6#1 *)", "monthly"],
  ["cron(0 5 ? * 6L *)", "monthly"],
  ["cron(0 5 L * ? *)", "monthly"],
  ["cron(0 5 1 1 ? *)", undefined],
  ["cron(0 5 * *)", undefined],
  ["rate(1 day)", "daily"],
  ["cron(0 5 * * ? 2020)", undefined],
  ["cron(0 5 31 * ? *)", undefined],
  [undefined, undefined],
])("%s fires %s", (schedule, expected) => {
  expect(frequencyOf(schedule, new Date("2027-01-15T12:00:00Z"))).toBe(expected);
});

it.each([
  ["prod", [planned(daily, 30)], "pass"],
  ["prod", [planned(daily, 29)], "fail"],
  ["prod", [planned(daily, 1), planned(daily, 30)], "pass"],
  ["prod", [planned(daily)], "pass"],
  ["prod", [planned(daily, unknown)], "unknown"],
  ["prod", [planned("cron(0 5 ? * SUN *)", 365)], "fail"],
  ["prod", [], "fail"],
  ["staging", [planned(daily, 7)], "pass"],
])("backups-daily in %s, case %#", (stack, rules, expected) => {
  expect(judge(backupsRules, "backups-daily", [plan(rules)], stack).outcome).toBe(expected);
});

it.each([
  [[planned(daily, 30, [{ destinationVaultArn: unknown }])], "pass"],
  [[planned(daily, 30), planned(daily, 30, [])], "fail"],
  [[planned(daily, 30, undefined)], "pass"],
  [[{ ruleName: "rule", schedule: daily }], "fail"],
  [[], "fail"],
])("backups-copied-by-every-rule, case %#", (rules, expected) => {
  expect(judge(backupsRules, "backups-copied-by-every-rule", [plan(rules)]).outcome).toBe(expected);
});

describe("backups-copied-to-second-region", () => {
  const provider = declared("pulumi:providers:aws", { region: "eu-west-1" }, { name: "elsewhere" });
  const home = vault("home", "eu-central-1");

  it.each([
    ["both say where they are", vault("copy", "eu-west-1"), "pass"],
    ["the copy's provider says it", { ...vault("copy"), provider: provider.urn }, "pass"],
    ["the copy is beside it", vault("copy", "eu-central-1"), "fail"],
    ["nobody says where the copy is", vault("copy"), "fail"],
    ["it is not known yet", vault("copy", unknown), "unknown"],
  ])("%s", (_, copy, expected) => {
    const stack = [provider, home, copy, plan([planned(daily, 30)], [home, copy])];
    expect(judge(backupsRules, "backups-copied-to-second-region", stack).outcome).toBe(expected);
  });
});

describe("backups-cover-databases", () => {
  const tag = (key: string, value: string) => ({ key: `aws:ResourceTag/${key}`, value });
  const resources = ["*"];
  const all = {
    resources,
    conditions: [{ stringEquals: [tag("backup", "daily"), tag("product", "portal")] }],
  };
  const any = { selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] };

  it.each([
    ["all conditions match", all, { backup: "daily", product: "portal" }, "pass"],
    ["one condition does not", all, { backup: "daily", product: "other" }, "fail"],
    ["the database has no tags", all, undefined, "fail"],
    ["a tag is not known yet", all, { backup: unknown, product: "portal" }, "unknown"],
    ["one of several selection tags matches", any, { backup: "daily" }, "pass"],
    ["no selection tag matches", any, { backup: "never" }, "fail"],
    ["one condition decides, whatever the selection tags", { ...all, ...any }, { backup: "daily" }, "fail"],
    [
      "the only condition matches",
      { resources, conditions: [{ stringEquals: [tag("backup", "daily")] }] },
      { backup: "daily" },
      "pass",
    ],
    [
      "the only condition does not match, a selection tag does",
      { resources, conditions: [{ stringEquals: [tag("product", "shop")] }], ...any },
      { backup: "daily", product: "portal" },
      "fail",
    ],
    [
      "it is left out",
      { ...all, notResources: ["arn:aws:rds:*:*:db:*"] },
      { backup: "daily", product: "portal" },
      "fail",
    ],
    [
      "tables alone are taken",
      { ...all, resources: ["arn:aws:dynamodb:*:*:table/*"] },
      { backup: "daily", product: "portal" },
      "fail",
    ],
    [
      "databases alone are taken",
      { ...all, resources: ["arn:aws:rds:*:*:db:*"] },
      { backup: "daily", product: "portal" },
      "pass",
    ],
    [
      "a condition refuses it",
      { resources, conditions: [{ stringNotEquals: [tag("product", "portal")] }] },
      { product: "portal" },
      "fail",
    ],
    ["the selection selects nothing", {}, { backup: "daily" }, "fail"],
  ])("%s", (_, props, tags, expected) => {
    const owner = plan([]);
    const selection = resource("aws:backup/selection:Selection", "selection", props, { planId: [owner] });
    const db = resource("aws:rds/instance:Instance", "db", { tags });
    expect(judge(backupsRules, "backups-cover-databases", [owner, selection, db]).outcome).toBe(expected);
  });

  it("does not count a selection for no plan of this stack", () => {
    const selection = resource("aws:backup/selection:Selection", "selection", any);
    const db = resource("aws:rds/instance:Instance", "db", { tags: { backup: "daily" } });
    expect(judge(backupsRules, "backups-cover-databases", [selection, db]).outcome).toBe("fail");
  });
});

it.each([
  ["as the plan", { minRetentionDays: 30, maxRetentionDays: 90 }, "pass"],
  ["without limits", {}, "pass"],
  ["too short", { maxRetentionDays: 60 }, "fail"],
  ["too long", { minRetentionDays: 60 }, "fail"],
  ["not known yet", { minRetentionDays: unknown }, "unknown"],
])("backups-fit-vault-lock: a lock %s", (_, props, expected) => {
  const home = vault("home");
  const lock = resource("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "lock", props, {
    backupVaultName: [home],
  });
  const stack = [home, lock, plan([planned(daily, 30), planned("cron(0 5 1 * ? *)", 90)], [home])];
  expect(judge(backupsRules, "backups-fit-vault-lock", stack).outcome).toBe(expected);
});

it.each([
  [["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"], true, "pass"],
  [["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED"], true, "fail"],
  [["BACKUP_JOB_FAILED", "COPY_JOB_FAILED"], true, "fail"],
  [["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED"], false, "fail"],
  [unknown, true, "unknown"],
])("backups-failures-announced: %j of the plan's own vault: %s", (backupVaultEvents, own, expected) => {
  const home = vault("home");
  const notifications = resource(
    "aws:backup/vaultNotifications:VaultNotifications",
    "notices",
    { backupVaultEvents },
    own ? { backupVaultName: [home] } : {},
  );
  const stack = [home, notifications, plan([], [home])];
  expect(judge(backupsRules, "backups-failures-announced", stack).outcome).toBe(expected);
});

describe("backups-restore-tests-cover-databases", () => {
  const db = resource("aws:rds/instance:Instance", "db");
  const tests = resource("aws:backup/restoreTestingPlan:RestoreTestingPlan", "monthly");
  const selection = (of: readonly ReturnType<typeof vault>[], takes: readonly ReturnType<typeof vault>[]) =>
    resource(
      "aws:backup/restoreTestingSelection:RestoreTestingSelection",
      "databases",
      { protectedResourceType: "RDS" },
      { restoreTestingPlanName: of, protectedResourceArns: takes },
    );

  it.each([
    ["by a test of this stack", "prod", [db, tests, selection([tests], [db])], "pass"],
    ["by no test of this stack", "prod", [db, tests, selection([], [db])], "fail"],
    ["not, another is", "prod", [db, tests, selection([tests], [])], "fail"],
    ["not", "prod", [db, tests], "fail"],
    ["not, in staging", "staging", [db, tests], "not-applicable"],
  ])("a database is restored %s", (_, stack, resources, expected) => {
    expect(judge(backupsRules, "backups-restore-tests-cover-databases", resources, stack).outcome).toBe(
      expected,
    );
  });
});

it.each([
  [{ startWindow: 60, completionWindow: 480 }, "pass"],
  [{}, "pass"],
  [{ completionWindow: 61 }, "fail"],
  [{ startWindow: 10_000 }, "fail"],
  [{ enableContinuousBackup: true }, "fail"],
  [{ completionWindow: unknown }, "unknown"],
])("backups-have-time, %j: %s", (more, expected) => {
  expect(judge(backupsRules, "backups-have-time", [plan([{ ...planned(daily, 30), ...more }])]).outcome).toBe(
    expected,
  );
});

it.each([
  [14, "pass"],
  [undefined, "fail"],
  [36_500, "fail"],
  [unknown, "unknown"],
])("backups-lock-not-lifted: a cooling period of %s days", (changeableForDays, expected) => {
  const lock = resource("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "lock", {
    changeableForDays,
  });
  expect(judge(backupsRules, "backups-lock-not-lifted", [lock]).outcome).toBe(expected);
  expect(judge(backupsRules, "backups-lock-not-lifted", [lock], "staging").outcome).toBe("not-applicable");
});

it("backups-in-own-vaults: a vault of another account is in doubt", () => {
  const home = resource("aws:backup/vault:Vault", "home", { name: "home" });
  const stored = (destinationVaultArn: unknown) => [
    home,
    plan([{ ...planned(daily, 30, [{ destinationVaultArn }]), targetVaultName: "home" }], [home]),
  ];
  const outcome = (arn: unknown) => judge(backupsRules, "backups-in-own-vaults", stored(arn)).outcome;
  expect(outcome(unknown)).toBe("pass");
  expect(outcome("arn:aws:backup:eu-west-1:123456789012:backup-vault:home")).toBe("pass");
  expect(outcome("arn:aws:backup:eu-west-1:999988887777:backup-vault:other")).toBe("unknown");
});

describe("the key of backups", () => {
  const rule = "backups-keys-not-deleted";
  const account = "arn:aws:iam::123456789012";
  const whole = ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy"];
  const denial = (spared: unknown, Action: unknown = whole, operator = "ArnNotEquals") => ({
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource: "*",
    Condition: { [operator]: { "aws:PrincipalArn": spared } },
  });
  const stack = (...Statement: object[]) => {
    const key = resource("aws:kms/key:Key", "key", { policy: { Statement } });
    return [key, resource("aws:backup/vault:Vault", "vault", {}, { kmsKeyArn: [key] })];
  };
  const [root, keeper] = [`${account}:root`, `${account}:role/break-glass`];

  it.each<[string, object[], string]>([
    ["one role and the root user", [denial([root, keeper])], "pass"],
    ["one role by a comparison of texts", [denial([root, keeper], whole, "StringNotEquals")], "pass"],
    ["the root user", [denial(root)], "pass"],
    ["one role, in two denials", [denial(keeper, whole.slice(1)), denial(keeper, whole[0])], "pass"],
    ["whoever the narrower of two denials spares", [denial([`${account}:role/*`]), denial([keeper])], "pass"],
    ["two roles", [denial([root, keeper, `${account}:role/other`])], "fail"],
    ["roles by a pattern", [denial([`${account}:role/*`])], "fail"],
    [
      "whoever may change its policy",
      [denial(keeper, ["kms:ScheduleKeyDeletion", "kms:DisableKey"])],
      "fail",
    ],
    ["everybody but one role", [denial(keeper, whole, "ArnEquals")], "fail"],
    ["any administrator", [], "fail"],
    ["somebody who is not known yet", [denial(unknown)], "unknown"],
  ])("can be deleted by %s", (_, statements, expected) => {
    expect(judge(backupsRules, rule, stack(...statements)).outcome).toBe(expected);
  });

  it("has to be there", () => {
    expect(judge(backupsRules, rule, [vault("vault")]).outcome).toBe("fail");
  });
});
