import { describe, expect, it } from "vitest";
import { storageRules } from "../../../../policies/rules/edge/storage.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { type Props, site } from "../../support/site.ts";
import { unknown } from "../../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(storageRules, id, resources, stack).outcome;

const bucket = resource("aws:s3/bucket:Bucket", "files");
const bucketPolicy = (policy: unknown) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", "files", { policy }, { bucket: [bucket] });

describe("a bucket's policy", () => {
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    // The bucket, and its objects.
    Resource: [unknown, unknown],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const document = (...Statement: readonly Props[]) => ({ Version: "2012-10-17", Statement });

  it.each([
    ["an object, of which not all is known", document(deny), "pass"],
    ["JSON", JSON.stringify(document({ ...deny, Resource: "*" })), "pass"],
    ["a single statement", JSON.stringify({ Statement: { ...deny, Resource: "*" } }), "pass"],
    ["a denial for the bucket or its objects alone", document({ ...deny, Resource: unknown }), "fail"],
    ["a denial of something else", document({ ...deny, Action: "s3:PutObject" }), "fail"],
    [
      "a denial of TLS",
      document({ ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      "fail",
    ],
    [
      "a denial of the objects and of the bucket",
      document({ ...deny, Resource: [unknown, unknown] }),
      "pass",
    ],
    ["a denial of one of the two", document({ ...deny, Resource: [unknown] }), "fail"],
    ["a denial of some objects", document({ ...deny, Resource: "arn:aws:s3:::files/a/*" }), "fail"],
    ["a denial of all, by name", document({ ...deny, Resource: "arn:aws:s3:::files*" }), "pass"],
    [
      "a denial that spares somebody",
      document({ ...deny, Principal: undefined, NotPrincipal: { AWS: "123456789012" } }),
      "fail",
    ],
    ["no denial", document({ ...deny, Effect: "Allow" }), "fail"],
    ["not known yet", unknown, "unknown"],
  ])("that is %s", (_, policy, expected) => {
    expect(outcome("edge-buckets-tls-only", [bucket, bucketPolicy(policy)])).toBe(expected);
  });

  const allow = {
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: unknown,
    Condition: { StringEquals: { "AWS:SourceArn": unknown } },
  };
  const forSite = (...statements: readonly Props[]) => [
    bucket,
    site({}, { origins: [bucket] }),
    bucketPolicy(document(deny, ...statements)),
  ];

  it.each([
    ["this distribution", forSite(allow), "pass"],
    ["this distribution, to write", forSite({ ...allow, Action: "s3:*" }), "fail"],
    ["nobody", forSite(), "fail"],
    ["every distribution", forSite({ ...allow, Condition: {} }), "fail"],
    [
      "every distribution by pattern",
      forSite({ ...allow, Condition: { StringLike: { "AWS:SourceArn": "*" } } }),
      "fail",
    ],
    ["everybody", forSite(allow, { ...allow, Principal: "*" }), "fail"],
    ["another account", forSite({ ...allow, Principal: { AWS: "123456789012" } }), "fail"],
  ])("that lets in %s", (_, resources, expected) => {
    expect(outcome("edge-static-files-for-cloudfront-alone", resources)).toBe(expected);
  });

  it("is the only one", () => {
    const policies = ["a", "b"].map((name) =>
      resource("aws:s3/bucketPolicy:BucketPolicy", name, { policy: document(deny) }, { bucket: [bucket] }),
    );
    expect(outcome("edge-buckets-tls-only", [bucket, ...policies])).toBe("fail");
    expect(outcome("edge-buckets-tls-only", [bucket])).toBe("fail");
  });
});

it("a bucket's own block of public access counts, not another's", () => {
  const all = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  const block = (of: readonly Registration[], props = all) =>
    resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", props, { bucket: of });
  expect(outcome("edge-buckets-not-public", [bucket, block([bucket])])).toBe("pass");
  expect(outcome("edge-buckets-not-public", [bucket, block([])])).toBe("fail");
  expect(
    outcome("edge-buckets-not-public", [bucket, block([bucket], { ...all, ignorePublicAcls: false })]),
  ).toBe("fail");
});

describe("what S3 deletes by itself", () => {
  const lifecycle = (...rules: readonly Props[]) =>
    resource(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "lifecycle",
      { rules },
      { bucket: [bucket] },
    );
  const on = resource(
    "aws:s3/bucketVersioning:BucketVersioning",
    "versioning",
    { versioningConfiguration: { status: "Enabled" } },
    { bucket: [bucket] },
  );
  const earlier = (noncurrentDays: unknown, status = "Enabled") =>
    lifecycle({ status, noncurrentVersionExpiration: { noncurrentDays } });

  it.each([
    ["a week", [on, earlier(7)], "pass"],
    ["a day less", [on, earlier(6)], "fail"],
    ["a day, by a rule that is switched off", [on, earlier(1, "Disabled")], "pass"],
    ["ever", [on], "pass"],
    ["no time", [earlier(30)], "fail"],
    ["nobody knows how long", [on, earlier(unknown)], "unknown"],
  ])("can be brought back for %s", (_, resources, expected) => {
    expect(outcome("edge-buckets-versioned", [bucket, ...resources])).toBe(expected);
  });

  it("are not the files of the site", () => {
    const own = site({}, { origins: [bucket] });
    expect(outcome("edge-static-files-stay", [bucket, own, earlier(7)])).toBe("pass");
    const expiring = lifecycle({ status: "Enabled", expiration: { days: 365 } });
    expect(outcome("edge-static-files-stay", [bucket, own, expiring])).toBe("fail");
  });

  it("is not a bucket of production with all that is in it", () => {
    const emptied = { ...bucket, props: { forceDestroy: true } };
    expect(outcome("edge-buckets-kept", [bucket])).toBe("pass");
    expect(outcome("edge-buckets-kept", [emptied])).toBe("fail");
    expect(outcome("edge-buckets-kept", [emptied], "staging")).toBe("not-applicable");
  });
});
