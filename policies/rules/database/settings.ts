/** Settings of the database that are sound as RDS leaves them, and must not be made worse. */
import { databaseInstance as instance, names, ownKey } from "../../aws.ts";
import { rightsOf, role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { windowsOverlap } from "../../effects/time-window.ts";
import { all, atLeast, oneOf as isOneOf, present } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { alike, between, is, like, oneOf, unlooked, unsound, whereSet } from "../../sound/sound.ts";
import { ofParameters } from "./parameters.ts";

/** Days. An incident is looked back on for a month; RDS keeps a week of insights without being asked. */
const insightsDays = { staging: 7, production: 31 } as const;

/** RDS User Guide, "Settings for DB instances". */
const settings = whereSet({
  // A step that cannot be taken back, by a changed digit.
  allowMajorVersionUpgrade: is(false),
  backupTarget: is("region"),
  customerOwnedIpEnabled: is(false),
  networkType: is("IPV4"),
  // Where its data comes from, or who else logs in or runs code.
  ...alike(
    [
      "customIamInstanceProfile",
      "domain",
      "domainAuthSecretArn",
      "domainDnsIps",
      "domainFqdn",
      "domainIamRoleName",
      "domainOu",
      "optionGroupName",
      "replicaMode",
      "replicateSourceDb",
      "restoreToPointInTime",
      "s3Import",
      "snapshotIdentifier",
    ],
    unlooked,
  ),
});
const productionSettings = whereSet({
  // A restart in the middle of the day.
  applyImmediately: is(false),
  // What keeps insights for more than a week.
  databaseInsightsMode: is("advanced"),
});

const on = oneOf("1", "on");
const tellsErrors = like(/^(debug\d?|info|notice|warning|error)$/, "error or more");
/** PostgreSQL's documentation, "Server Configuration", and RDS's own parameters. */
const parameters = whereSet({
  autovacuum: on,
  full_page_writes: on,
  fsync: on,
  log_min_error_statement: tellsErrors,
  log_min_messages: tellsErrors,
  max_connections: between(25, 5_000),
  password_encryption: is("scram-sha-256"),
  "rds\\.accepted_password_auth_method": oneOf("scram", "md5+scram"),
  ssl_min_protocol_version: oneOf("TLSv1.2", "TLSv1.3"),
  synchronous_commit: oneOf("on", "remote_apply", "remote_write"),
  track_activities: on,
  track_counts: on,
});
/** What RDS does not do by itself. */
const demandedParameters = {
  // Milliseconds in which a transaction that a crashed client left open may hold its locks; 0 is for ever.
  idle_in_transaction_session_timeout: between(1_000, 3_600_000),
  log_lock_waits: on,
};
/** What PostgreSQL reads when it starts: RDS refuses to apply it at once. */
const afterRestart = ["max_connections", "shared_preload_libraries"];
/** CIS PostgreSQL Benchmark, "Logging And Auditing": what changes tables has to be found again. */
const loggedStatements = ["ddl", "mod", "all"];
const statistics = "pg_stat_statements";

export const settingsRules: readonly Rule[] = [
  resourceRule({
    id: "database-settings-sound",
    item: "DB-11",
    type: instance,
    check: (db, { tier }) => [
      ...all(present(db.props, "engine")),
      ...unsound(db, settings),
      ...(tier === "production" ? unsound(db, productionSettings) : []),
    ],
  }),
  resourceRule({
    id: "database-parameters-sound",
    item: "DB-11",
    type: instance,
    check: (db) =>
      ofParameters(db as Resource, (values, { props: { parameters: set = [] } }) => [
        ...unsound({ props: values }, parameters),
        ...unsound({ props: values }, demandedParameters),
        ...set
          .filter(({ name, applyMethod }) => afterRestart.includes(name) && applyMethod !== "pending-reboot")
          .map(({ name }) => ({
            observed: `${name} is to apply at once, which RDS refuses`,
            wanted: "pending-reboot",
          })),
        ...(new Set(set.map(({ name }) => name)).size === set.length
          ? []
          : [{ observed: "a parameter is set twice", wanted: "once" }]),
      ]),
  }),
  resourceRule({
    id: "database-statements-logged",
    item: "DB-08",
    type: instance,
    check: (db) =>
      ofParameters(db as Resource, (values) => [
        ...all(isOneOf(values, "log_statement", loggedStatements)),
        ...(values["shared_preload_libraries"]?.split(/,\s*/).includes(statistics)
          ? []
          : [{ observed: `shared_preload_libraries lacks ${statistics}`, wanted: "loaded" }]),
      ]),
  }),
  resourceRule({
    id: "database-windows-apart",
    item: "DB-09",
    type: instance,
    check: ({ props: { backupWindow, maintenanceWindow } }) => {
      if (!backupWindow || !maintenanceWindow) {
        return { observed: "AWS chooses when it is backed up or restarted", wanted: "said in UTC" };
      }
      return windowsOverlap(backupWindow, maintenanceWindow) === false
        ? undefined
        : { observed: `${maintenanceWindow} is not apart from ${backupWindow}`, wanted: "apart" };
    },
  }),
  resourceRule({
    id: "database-insights-kept",
    adjustable: true,
    item: "DB-08",
    type: instance,
    check: ({ props }, { tier, floor }) =>
      atLeast(props, "performanceInsightsRetentionPeriod", floor(insightsDays[tier]), "days"),
  }),
  eachRule({
    id: "database-monitoring-arrives",
    item: "DB-08",
    each: instance,
    check: (db, stack) => {
      const roles = linked(db as Resource, "monitoringRoleArn", role);
      if (roles.length === 0) return names(db as Resource, "monitoringRoleArn", role, "a role");
      return roles
        .map((r) => rightsOf(r, stack))
        .filter(
          ({ statements, foreign }) =>
            !foreign.some((arn) => arn.endsWith("/AmazonRDSEnhancedMonitoringRole")) &&
            mayAllow(statements, { action: "logs:PutLogEvents" }).length === 0,
        )
        .map(() => ({ observed: "its monitoring's role may write nothing", wanted: "allowed" }));
    },
  }),
  resourceRule({
    id: "database-password-key-own",
    item: "DB-07",
    type: instance,
    check: (db) => ownKey(db as Resource, "masterUserSecretKmsKeyId"),
  }),
];
