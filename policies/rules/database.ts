import type * as aws from "@pulumi/aws";
import { atLeast } from "../expect.ts";
import { resourceType } from "../resource.ts";
import { type Rule, resourceRule } from "../rule.ts";

const instance = resourceType<aws.rds.InstanceArgs>("aws:rds/instance:Instance");

/** Days of point-in-time recovery: two weekends and the week between in production. */
const backupRetentionDays = { staging: 1, production: 7 } as const;

export const databaseRules: readonly Rule[] = [
  resourceRule({
    id: "database-backups-retained",
    item: "DB-02",
    type: instance,
    check: ({ props }, { tier }) =>
      atLeast(props, "backupRetentionPeriod", backupRetentionDays[tier], "days"),
  }),
];
