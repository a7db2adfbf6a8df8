import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";
import { unlink } from "./unlink.ts";

/** Breaks one input of the database. */
function instance(rule: string, title: string, ...changes: readonly Change[]): Mutation {
  return { rule, title, change: on("aws:rds/instance:Instance", ...changes) };
}

/** Gives a parameter of the database another value. */
function parameter(rule: string, title: string, name: string, value: string): Mutation {
  const change = (r: Registration) => {
    const parameters = r.props["parameters"] as readonly { readonly name: string }[];
    const others = parameters.filter((p) => p.name !== name);
    return { ...r, props: { ...r.props, parameters: [...others, { name, value }] } };
  };
  return { rule, title, change: on("aws:rds/parameterGroup:ParameterGroup", change) };
}

export const databaseMutations: readonly Mutation[] = [
  instance("database-not-public", "the database has a public address", set("publiclyAccessible", true)),
  instance("database-in-own-subnets", "it lives in the default subnets", unlink("dbSubnetGroupName")),
  {
    rule: "database-clients-private",
    title: "the world may connect to the database",
    change: on(
      { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /-db-/ },
      set("cidrIpv4", "0.0.0.0/0"),
    ),
  },
  {
    rule: "database-clients-private",
    also: ["network-lets-the-application-in"],
    title: "half of the world may connect to the database",
    change: on(
      { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /-db-/ },
      set("cidrIpv4", "128.0.0.0/1"),
    ),
  },
  {
    rule: "database-clients-private",
    title: "the database reaches the world",
    change: on(
      { type: "aws:ec2/securityGroup:SecurityGroup", name: /-db$/ },
      set("egress", [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }]),
    ),
  },
  instance("database-clients-private", "a firewall of another stack lets clients in, too", (r) =>
    set("vpcSecurityGroupIds", [...(r.props["vpcSecurityGroupIds"] as readonly string[]), "sg-1"])(r),
  ),
  {
    ...instance("database-clients-private", "it has the default firewall", unlink("vpcSecurityGroupIds")),
    also: ["network-lets-the-application-in"],
  },
  instance(
    "database-certificate-current",
    "its authority is expired",
    set("caCertIdentifier", "rds-ca-2019"),
  ),
  parameter("database-tls-forced", "clients may connect in plain text", "rds.force_ssl", "0"),
  instance(
    "database-password-managed",
    "nobody manages the password",
    set("manageMasterUserPassword", false),
  ),
  instance("database-password-not-in-state", "the password is in the program", set("password", "hunter2")),
  instance("database-logins-by-iam", "only passwords log in", set("iamDatabaseAuthenticationEnabled", false)),

  instance("database-backups-retained", "a production backup lives a day", set("backupRetentionPeriod", 1)),
  {
    ...instance("database-backups-retained", "staging has no backups", set("backupRetentionPeriod", 0)),
    stack: "staging",
  },
  instance("database-storage-encrypted", "storage is plain", set("storageEncrypted", false)),
  instance("database-storage-key-own", "storage has AWS's key", unlink("kmsKeyId")),
  instance("database-insights-key-own", "insights have AWS's key", unlink("performanceInsightsKmsKeyId")),
  instance("database-multi-zone", "one zone has it all", set("multiAz", false)),
  instance("database-deletion-protected", "one call deletes it", set("deletionProtection", false)),
  instance("database-final-snapshot", "deletion leaves nothing", set("skipFinalSnapshot", true)),
  instance("database-final-snapshot", "the last snapshot has no name", unset("finalSnapshotIdentifier")),
  instance("database-backups-outlive-it", "its backups go with it", unset("deleteAutomatedBackups")),
  {
    ...instance("database-storage-grows", "its disk stays as it is", unset("maxAllocatedStorage")),
    // The alert before the limit knows another limit.
    also: ["database-storage-limit-near-alerted"],
  },

  instance("database-insights-enabled", "nobody sees its load", set("performanceInsightsEnabled", false)),
  instance("database-host-monitored", "nobody sees its host", set("monitoringInterval", 0)),
  parameter(
    "database-slow-statements-logged",
    "no statement is slow enough to be logged",
    "log_min_duration_statement",
    "-1",
  ),
  parameter("database-connections-logged", "nobody sees who connects", "log_connections", "0"),
  instance(
    "database-logs-exported",
    "its errors stay on its disk",
    set("enabledCloudwatchLogsExports", ["upgrade"]),
  ),
  {
    rule: "database-logs-kept",
    title: "its logs are kept for a month",
    change: on(
      { type: "aws:cloudwatch/logGroup:LogGroup", name: /-postgresql$/ },
      set("retentionInDays", 30),
    ),
  },
  {
    rule: "database-logs-kept",
    title: "nobody declares its log groups, and RDS makes them",
    change: drop({ type: "aws:cloudwatch/logGroup:LogGroup", name: /-db-/ }),
  },
  instance("database-patched", "holes stay open", set("autoMinorVersionUpgrade", false)),
  instance("database-settings-sound", "changes restart it by day", set("applyImmediately", true)),
  instance(
    "database-settings-sound",
    "a digit starts a major upgrade",
    set("allowMajorVersionUpgrade", true),
  ),
  instance(
    "database-settings-sound",
    "it starts from a stranger's snapshot",
    set("snapshotIdentifier", "rds:other"),
  ),
  instance("database-settings-sound", "a foreign domain's users log in", set("domain", "d-1234567890")),
  parameter("database-parameters-sound", "commits are lost in a crash", "synchronous_commit", "off"),
  parameter("database-parameters-sound", "locks are never told", "log_lock_waits", "0"),
  parameter(
    "database-parameters-sound",
    "a dead client's locks stay",
    "idle_in_transaction_session_timeout",
    "0",
  ),
  parameter("database-parameters-sound", "old TLS is spoken", "ssl_min_protocol_version", "TLSv1"),
  parameter("database-parameters-sound", "nothing can be written", "default_transaction_read_only", "on"),
  parameter("database-parameters-sound", "every request is cut off", "statement_timeout", "10"),
  parameter("database-parameters-sound", "nobody knows what it does", "search_path", "other"),
  parameter("database-statements-logged", "customers' data are in its log", "log_statement", "all"),
  {
    rule: "database-parameters-sound",
    also: ["database-cpu-credits-low-alerted"],
    title: "more connections than its memory holds",
    change: on("aws:rds/instance:Instance", set("instanceClass", "db.t4g.small")),
  },
  parameter("database-statements-logged", "nobody knows who dropped a table", "log_statement", "none"),
  {
    ...parameter(
      "database-statements-logged",
      "statements are not counted",
      "shared_preload_libraries",
      "auto_explain",
    ),
    also: ["database-parameters-sound"],
  },
  instance("database-windows-apart", "backups meet maintenance", set("backupWindow", "03:30-04:30")),
  instance("database-insights-kept", "insights live a week", set("performanceInsightsRetentionPeriod", 7)),
  instance("database-monitoring-arrives", "another stack's role monitors", unlink("monitoringRoleArn")),
  instance("database-password-key-own", "the password has AWS's key", unlink("masterUserSecretKmsKeyId")),
  instance(
    "database-logs-exported",
    "log-ins are not logged",
    set("enabledCloudwatchLogsExports", ["postgresql", "upgrade"]),
  ),
  {
    rule: "database-logs-encrypted",
    title: "its logs are encrypted with CloudWatch's key",
    change: on({ type: "aws:cloudwatch/logGroup:LogGroup", name: /-db-postgresql$/ }, unlink("kmsKeyId")),
  },
  {
    rule: "database-monitoring-arrives",
    title: "the monitoring's role may write nothing",
    change: drop({ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: /-db-monitor$/ }),
  },
  parameter(
    "database-parameters-sound",
    "transactions end at once",
    "idle_in_transaction_session_timeout",
    "1",
  ),
];
