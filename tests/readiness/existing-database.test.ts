/** A database that is there already, by what facts tell of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import { run } from "./project.ts";

const arn = "arn:aws:rds:eu-central-1:123456789012:db:ledger";
/** As the provider tells it of an instance. */
const instance = {
  address: "ledger.abc123.eu-central-1.rds.amazonaws.com",
  allocatedStorage: 100,
  arn,
  autoMinorVersionUpgrade: true,
  backupRetentionPeriod: 14,
  backupTarget: "region",
  backupWindow: "02:00-02:30",
  caCertIdentifier: "rds-ca-rsa2048-g1",
  dbSubnetGroupName: "ledger",
  deletionProtection: true,
  enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
  engine: "postgres",
  engineVersion: "17.4",
  iamDatabaseAuthenticationEnabled: true,
  identifier: "ledger",
  instanceClass: "db.t4g.medium",
  kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001",
  maintenanceWindow: "sun:03:00-sun:04:00",
  masterUserSecrets: [{ secretStatus: "active" }],
  maxAllocatedStorage: 500,
  monitoringInterval: 60,
  multiAz: true,
  networkType: "IPV4",
  parameterGroupName: "ledger-17",
  performanceInsightsEnabled: true,
  performanceInsightsRetentionPeriod: 31,
  port: 5432,
  publiclyAccessible: true,
  resourceId: "db-ABCDEFGHIJKL",
  storageEncrypted: true,
  username: "postgres",
  vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
};
const parameters = {
  family: "postgres17",
  name: "ledger-17",
  parameters: Object.entries({
    idle_in_transaction_session_timeout: "60000",
    log_connections: "1",
    log_disconnections: "1",
    log_lock_waits: "1",
    log_min_duration_statement: "500",
    log_statement: "ddl",
    max_connections: "150",
    "rds.force_ssl": "1",
    shared_preload_libraries: "pg_stat_statements",
  }).map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" })),
};

const subnets = {
  name: "ledger",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  vpcId: "vpc-0123456789abcdef0",
};
const from = (...ranges: readonly string[]) => ({
  ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, self: false, cidrBlocks: ranges }],
});
const group = { name: "ledger", vpcId: subnets.vpcId, egress: [], ...from("198.51.100.7/32") };

interface Told {
  readonly group?: object;
  readonly instance?: object;
  readonly parameters?: object;
  readonly recorded?: Date;
}

/** The report on staging with a file of facts. */
async function judged({ recorded = new Date(), ...changed }: Told) {
  const cwd = temporary();
  writeChanged(cwd, "staging", ({ "readiness:database": database }) => ({
    "readiness:network": { kind: "static-ips", addresses: ["198.51.100.7"] },
    "readiness:database": {
      kind: "existing-rds",
      identifier: "ledger",
      databaseName: "ledger",
      instanceClass: Object(database)["instanceClass"],
      maxStorageGiB: Object(database)["maxStorageGiB"],
      maxConnections: Object(database)["maxConnections"],
    },
    "readiness:cache": { kind: "none", because: "sessions live in the database" },
  }));
  mkdirSync(join(cwd, "facts"));
  const lookup = (token: string, id: string, answer: object) => ({
    kind: "resource",
    token,
    provider: "aws-home",
    args: { id },
    answer,
  });
  const facts = {
    schemaVersion: "1.0",
    stack: "staging",
    recorded: recorded.toISOString(),
    days: 30,
    lookups: [
      lookup("aws:rds/instance:Instance", "ledger", { ...instance, ...changed.instance }),
      lookup("aws:rds/parameterGroup:ParameterGroup", "ledger-17", { ...parameters, ...changed.parameters }),
      lookup("aws:rds/subnetGroup:SubnetGroup", "ledger", subnets),
      lookup("aws:rds/subnetGroup:SubnetGroup", "default", { ...subnets, name: "default" }),
      lookup("aws:ec2/vpc:Vpc", subnets.vpcId, { cidrBlock: "10.0.0.0/16" }),
      lookup("aws:ec2/securityGroup:SecurityGroup", "sg-0123456789abcdef0", { ...group, ...changed.group }),
    ],
  };
  writeFileSync(join(cwd, "facts/staging.json"), JSON.stringify(facts));
  const result = await run(["check", "--stack", "staging", "--format", "json"], { cwd });
  const [stack] = reportIn(result).stacks;
  const of = (outcome: string) => stack?.findings.filter((found) => found.outcome === outcome) ?? [];
  return { of, verdict: stack?.verdict, warnings: stack?.warnings ?? [] };
}

