/** Settings of the database that are sound as RDS leaves them, and must not be made worse. */
import { about, databaseInstance as instance, names, ownKey, type ResourceOf } from "../../aws.ts";
import type { Review } from "../../closed-world/review.ts";
import { rightsOf, role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { instanceClass } from "../../effects/instance-class.ts";
import { clash, windowsOverlap } from "../../effects/time-window.ts";
import { all, atLeast, oneOf as isOneOf, present } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, type Violation } from "../../rule.ts";
import { awsProperties } from "../../sound/aws.ts";
import { type ParameterValues, unsoundParameters } from "../../sound/parameters.ts";
import { postgresParameters } from "../../sound/postgres.ts";
import { alike, filled, is, oneOf, unlooked, unsound, whereSet } from "../../sound/sound.ts";
import { ofParameters, parameterGroup, parametersOf } from "./parameters.ts";

/** Days. An incident is looked back on for a month; RDS keeps a week of insights without being asked. */
const insightsDays = { staging: 7, production: 31 } as const;

/** RDS User Guide, "Settings for DB instances". */
const settings = whereSet({
  // A step that cannot be taken back, by a changed digit.
  allowMajorVersionUpgrade: is(false),
  backupTarget: is("region"),
  customerOwnedIpEnabled: is(false),
  networkType: is("IPV4"),
  // RDS's own for the engine, which adds nothing, or nobody knows what.
  optionGroupName: { ...unlooked, holds: (value) => /^default:/.test(String(value)) },
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
      "replicaMode",
      "replicateSourceDb",
      "restoreToPointInTime",
      "s3Import",
      "snapshotIdentifier",
    ],
    unlooked,
  ),
});
/** What the config of a database of one's own does not allow to begin with. */
const { engine, engineVersion, instanceClass: machine } = awsProperties[instance.token] ?? {};
const ofAnother = Object.fromEntries(
  Object.entries({ engine, engineVersion, instanceClass: machine }).flatMap(([key, sound]) =>
    sound ? [[key, sound]] : [],
  ),
);
/** What a program that was made for something else is asked, too. */
const hasty = whereSet({ allowMajorVersionUpgrade: is(false), applyImmediately: is(false) });
const productionSettings = whereSet({
  // A restart in the middle of the day.
  applyImmediately: is(false),
  // What keeps insights for more than a week.
  databaseInsightsMode: is("advanced"),
});

/** What RDS does not do by itself. */
const demandedParameters = {
  // A transaction that a crashed client left open holds its locks, for ever where nothing is said.
  idle_in_transaction_session_timeout: filled,
  log_lock_waits: oneOf("1", "on", "true"),
};
/** What PostgreSQL reads when it starts: RDS refuses to apply it at once. */
const afterRestart = ["max_connections", "shared_preload_libraries"];
/** CIS PostgreSQL Benchmark, "Logging And Auditing": what changes tables has to be found again, and no reader's words. */
const loggedStatements = ["ddl", "mod"];
const statistics = "pg_stat_statements";

/** RDS User Guide, "Maximum number of database connections": bytes for each, by which RDS itself counts. */
const connectionBytes = 9_531_392;

export const settingsRules: readonly Rule[] = [
  resourceRule({
    id: "database-settings-sound",
    item: "DB-11",
    existing: (db, { tier }) => (tier === "production" ? unsound(db, hasty) : undefined),
    type: instance,
    check: (db, { tier }) => [
      ...all(present(db.props, "engine")),
      ...unsound(db, settings),
      // Of one's own, `properties-sound` asks.
      ...(db.read ? unsound(db, ofAnother) : []),
      ...(tier === "production" ? unsound(db, productionSettings) : []),
    ],
  }),
  resourceRule({
    id: "database-parameters-sound",
    item: "DB-11",
    existing: (db, { review }) => {
      const [group] = linked(db as Resource, "parameterGroupName", parameterGroup);
      if (!group || !db.props.engine?.includes("postgres")) return undefined;
      return about(group as Resource, unsoundSettings(parametersOf(group), db, group.type, review));
    },
    type: instance,
    check: (db, { review }) =>
      ofParameters(db as Resource, (values, { type, props: { parameters: set = [] } }) => [
        ...unsoundSettings(values, db, type, review),
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
    existing: ({ props }) => clash(props.backupWindow, props.maintenanceWindow),
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
    // The wish is its program's; what is read tells of the secret that came of it.
    check: (db) => ownKey(db as Resource, db.read ? "masterUserSecrets" : "masterUserSecretKmsKeyId"),
  }),
];

/** Values that lose data, weaken or exhaust, whoever chose them. */
function unsoundSettings(
  values: ParameterValues,
  db: ResourceOf<typeof instance>,
  type: string,
  review: Review,
): readonly (Violation | Doubt)[] {
  return [
    ...unsoundParameters(values, postgresParameters, { type, review }),
    ...beyondMemory(values["max_connections"], db.props.instanceClass),
  ];
}

/** More connections than RDS would allow a machine of this class, which runs out of memory before it refuses one. */
function beyondMemory(connections: string | undefined, machine: string): readonly Violation[] {
  const memory = instanceClass(machine)?.memoryGiB;
  if (memory === undefined) return [];
  const most = Math.floor((memory * 2 ** 30) / connectionBytes);
  return Number(connections) > most
    ? [{ observed: `max_connections is ${connections} on ${machine}`, wanted: `≤ ${most}` }]
    : [];
}
