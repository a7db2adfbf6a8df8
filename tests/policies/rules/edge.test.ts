import { describe, expect, it } from "vitest";
import { edgeRules } from "../../../policies/rules/edge.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { declared, unknown } from "../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;
type Links = Readonly<Record<string, readonly Registration[]>>;

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(edgeRules, id, resources, stack).outcome;

const site = (props: Props = {}, links: Links = {}) =>
  resource(
    "aws:cloudfront/distribution:Distribution",
    "site",
    { aliases: ["www.example.com"], ...props },
    links,
  );
const certificate = (props: Props) => resource("aws:acm/certificate:Certificate", "certificate", props);
const headers = (securityHeadersConfig: Props) =>
  resource("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "headers", {
    securityHeadersConfig,
  });
const webAcl = (rules: readonly Props[] = []) => resource("aws:wafv2/webAcl:WebAcl", "firewall", { rules });
const bucket = resource("aws:s3/bucket:Bucket", "files");
const bucketPolicy = (policy: unknown) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", "files", { policy }, { bucket: [bucket] });

describe("edge-https-only", () => {
  it.each([
    [["redirect-to-https", "https-only"], "pass"],
    [["redirect-to-https", "allow-all"], "fail"],
    [["allow-all", "https-only"], "fail"],
    [["redirect-to-https", unknown], "unknown"],
  ])("%j: %s", ([byDefault, forPath], expected) => {
    const props = {
      defaultCacheBehavior: { viewerProtocolPolicy: byDefault },
      orderedCacheBehaviors: [{ pathPattern: "/a", viewerProtocolPolicy: forPath }],
    };
    expect(outcome("edge-https-only", [site(props)])).toBe(expected);
  });
});

describe("edge-tls-floor", () => {
  it.each([
    ["TLSv1.2_2021", "pass"],
    ["TLSv1.3_2025", "pass"],
    ["TLSv1.2_2019", "fail"],
    ["TLSv1", "fail"],
    [undefined, "fail"],
    [unknown, "unknown"],
  ])("%s: %s", (minimumProtocolVersion, expected) => {
    expect(outcome("edge-tls-floor", [site({ viewerCertificate: { minimumProtocolVersion } })])).toBe(
      expected,
    );
  });
});

describe("edge-certificate-covers-domain", () => {
  const stack = (props: Props, aliases: unknown = ["www.example.com"]) => {
    const own = certificate(props);
    const validation = resource(
      "aws:acm/certificateValidation:CertificateValidation",
      "validation",
      {},
      { certificateArn: [own] },
    );
    return [own, validation, site({ aliases }, { viewerCertificate: [validation] })];
  };

  it.each([
    ["by name", stack({ domainName: "www.example.com" }), "pass"],
    [
      "by another name",
      stack({ domainName: "example.com", subjectAlternativeNames: ["www.example.com"] }),
      "pass",
    ],
    ["by a wildcard", stack({ domainName: "*.example.com" }), "pass"],
    ["not, by a wildcard of another level", stack({ domainName: "*.www.example.com" }), "fail"],
    ["not", stack({ domainName: "example.com" }), "fail"],
    ["in part", stack({ domainName: "www.example.com" }, ["www.example.com", "example.org"]), "fail"],
    ["by a certificate of another stack", [site()], "fail"],
    ["without a domain to cover", stack({ domainName: "www.example.com" }, []), "fail"],
    ["by a name that is not known yet", stack({ domainName: unknown }), "unknown"],
  ])("covered %s", (_, resources, expected) => {
    expect(outcome("edge-certificate-covers-domain", resources)).toBe(expected);
  });
});

describe("the region of what CloudFront uses", () => {
  const provider = (region: string) => declared("pulumi:providers:aws", { region }, { name: "provider" });
  const inRegion = (region: string, props: Props = {}) => {
    const own = provider(region);
    return [own, { ...certificate(props), provider: own.urn }];
  };

  it.each([
    ["its provider's", inRegion("us-east-1"), "pass"],
    ["its provider's, elsewhere", inRegion("eu-central-1"), "fail"],
    ["its own, above its provider's", inRegion("eu-central-1", { region: "us-east-1" }), "pass"],
    ["nobody's", [certificate({})], "fail"],
    ["not known yet", [certificate({ region: unknown })], "unknown"],
  ])("is %s", (_, resources, expected) => {
    expect(outcome("edge-certificate-in-cloudfront-region", resources)).toBe(expected);
  });
});

it.each([
  [31_536_000, "pass"],
  [31_535_999, "fail"],
  [undefined, "fail"],
  [unknown, "unknown"],
])("HSTS for %s seconds: %s", (accessControlMaxAgeSec, expected) => {
  const policy = headers({ strictTransportSecurity: { accessControlMaxAgeSec } });
  expect(outcome("edge-hsts-for-a-year", [policy])).toBe(expected);
});

