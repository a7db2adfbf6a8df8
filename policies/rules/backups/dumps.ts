/** What takes the place of AWS Backup where somebody else runs the database: dumps of it, in a bucket of the stack's own. */
import type * as aws from "@pulumi/aws";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { kmsKey, ownKey } from "../../aws.ts";
import { bucket, encryption, lifecycle, objectLock } from "../../declared/buckets.ts";
import { isOfDumps } from "../../declared/dumps.ts";
import { rightsOf, role, rolePolicy } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import type { Statement } from "../../effects/iam-statement.ts";
import { later } from "../../effects/iam-statement.ts";
import { kept } from "../../effects/lifecycle.ts";
import { all, atLeast, oneOf } from "../../expect.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { ofOneRepository, takesTokensFor } from "../deployment/tokens.ts";
import { keptForEmergencies } from "./keys.ts";

const counter = resourceType<aws.s3.BucketMetricArgs>("aws:s3/bucketMetric:BucketMetric");

/** A lock that is lifted by a right is lifted by whoever took an administrator's account over. */
const modes = { staging: ["GOVERNANCE", "COMPLIANCE"], production: ["COMPLIANCE"] } as const;
/** What it takes to add an encrypted object, of whatever size. */
const adds = ["s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"];
/** Dumps alone, or one key. */
const narrow = /^arn:aws[\w-]*:(s3:::[^/*?]+\/dumps\/\*|kms:[^*?]+)$/;

const needs = { database: ["external"] } as const;
const ofStore = { needs, each: bucket, where: isOfDumps } as const;
const ofJob = { needs, item: "BAK-10", each: role, where: isOfDumps } as const;

export const dumpRules: readonly Rule[] = [
  // Security Hub, S3.15.
  eachRule({
    ...ofStore,
    id: "dumps-locked",
    adjustable: true,
    item: "BAK-08",
    check: (store, stack, { tier, floor }) => {
      const [lock] = stack.attached(objectLock, "bucket", store);
      if (!lock) return { observed: "it has no lock", wanted: "locked" };
      const retention = "rule.defaultRetention";
      return all(
        oneOf(lock.props, `${retention}.mode`, modes[tier]),
        atLeast(lock.props, `${retention}.days`, floor(recoveryLevels[tier].retentionDays.daily), "days"),
      );
    },
  }),
  eachRule({
    ...ofStore,
    id: "dumps-kept",
    item: "BAK-08",
    check: (store, stack, { tier }) => {
      const days = recoveryLevels[tier].retentionDays.monthly;
      const { current } = kept(stack.attached(lifecycle, "bucket", store).map(({ props }) => props));
      return current >= days
        ? undefined
        : { observed: `a dump is deleted after ${current} days`, wanted: `≥ ${days}, as a monthly backup` };
    },
  }),
  // Security Hub, S3.17.
  eachRule({
    ...ofStore,
    id: "dumps-key-own",
    item: "BAK-09",
    check: (store, stack) => {
      const [declared] = stack.attached(encryption, "bucket", store);
      return declared
        ? ownKey(declared as Resource, "rules")
        : { observed: "no encryption is declared", wanted: "a key of this stack" };
    },
  }),
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
    // The bucket's ARN is not known before the bucket is; what it is made of is.
    check: (job, stack) => {
      const { statements, foreign } = rightsOf(job, stack);
      const may = statements.filter(({ effect }) => effect === "Allow");
      const actions = may.flatMap(allowed);
      const stores = stack
        .attached(rolePolicy, "role", job)
        .flatMap((policy) => linked(policy as Resource, "policy", bucket));
      return [
        ...foreign.map((arn) => `${arn} gives it more`),
        ...actions.filter((action) => !adds.includes(action)).map((action) => `it allows ${action}`),
        ...adds
          .filter((action) => !actions.includes(action))
          .map((action) => `it may not ${action}, and adds nothing`),
        ...may.flatMap(reached).map((resource) => `it may write to ${resource}`),
        ...(stores.length === 1 && stores.every(isOfDumps) ? [] : ["its bucket is another"]),
      ].map((observed) => ({ observed, wanted: `${adds.join(", ")} for dumps alone` }));
    },
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

function allowed({ actions: { not, of } }: Statement): readonly string[] {
  return not ? ["anything but its exceptions"] : of;
}

function reached({ resources: { not, of } }: Statement): readonly string[] {
  if (not || of.length === 0) return ["everything but its exceptions"];
  return of.filter((resource) => resource !== later && !narrow.test(resource)).map(String);
}
