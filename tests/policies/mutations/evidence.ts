import { unknown } from "../support/stack.ts";
import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";
import { statements, trust } from "./statements.ts";
import { unlink } from "./unlink.ts";

const own = (type: string) => ({ type, name: /^evidence-/ });
const lock = own("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
const encryption = own(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
);
const bucketPolicy = own("aws:s3/bucketPolicy:BucketPolicy");
const writer = { type: "aws:iam/role:Role", name: /-evidence-platform$/ };
const grant = { type: "aws:iam/rolePolicy:RolePolicy", name: /-evidence-platform$/ };
const withoutStatement = (sid: string) => statements((all) => all.filter(({ Sid }) => Sid !== sid));
const writers = (condition: object): Change =>
  statements((all) => all.map((s) => (s["Sid"] === "WritersAlone" ? { ...s, Condition: condition } : s)));

export const evidenceMutations: readonly Mutation[] = [
  {
    rule: "evidence-locked",
    title: "evidence can be deleted after a month",
    change: on(lock, set("rule.defaultRetention.days", 30)),
  },
  {
    rule: "evidence-locked",
    title: "evidence can be deleted at once",
    change: drop(lock),
  },
  {
    rule: "evidence-locked",
    title: "nothing is locked by default",
    change: on(lock, unset("rule.defaultRetention")),
  },
  {
    rule: "evidence-lock-binds-deployment",
    title: "the deployment may lift the lock",
    change: on({ type: "aws:iam/policy:Policy", name: /-deploy$/ }, withoutStatement("NoLockLifted")),
  },
  {
    rule: "evidence-not-hidden",
    title: "a no-go can be hidden by a deletion",
    change: on(bucketPolicy, withoutStatement("NothingHidden")),
  },
  {
    rule: "evidence-key-own",
    also: ["preview-role-reads-alone"],
    title: "evidence is encrypted by S3's own key",
    change: on(
      encryption,
      unlink("rules"),
      set("rules", [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]),
    ),
  },
  {
    rule: "edge-buckets-versioned",
    title: "evidence can be overwritten",
    change: on(
      own("aws:s3/bucketVersioning:BucketVersioning"),
      set("versioningConfiguration.status", "Suspended"),
    ),
  },
  {
    rule: "evidence-role-for-one-branch",
    title: "every pull request may hand evidence in",
    change: on(writer, trust("sub", "repo:example/portal-readiness:pull_request")),
  },
  {
    rule: "deploy-role-for-one-audience",
    title: "tokens for other services hand evidence in",
    change: on(writer, trust("aud", undefined)),
  },
  {
    rule: "evidence-role-adds-alone",
    title: "an app's CI may read and delete evidence",
    change: on(grant, set("policy.Statement.0.Action", "s3:*")),
  },
  {
    rule: "evidence-role-for-one-service",
    title: "an app's CI may write evidence of other services",
    change: on(grant, set("policy.Statement.0.Resource", "arn:aws:s3:::evidence-portal-1a2b3c4/evidence/*")),
  },
  {
    rule: "evidence-role-for-one-service",
    title: "an app's CI may decrypt everything",
    change: on(grant, set("policy.Statement.1.Resource", "*")),
  },
  {
    rule: "evidence-from-its-roles-alone",
    title: "whoever has rights to S3 may hand evidence in",
    change: on(bucketPolicy, withoutStatement("WritersAlone")),
  },
  {
    rule: "evidence-from-its-roles-alone",
    also: ["resources-open-to-their-users"],
    title: "its writers alone may hand in nothing",
    change: on(bucketPolicy, writers({ ArnEquals: { "aws:PrincipalArn": unknown } })),
  },
  {
    rule: "evidence-not-hidden",
    title: "evidence expires in the lock's time, which hides it",
    change: on(
      own("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"),
      set("rules.0.expiration.days", 30),
    ),
  },
  {
    rule: "evidence-from-its-roles-alone",
    title: "every role of the account may hand evidence in",
    change: on(
      bucketPolicy,
      writers({ ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/*" } }),
    ),
  },
];
