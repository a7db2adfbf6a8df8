import { bucket, bucketPolicy, lifecycle } from "../../declared/buckets.ts";
import { isOfEvidence, isOfEvidenceWriters, isOfUpdates } from "../../declared/deploy-access.ts";
import { boundaryOf, role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { readBucketPolicy } from "../../effects/bucket-policy.ts";
import { stranger } from "../../effects/iam-condition.ts";
import { isDenied } from "../../effects/iam-decision.ts";
import { later, type Statement } from "../../effects/iam-statement.ts";
import { atLeast } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { adds, locked, moreThanAdding, ofOwnKey, writesElsewhere } from "./added-alone.ts";
import { ofOneRepository, takesTokensFor } from "./tokens.ts";

/** Days. PCI DSS 4.0, 10.5.1: a year. */
const lockedDays = 365;
/** S3 User Guide, "Object Lock": who has this deletes what is locked in governance mode. */
const liftsLock = "s3:BypassGovernanceRetention";
/** The evidence of one service, or one key. */
const narrow = /^arn:aws[\w-]*:(s3:::[^/*?]+\/evidence\/[^/*?]+\/\*|kms:[^*?]+)$/;

const tiers = ["production"] as const;
const ofStore = { tiers, each: bucket, where: isOfEvidence } as const;
const ofWriters = { tiers, item: "CI-06", each: role, where: isOfEvidenceWriters } as const;

export const evidenceRules: readonly Rule[] = [
  eachRule({
    ...ofStore,
    id: "evidence-locked",
    adjustable: true,
    item: "CI-05",
    check: (store, stack, { floor }) => locked(store, stack, ["GOVERNANCE", "COMPLIANCE"], floor(lockedDays)),
  }),
  eachRule({
    id: "evidence-lock-binds-deployment",
    tiers,
    item: "CI-05",
    each: role,
    where: isOfUpdates,
    check: (deploy) =>
      isDenied(boundaryOf(deploy) ?? [], { action: liftsLock })
        ? undefined
        : { observed: `its boundary does not deny ${liftsLock}`, wanted: "denied everywhere" },
  }),
  eachRule({
    ...ofStore,
    id: "evidence-not-hidden",
    item: "CI-05",
    check: (store, stack) => {
      const deletion = { action: "s3:DeleteObject", resource: "/*", trusting: true } as const;
      // What a lifecycle expires is hidden as well, locked or not.
      const expired = stack
        .attached(lifecycle, "bucket", store)
        .flatMap(({ props }) => props.rules ?? [])
        .filter(({ status, expiration }) => status === "Enabled" && expiration !== undefined);
      return [
        ...(isDenied(policyOf(store, stack), deletion)
          ? []
          : [{ observed: "a deletion without a version hides an object", wanted: "denied to everybody" }]),
        ...expired.flatMap((rule) => atLeast(rule, "expiration.days", lockedDays, "days") ?? []),
      ];
    },
  }),
  eachRule({ ...ofStore, id: "evidence-key-own", item: "CI-05", check: ofOwnKey }),
  eachRule({
    ...ofWriters,
    id: "evidence-role-for-one-branch",
    check: takesTokensFor("sub", ofOneRepository("ref:refs/heads/[^:]+"), "one branch of one repository"),
  }),
  eachRule({
    ...ofWriters,
    id: "evidence-role-adds-alone",
    check: (writer, stack) =>
      moreThanAdding(writer, stack).map((observed) => ({ observed, wanted: `${adds.join(", ")} alone` })),
  }),
  eachRule({
    ...ofWriters,
    id: "evidence-role-for-one-service",
    check: (writer, stack) =>
      writesElsewhere(writer, stack, narrow, isOfEvidence).map((observed) => ({
        observed,
        wanted: "one service's evidence",
      })),
  }),
  eachRule({
    ...ofStore,
    id: "evidence-from-its-roles-alone",
    item: "CI-06",
    check: (store, stack) => {
      const named = stack
        .attached(bucketPolicy, "bucket", store)
        .flatMap((policy) => linked(policy as Resource, "policy", role));
      const closed = policyOf(store, stack).filter(
        (statement) =>
          isDenied([statement], {
            action: "s3:PutObject",
            resource: "/evidence/*",
            trusting: true,
            context: { "aws:principalarn": stranger("role") },
          }) && exceptionsOf(statement) === named.length,
      );
      return closed.length > 0 && named.length > 0 && named.every(isOfEvidenceWriters)
        ? undefined
        : { observed: "others than its roles may add to it", wanted: "denied to all but those" };
    },
  }),
];

function policyOf(store: Resource<unknown>, stack: Stack): readonly Statement[] {
  return stack.attached(bucketPolicy, "bucket", store).flatMap(({ props }) => readBucketPolicy(props.policy));
}

/** How many principals a denial spares, each by its exact ARN; not a number where a pattern spares more. */
function exceptionsOf({ conditions }: Statement): number {
  const spared = conditions.flatMap(({ key, values }) => (key === "aws:principalarn" ? values : []));
  return spared.some((arn) => arn !== later && /[*?]/.test(arn)) ? Number.NaN : spared.length;
}