it.each([
  ["default-src 'self'", "pass"],
  ["default-src 'none'; script-src 'self' 'nonce-abc'", "pass"],
  ["default-src *; script-src 'self'", "pass"],
  ["default-src 'self'; Script-Src 'unsafe-inline'", "fail"],
  ["script-src 'self' https:", "fail"],
  ["img-src 'self'", "fail"],
  ["", "fail"],
  [unknown, "unknown"],
])("Content-Security-Policy %j: %s", (contentSecurityPolicy, expected) => {
  const policy = headers({ contentSecurityPolicy: { contentSecurityPolicy } });
  expect(outcome("edge-scripts-limited", [policy])).toBe(expected);
});

describe("edge-headers-everywhere", () => {
  const with_ = { responseHeadersPolicyId: unknown };
  const policy = headers({});
  const linked = { defaultCacheBehavior: [policy] };

  it.each([
    ["on every behaviour", { defaultCacheBehavior: with_, orderedCacheBehaviors: [with_] }, linked, "pass"],
    ["but for a path", { defaultCacheBehavior: with_, orderedCacheBehaviors: [{}] }, linked, "fail"],
    ["of another stack", { defaultCacheBehavior: with_ }, {}, "fail"],
  ])("headers %s", (_, props, links, expected) => {
    expect(outcome("edge-headers-everywhere", [policy, site(props, links)])).toBe(expected);
  });
});

describe("edge-firewall-rate-limited", () => {
  const limit = (more: Props, action: Props = { block: {} }) => ({
    action,
    statement: { rateBasedStatement: { limit: 6_000, ...more } },
  });

  it.each([
    ["6,000 in five minutes", [limit({})], "pass"],
    ["one more", [limit({ limit: 6_001 })], "fail"],
    ["1,200 in one minute", [limit({ limit: 1_200, evaluationWindowSec: 60 })], "pass"],
    ["1,201 in one minute", [limit({ limit: 1_201, evaluationWindowSec: 60 })], "fail"],
    ["of a part of the site", [limit({ scopeDownStatement: {} })], "fail"],
    ["a count", [limit({}, { count: {} })], "fail"],
    ["nothing", [], "fail"],
    ["not known yet", [limit({ limit: unknown })], "unknown"],
  ])("a limit of %s", (_, rules, expected) => {
    expect(outcome("edge-firewall-rate-limited", [webAcl(rules)])).toBe(expected);
  });
});

describe("edge-firewall-managed-rules-block", () => {
  const group = (more: Props, override: Props = { none: {} }) => ({
    name: "group",
    overrideAction: override,
    statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet", ...more } },
  });
  const counting = { ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }] };

  it.each([
    ["blocks", group({}), "pass"],
    ["counts", group({}, { count: {} }), "fail"],
    ["counts in one of its rules", group(counting), "fail"],
    ["may do either", group({ ruleActionOverrides: unknown }), "unknown"],
  ])("a group that %s", (_, rule, expected) => {
    expect(outcome("edge-firewall-managed-rules-block", [webAcl([rule])])).toBe(expected);
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

describe("DNS", () => {
  const own = site();
  const record = (name: string, props: Props, links: Links = {}) =>
    resource("aws:route53/record:Record", name, { name: "www.example.com", ...props }, links);
  const alias = (type: string, props: Props = {}) => record(type, { type, ...props }, { aliases: [own] });
  const validation = record("validation", { type: unknown, name: unknown }, { type: [certificate({})] });

  it.each([
    ["an alias", [alias("A")], "pass"],
    ["an alias beside a record that is not known yet", [validation, alias("A")], "pass"],
    ["an alias of the other kind", [alias("AAAA")], "fail"],
    ["an alias of another name", [alias("A", { name: "example.org" })], "fail"],
    ["a record to elsewhere", [record("A", { type: "A" })], "fail"],
    ["an alias whose name is not known yet", [alias("A", { name: unknown })], "unknown"],
  ])("leads by %s", (_, records, expected) => {
    expect(outcome("edge-dns-ipv4", [own, certificate({}), ...records])).toBe(expected);
  });

  const caa = (...records: readonly string[]) => record("caa", { type: "CAA", records });
  it.each([
    ["those in use", [caa('0 issue "amazon.com"', '0 issue "letsencrypt.org; accounturi=x"')], "pass"],
    ["one of them, and no wildcards", [caa('0 issue "amazon.com"', '0 issuewild ";"')], "pass"],
    ["another", [caa('0 issue "amazon.com"', '0 issue "ca.example.net"')], "fail"],
    ["everybody", [], "fail"],
    ["nobody knows who", [record("caa", { type: "CAA", records: unknown })], "unknown"],
  ])("lets %s issue certificates", (_, records, expected) => {
    expect(outcome("edge-issuers-limited", [own, certificate({}), validation, ...records])).toBe(expected);
  });
});

it("never shows the secret that origins are sent", () => {
  const customHeaders = [{ name: "x-other", value: "an origin secret" }];
  const origins = [{ originId: "portal", customOriginConfig: {}, customHeaders }];
  const { outcome: found, messages } = judge(edgeRules, "edge-origin-authenticated", [site({ origins })]);
  expect(found).toBe("fail");
  expect(messages.join()).not.toContain("an origin secret");
});
