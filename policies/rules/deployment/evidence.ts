/** What releases are proven by: that it stays as it was handed in, and who can hand it in. */
import { ownKey } from "../../aws.ts";
import { bucket, bucketPolicy, deniesAll, encryption, objectLock } from "../../declared/buckets.ts";
import {
  attachment,
  boundaryOf,
  type DeployRole,
  isOfEvidence,
  isOfEvidenceWriters,
  isOfUpdates,
  role,
  rolePolicy,
} from "../../declared/deploy-access.ts";
import { eachRule } from "../../each-rule.ts";
import { all, atLeast, oneOf } from "../../expect.ts";
import { names } from "../../permissions.ts";
import {
  listed,
  literalResources,
  literals,
  type PolicyStatement,
  statementsOf,
} from "../../policy-document.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { takesTokensFor } from "./tokens.ts";

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
      boundaryOf(deploy)?.some(
        (s) => s.Effect === "Deny" && names(s, liftsLock) && listed(s.Resource).includes("*") && !s.Condition,
      )
        ? undefined
        : { observed: `its boundary does not deny ${liftsLock}`, wanted: "denied everywhere" },
  }),
  eachRule({
    ...ofStore,
    id: "evidence-not-hidden",
    item: "CI-05",
    check: (store, stack) =>
      policyOf(store, stack).some((s) => deniesAll(s) && names(s, "s3:DeleteObject") && !s.Condition)
        ? undefined
        : { observed: "a deletion without a version hides an object", wanted: "denied to everybody" },
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
    check: takesTokensFor(
      "sub",
      /^repo:[^/:]+\/[^/:]+:ref:refs\/heads\/[^:]+$/,
      "one branch of one repository",
    ),
  }),
  eachRule({
    ...ofWriters,
    id: "evidence-role-adds-alone",
    check: (writer, stack) => {
      const more = stack.attached(attachment, "role", writer).map(({ name }) => `${name} gives it more`);
      const may = grantsOf(writer, stack).flatMap(({ Action }) =>
        Action === undefined ? ["anything but its exceptions"] : listed(Action),
      );
      const others = may.filter((action) => !adds.includes(action)).map((action) => `it allows ${action}`);
      return [...more, ...others, ...(may.includes("s3:PutObject") ? [] : ["it can add nothing"])].map(
        (observed) => ({ observed, wanted: `${adds.join(", ")} alone` }),
      );
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
      const wide = grantsOf(writer, stack)
        .flatMap((s) => ("Resource" in s ? literalResources(s) : ["everything"]))
        .filter((resource) => !narrow.test(resource))
        .map((resource) => `it may write to ${resource}`);
      const strange = stores.length === 1 && stores.every(isOfEvidence) ? [] : ["its bucket is another"];
      return [...strange, ...wide].map((observed) => ({ observed, wanted: "one service's evidence" }));
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
      const closed = policyOf(store, stack).some(keepsOthersOut);
      return closed && named.length > 0 && named.every(isOfEvidenceWriters)
        ? undefined
        : { observed: "others than its roles may add to it", wanted: "denied to all but those" };
    },
  }),
];

function policyOf(store: Resource<unknown>, stack: Stack): readonly PolicyStatement[] {
  return stack.attached(bucketPolicy, "bucket", store).flatMap(({ props }) => statementsOf(props.policy));
}

function grantsOf(writer: DeployRole, stack: Stack): readonly PolicyStatement[] {
  return stack.attached(rolePolicy, "role", writer).flatMap(({ props }) => statementsOf(props.policy));
}

/** Denies whoever is none of some exact roles to add to the evidence, all of it. */
function keepsOthersOut(statement: PolicyStatement): boolean {
  const { ArnNotEquals, ...others } = statement.Condition ?? {};
  const { "aws:PrincipalArn": roles, ...more } = ArnNotEquals ?? {};
  return (
    deniesAll(statement) &&
    names(statement, "s3:PutObject") &&
    literalResources(statement).every((arn) => /^[^/]+(\/evidence)?\/\*$/.test(arn)) &&
    roles !== undefined &&
    !literals(() => roles as string | readonly string[]).some((arn) => /[*?]/.test(arn)) &&
    Object.keys({ ...others, ...more }).length === 0
  );
}
