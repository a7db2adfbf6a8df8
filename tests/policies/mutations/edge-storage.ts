import { drop, type Mutation, on, set, unset } from "./mutation.ts";

const distribution = "aws:cloudfront/distribution:Distribution";
const s3 = (kind: string, name: RegExp) => ({
  type: `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  name,
});
const files = /-static$/;
const logs = /-access-logs$/;

export const edgeStorageMutations: readonly Mutation[] = [
  {
    rule: "edge-static-requests-signed",
    title: "requests to the files are not signed",
    change: on(distribution, unset("origins.1.originAccessControlId")),
  },
  {
    rule: "edge-access-logged",
    title: "access logs are not delivered",
    change: drop("aws:cloudwatch/logDelivery:LogDelivery"),
  },
  {
    rule: "edge-access-logs-kept",
    title: "access logs are deleted after a week",
    change: on(s3("BucketLifecycleConfiguration", logs), set("rules.0.expiration.days", 7)),
  },
  {
    rule: "edge-buckets-not-public",
    title: "a bucket policy may make the files public",
    change: on(s3("BucketPublicAccessBlock", files), set("blockPublicPolicy", false)),
  },
  {
    rule: "edge-buckets-not-public",
    title: "public access to the logs is not blocked",
    stack: "staging",
    change: drop(s3("BucketPublicAccessBlock", logs)),
  },
  {
    rule: "edge-buckets-without-acls",
    title: "whoever writes an object owns it",
    change: on(s3("BucketOwnershipControls", files), set("rule.objectOwnership", "ObjectWriter")),
  },
  {
    rule: "edge-buckets-encrypted",
    title: "the encryption of the logs is not declared",
    change: drop(s3("BucketServerSideEncryptionConfiguration", logs)),
  },
  {
    rule: "edge-buckets-tls-only",
    title: "the files' policy denies nothing",
    change: on(s3("BucketPolicy", files), unset("policy.Statement.0")),
  },
  {
    rule: "edge-buckets-versioned",
    title: "an overwritten file is gone",
    change: on(s3("BucketVersioning", files), set("versioningConfiguration.status", "Suspended")),
  },
  {
    rule: "edge-static-requests-signed",
    title: "CloudFront signs only what is not signed yet",
    change: on(
      "aws:cloudfront/originAccessControl:OriginAccessControl",
      set("signingBehavior", "no-override"),
    ),
  },
  {
    rule: "edge-static-files-for-cloudfront-alone",
    also: ["resources-admit-nobody-from-outside"],
    title: "any customer's CloudFront may read the files",
    change: on(s3("BucketPolicy", files), unset("policy.Statement.1.Condition")),
  },
  {
    rule: "edge-access-logged",
    title: "the log does not say who asked",
    change: on("aws:cloudwatch/logDelivery:LogDelivery", set("recordFields", ["date", "time", "sc-status"])),
  },
  {
    rule: "edge-access-logged",
    title: "the log says everything that it can, cookies as well",
    stack: "staging",
    change: on("aws:cloudwatch/logDelivery:LogDelivery", unset("recordFields")),
  },
  {
    rule: "edge-access-logs-accepted",
    title: "the bucket does not accept the logs",
    change: on(s3("BucketPolicy", logs), set("policy.Statement.1.Action", "s3:GetObject")),
  },
  {
    rule: "edge-buckets-tls-only",
    title: "objects are given out over plain HTTP",
    change: on(s3("BucketPolicy", files), unset("policy.Statement.0.Resource.1")),
  },
  {
    rule: "edge-buckets-versioned",
    title: "what was overwritten is gone the next day",
    change: on(
      s3("BucketLifecycleConfiguration", files),
      set("rules.0.noncurrentVersionExpiration.noncurrentDays", 1),
    ),
  },
  {
    rule: "edge-buckets-kept",
    title: "the logs may be deleted with their bucket",
    change: on(s3("Bucket", logs), set("forceDestroy", true)),
  },
  {
    rule: "edge-static-files-stay",
    title: "the site's files are deleted after a month",
    change: on(s3("BucketLifecycleConfiguration", files), set("rules.0.expiration", { days: 30 })),
  },
  {
    rule: "edge-static-files-for-cloudfront-alone",
    title: "CloudFront may not read the files",
    change: on(s3("BucketPolicy", files), unset("policy.Statement.1")),
  },
  {
    rule: "edge-access-logs-accepted",
    title: "who delivers the logs may read them",
    change: on(s3("BucketPolicy", logs), set("policy.Statement.1.Action", ["s3:PutObject", "s3:GetObject"])),
  },
  {
    rule: "edge-access-logs-kept",
    title: "what has expired of the logs stays for ever",
    change: on(s3("BucketLifecycleConfiguration", logs), unset("rules.0.noncurrentVersionExpiration")),
  },
  {
    rule: "edge-static-requests-signed",
    title: "the files are in somebody else's bucket",
    change: on(distribution, set("origins.1.domainName", "files-of-others.s3.eu-central-1.amazonaws.com")),
  },
];
