/** What releases are proven by: that it stays as it was handed in, and who can hand it in. */
import { kmsKey, ownKey } from "../../aws.ts";
import { bucket, bucketPolicy, encryption, lifecycle, objectLock } from "../../declared/buckets.ts";
import { isOfEvidence, isOfEvidenceWriters, isOfUpdates } from "../../declared/deploy-access.ts";
import { boundaryOf, rightsOf, role, rolePolicy } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { readBucketPolicy } from "../../effects/bucket-policy.ts";
import { stranger } from "../../effects/iam-condition.ts";
import { isDenied } from "../../effects/iam-decision.ts";
import { later, type Statement } from "../../effects/iam-statement.ts";
import { all, atLeast, oneOf } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { ofOneRepository, takesTokensFor } from "./tokens.ts";

/** Days. PCI DSS 4.0, 10.5.1: a year. */
const lockedDays = 365;
/** S3 User Guide, "Object Lock": who has this deletes what is locked in governance mode. */
const liftsLock = "s3:BypassGovernanceRetention";
/** What it takes to add an encrypted object, of whatever size. */
const adds = ["s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"];
/** The evidence of one service, or one key. */
const narrow = /^arn:aws[\w-]*:(s3:::[^/*?]+\/evidence\/[^/*?]+\/\*|kms:[^*?]+)$/;

const tiers = ["production"] as const;
const ofStore = { tiers, each: bucket, where: isOfEvidence } as const;
const ofWriters = { tiers, item: "CI-06", each: role, where: isOfEvidenceWriters } as const;

export const evidenceRules: readonly Rule[] = [
  // Security Hub, S3.15.
  eachRule({
    ...ofStore,
    id: "evidence-locked",
    adjustable: true,
    item: "CI-05",
    check: (store, stack, { floor }) => {
      const [lock] = stack.attached(objectLock, "bucket", store);
      if (!lock) return { observed: "it has no lock", wanted: "locked" };
      const retention = "rule.defaultRetention";
      return all(
        oneOf(lock.props, `${retention}.mode`, ["GOVERNANCE", "COMPLIANCE"]),
        atLeast(lock.props, `${retention}.days`, floor(lockedDays), "days"),
      );
    },
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
  // Security Hub, S3.17.
  eachRule({
    ...ofStore,
    id: "evidence-key-own",
    item: "CI-05",
    check: (store, stack) => {
      const [declared] = stack.attached(encryption, "bucket", store);
      return declared
        ? ownKey(declared as Resource, "rules")
        : { observed: "no encryption is declared", wanted: "a key of this stack" };
    },
  }),
  eachRule({
    ...ofWriters,
    id: "evidence-role-for-one-branch",
    check: takesTokensFor("sub", ofOneRepository("ref:refs/heads/[^:]+"), "one branch of one repository"),
  }),
  eachRule({
    ...ofWriters,
    id: "evidence-role-adds-alone",
    check: (writer, stack) => {
      const { statements, foreign } = rightsOf(writer, stack);
      const may = statements.filter(({ effect }) => effect === "Allow").flatMap(allowed);
      const others = may.filter((action) => !adds.includes(action));
      return [
        ...foreign.map((arn) => `${arn} gives it more`),
        ...others.map((action) => `it allows ${action}`),
        ...adds
          .filter((action) => !may.includes(action))
          .map((action) => `it may not ${action}, and adds nothing`),
      ].map((observed) => ({ observed, wanted: `${adds.join(", ")} alone` }));
    },
  }),
  eachRule({
    ...ofWriters,
    id: "evidence-role-for-one-service",
    // The bucket's ARN is not known before the bucket is; what it is made of is.
    check: (writer, stack) => {
      const stores = stack
        .attached(rolePolicy, "role", writer)
        .flatMap((policy) => linked(policy as Resource, "policy", bucket));
      const wide = rightsOf(writer, stack)
        .statements.flatMap(({ resources: { not, of } }) =>
          not || of.length === 0 ? ["everything but its exceptions"] : of,
        )
        .filter((resource) => resource !== later && !narrow.test(resource))
        .map((resource) => `it may write to ${String(resource)}`);
      const strange = stores.length === 1 && stores.every(isOfEvidence) ? [] : ["its bucket is another"];
      const needed = stores
        .flatMap((store) => stack.attached(encryption, "bucket", store))
        .flatMap((config) => linked(config as Resource, "rules", kmsKey));
      const otherKeys = stack
        .attached(rolePolicy, "role", writer)
        .flatMap((policy) => linked(policy as Resource, "policy", kmsKey))
        .filter((key) => needed.length > 0 && !needed.includes(key))
        .map(({ name }) => `it uses the key ${name}`);
      return [...strange, ...otherKeys, ...wide].map((observed) => ({
        observed,
        wanted: "one service's evidence",
      }));
    },
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

function allowed({ actions: { not, of } }: Statement): readonly string[] {
  return not ? ["anything but its exceptions"] : of;
}

/** How many principals a denial spares, each by its exact ARN; not a number where a pattern spares more. */
function exceptionsOf({ conditions }: Statement): number {
  const spared = conditions.flatMap(({ key, values }) => (key === "aws:principalarn" ? values : []));
  return spared.some((arn) => arn !== later && /[*?]/.test(arn)) ? Number.NaN : spared.length;
}
