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

describe("edge-access-logged", () => {
  const log = (kind: string, props: Props, links: Parameters<typeof resource>[3]) =>
    resource(`aws:cloudwatch/${kind[0]?.toLowerCase()}${kind.slice(1)}:${kind}`, kind, props, links);
  const delivered = (logType: unknown, from = true, to = true) => {
    const own = site();
    const destination = log("LogDeliveryDestination", {}, {});
    const source = log("LogDeliverySource", { logType }, { resourceArn: [own] });
    const delivery = log(
      "LogDelivery",
      {},
      { deliverySourceName: from ? [source] : [], deliveryDestinationArn: to ? [destination] : [] },
    );
    return [own, destination, source, delivery];
  };

  it.each([
    ["to a bucket", delivered("ACCESS_LOGS"), "pass"],
    ["but for who asks for what", delivered("CONNECTION_LOGS"), "fail"],
    ["to nothing of this stack", delivered("ACCESS_LOGS", true, false), "fail"],
    ["from another site", delivered("ACCESS_LOGS", false), "fail"],
    ["nowhere", [site()], "fail"],
    ["of a kind that is not known yet", delivered(unknown), "unknown"],
  ])("logs go %s", (_, resources, expected) => {
    expect(outcome("edge-access-logged", resources)).toBe(expected);
  });
});

describe("edge-access-logs-kept", () => {
  const destination = resource(
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    "logs",
    {},
    { deliveryDestinationConfiguration: [bucket] },
  );
  const kept = (...rules: readonly Props[]) => [
    bucket,
    destination,
    resource(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "logs",
      { rules },
      { bucket: [bucket] },
    ),
  ];
  const days = (n: unknown, status = "Enabled") => ({ status, expiration: { days: n } });

  it.each([
    ["a year", "prod", kept(days(365)), "pass"],
    ["a day less", "prod", kept(days(364)), "fail"],
    ["a month in staging", "staging", kept(days(30)), "pass"],
    ["a day less in staging", "staging", kept(days(29)), "fail"],
    ["a year, and by another rule a week", "prod", kept(days(365), days(7)), "fail"],
    ["by a rule that is switched off", "prod", kept(days(365, "Disabled")), "fail"],
    ["nobody knows how long", "prod", [bucket, destination], "fail"],
    ["not known yet how long", "prod", kept(days(unknown)), "unknown"],
  ])("logs kept %s", (_, stack, resources, expected) => {
    expect(outcome("edge-access-logs-kept", resources, stack)).toBe(expected);
  });
});

describe("a bucket's policy", () => {
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: unknown,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const document = (...Statement: readonly Props[]) => ({ Version: "2012-10-17", Statement });

  it.each([
    ["an object, of which not all is known", document(deny), "pass"],
    ["JSON", JSON.stringify(document(deny)), "pass"],
    ["a single statement", JSON.stringify({ Statement: deny }), "pass"],
    ["a denial of something else", document({ ...deny, Action: "s3:PutObject" }), "fail"],
    [
      "a denial of TLS",
      document({ ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
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
    Condition: { StringEquals: { "AWS:SourceArn": unknown } },
  };
  const forSite = (...statements: readonly Props[]) => [
    bucket,
    site({}, { origins: [bucket] }),
    bucketPolicy(document(deny, ...statements)),
  ];

  it.each([
    ["this distribution", forSite(allow), "pass"],
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
