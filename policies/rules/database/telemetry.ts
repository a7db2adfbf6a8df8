/** What the database tells of itself, and how it stays up to date. */
import {
  about,
  databaseInstance as instance,
  logGroup,
  logsKept,
  ownKey,
  type ResourceOf,
} from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { equals, oneOf, show, unlessSaid } from "../../expect.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule } from "../../rule.ts";
import { parameters } from "./parameters.ts";

/** Milliseconds; the slowest class of endpoints alerts at 450 (requirements, "Service levels"). */
const slowestUnlogged = 1_000;
/** Milliseconds: a log of every statement holds what customers entered. */
const fastestLogged = 10;

const unreadLogs: Doubt = {
  doubt: "its logs are another program's, and nobody has read where they are kept (npm run facts)",
};

export const telemetryRules: readonly Rule[] = [
  resourceRule({
    id: "database-insights-enabled",
    item: "DB-08",
    type: instance,
    check: ({ props }) => equals(props, "performanceInsightsEnabled", true),
  }),
  // Security Hub, RDS.6: at most a minute apart; 0 means never.
  resourceRule({
    id: "database-host-monitored",
    item: "DB-08",
    type: instance,
    check: ({ props }) => oneOf(props, "monitoringInterval", [1, 5, 10, 15, 30, 60]),
  }),
  resourceRule({
    id: "database-slow-statements-logged",
    item: "DB-08",
    type: instance,
    check: (db) =>
      parameters(
        db,
        ({ log_min_duration_statement: ms }) =>
          ms !== undefined && Number(ms) >= fastestLogged && Number(ms) <= slowestUnlogged
            ? []
            : ["log_min_duration_statement"],
        `${fastestLogged} to ${slowestUnlogged}`,
      ),
  }),
  // CIS PostgreSQL Benchmark 3.1.20 and 3.1.21.
  resourceRule({
    id: "database-connections-logged",
    item: "DB-08",
    type: instance,
    check: (db) =>
      parameters(
        db,
        (value) => ["log_connections", "log_disconnections"].filter((name) => value[name] !== "1"),
        "1",
      ),
  }),
  // Security Hub, RDS.9 and RDS.36.
  eachRule({
    id: "database-logs-exported",
    item: "DB-08",
    each: instance,
    check: (db, stack) => {
      const exported = db.props.enabledCloudwatchLogsExports ?? [];
      const groups = logGroupsOf(stack, db);
      // A group that was made for a log and gets none looks as if nothing had happened.
      const kinds = new Set([
        "postgresql",
        ...groups.map((group) => group.props.name?.split("/").at(-1) ?? ""),
      ]);
      return [...kinds]
        .filter((kind) => !exported.includes(kind))
        .map((kind) => ({
          observed: `enabledCloudwatchLogsExports is ${show(exported)}`,
          wanted: `a list with ${kind}`,
        }));
    },
  }),
  eachRule({
    id: "database-logs-kept",
    item: "DB-08",
    each: instance,
    check: (db, stack, context) => {
      const groups = logGroupsOf(stack, db);
      if (db.read && groups.length === 0) return unreadLogs;
      const made = groups.map((group) => group.props.name?.split("/").at(-1));
      return [
        ...[logsKept(groups, context) ?? []].flat(),
        ...(db.props.enabledCloudwatchLogsExports ?? [])
          .filter((log) => !made.includes(log))
          .map((log) => ({
            observed: `its log ${log} goes to a group that RDS makes, for ever`,
            wanted: "to a declared one",
          })),
      ];
    },
  }),
  eachRule({
    id: "database-logs-encrypted",
    item: "DB-03",
    each: instance,
    check: (db, stack) => {
      const groups = logGroupsOf(stack, db);
      if (db.read && groups.length === 0) return unreadLogs;
      return groups.flatMap((group) => about(group as Resource, ownKey(group as Resource, "kmsKeyId")));
    },
  }),
  // Security Hub, RDS.13; CIS AWS Foundations v5, 2.2.2.
  resourceRule({
    id: "database-patched",
    item: "DB-09",
    existing: ({ props }) => unlessSaid(props, "autoMinorVersionUpgrade", true),
    type: instance,
    check: ({ props }) => equals(props, "autoMinorVersionUpgrade", true),
  }),
];

/** RDS writes to groups of these names, whether they were made beforehand or not. */
function logGroupsOf(stack: Stack, { props }: ResourceOf<typeof instance>) {
  const prefix = `/aws/rds/instance/${props.identifier}/`;
  return stack.ofType(logGroup).filter((group) => group.props.name?.startsWith(prefix));
}