/** What is asked of the instance's own settings and of its parameters. */
const own = [
  "database-clients-listed",
  "database-in-own-subnets",
  "database-backups-retained",
  "database-certificate-current",
  "database-connections-logged",
  "database-host-monitored",
  "database-insights-enabled",
  "database-insights-kept",
  "database-logins-by-iam",
  "database-logs-exported",
  "database-parameters-sound",
  "database-password-managed",
  "database-patched",
  "database-settings-sound",
  "database-slow-statements-logged",
  "database-statements-logged",
  "database-storage-encrypted",
  "database-storage-grows",
  "database-tls-forced",
  "database-windows-apart",
];

describe("a database that is there already", () => {
  it("is judged by what facts tell of it; what it only points to stays unknown", async () => {
    const { of, verdict } = await judged({});
    expect([...of("fail"), ...of("error")]).toEqual([]);
    expect(of("pass").map(({ by }) => by)).toEqual(expect.arrayContaining(own));
    const unknown = of("unknown").map(({ by }) => by);
    expect(unknown.filter((by) => !by.startsWith("network-")).toSorted()).toEqual([
      "database-insights-key-own",
      "database-logs-encrypted",
      "database-logs-kept",
      "database-monitoring-arrives",
      "database-password-key-own",
      "database-storage-key-own",
    ]);
    expect(verdict).toBe("UNDETERMINED");
  });

  it("is unknown by facts that are too old", async () => {
    const { of, verdict, warnings } = await judged({ recorded: new Date(Date.now() - 40 * 86_400_000) });
    expect(of("fail")).toEqual([]);
    expect(of("unknown").map(({ by }) => by)).toEqual(expect.arrayContaining(own));
    expect(warnings.join()).toContain("counts for 30 days");
    expect(verdict).toBe("UNDETERMINED");
  });

  it.each<[string, Told, string, string]>([
    [
      "not encrypted",
      { instance: { storageEncrypted: false } },
      "database-storage-encrypted",
      "storageEncrypted is false",
    ],
    [
      "never copied",
      { instance: { backupRetentionPeriod: 0 } },
      "database-backups-retained",
      "backupRetentionPeriod is 0 days",
    ],
    [
      "without a managed password",
      { instance: { masterUserSecrets: [] } },
      "database-password-managed",
      "masterUserSecrets is not set",
    ],
    [
      "talked to in plain text",
      { instance: { engineVersion: "14.9" }, parameters: { parameters: [] } },
      "database-tls-forced",
      "rds.force_ssl is not set",
    ],
    ["open to everybody", { group: from("0.0.0.0/0") }, "database-clients-listed", "0.0.0.0/0 may connect"],
    [
      "in the account's default network",
      { instance: { dbSubnetGroupName: "default" } },
      "database-in-own-subnets",
      "dbSubnetGroupName is default",
    ],
  ])("fails where it is %s, by the property", async (_, told, rule, message) => {
    const { of, verdict } = await judged(told);
    const failed = of("fail").find(({ by }) => by === rule);
    expect(failed?.message).toContain(message);
    expect(verdict).toBe("NO-GO");
  });

  it("keeps unknown what was withheld", async () => {
    const { of } = await judged({ instance: { storageEncrypted: "[withheld]" } });
    expect(of("unknown").map(({ by }) => by)).toContain("database-storage-encrypted");
  });
});
