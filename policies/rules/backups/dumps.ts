/** What takes the place of AWS Backup where somebody else runs the database: dumps of it, in a bucket of the stack's own. */
import type * as aws from "@pulumi/aws";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { kmsKey } from "../../aws.ts";
import { bucket, lifecycle } from "../../declared/buckets.ts";
import { isOfDumps } from "../../declared/dumps.ts";
import { role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { kept } from "../../effects/lifecycle.ts";
import { resourceType } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { adds, locked, moreThanAdding, ofOwnKey, writesElsewhere } from "../deployment/added-alone.ts";
import { ofOneRepository, takesTokensFor } from "../deployment/tokens.ts";
import { keptForEmergencies } from "./keys.ts";

const counter = resourceType<aws.s3.BucketMetricArgs>("aws:s3/bucketMetric:BucketMetric");

/** A lock that is lifted by a right is lifted by whoever took an administrator's account over. */
const modes = { staging: ["GOVERNANCE", "COMPLIANCE"], production: ["COMPLIANCE"] } as const;
/** Days: ten years, longer than books have to be kept. */
const longestKept = 3_653;
/** Dumps alone, or one key. */
const narrow = /^arn:aws[\w-]*:(s3:::[^/*?]+\/dumps\/\*|kms:[^*?]+)$/;

const needs = { database: ["external"] } as const;
const ofStore = { needs, each: bucket, where: isOfDumps } as const;
const ofJob = { needs, item: "BAK-10", each: role, where: isOfDumps } as const;

export const dumpRules: readonly Rule[] = [
  eachRule({
    ...ofStore,
    id: "dumps-locked",
    adjustable: true,
    item: "BAK-08",
    check: (store, stack, { tier, floor }) =>
      locked(store, stack, modes[tier], floor(recoveryLevels[tier].retentionDays.daily)),
  }),
  eachRule({
    ...ofStore,
    id: "dumps-kept",
    item: "BAK-08",
    check: (store, stack, { tier }) => {
      const days = recoveryLevels[tier].retentionDays.monthly;
      const { current } = kept(stack.attached(lifecycle, "bucket", store).map(({ props }) => props));
      if (current < days)
        return {
          observed: `a dump is deleted after ${current} days`,
          wanted: `≥ ${days}, as a monthly backup`,
        };
      return current <= longestKept
        ? undefined
        : {
            observed: `a dump is kept ${Number.isFinite(current) ? `for ${current} days` : "for ever"}`,
            wanted: `≤ ${longestKept} days: people may ask that what is known of them is deleted`,
          };
    },
  }),
  eachRule({ ...ofStore, id: "dumps-key-own", item: "BAK-09", check: ofOwnKey }),
  eachRule({
    needs,
    id: "dumps-key-not-deleted",
    item: "BAK-09",
    tiers: ["production"],
    each: kmsKey,
    where: isOfDumps,
    check: ({ props }, stack) => keptForEmergencies(props.policy, stack),
  }),
  eachRule({
    ...ofJob,
    id: "dumps-job-of-one-branch",
    check: takesTokensFor("sub", ofOneRepository("ref:refs/heads/[^:]+"), "one branch of one repository"),
  }),
  eachRule({
    ...ofJob,
    id: "dumps-job-adds-alone",
    check: (job, stack) =>
      [...moreThanAdding(job, stack), ...writesElsewhere(job, stack, narrow, isOfDumps)].map((observed) => ({
        observed,
        wanted: `${adds.join(", ")} for dumps alone`,
      })),
  }),
  // CloudWatch tells of a bucket's requests only where a filter of them is declared.
  eachRule({
    ...ofStore,
    id: "dumps-counted",
    item: "MON-14",
    check: (store, stack) =>
      stack.attached(counter, "bucket", store).some(({ props }) => {
        const { name, filter } = props;
        return name === "dumps" && (filter === undefined || filter.prefix === "dumps/");
      })
        ? undefined
        : { observed: "nothing counts what is added to it", wanted: "request metrics named dumps" },
  }),
];
