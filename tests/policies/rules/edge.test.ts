import { describe, expect, it } from "vitest";
import { edgeRules } from "../../../policies/rules/edge.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { type Props, site } from "../support/site.ts";
import { declared, unknown } from "../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(edgeRules, id, resources, stack).outcome;

const certificate = (props: Props) => resource("aws:acm/certificate:Certificate", "certificate", props);
const webAcl = (rules: readonly Props[] = []) => resource("aws:wafv2/webAcl:WebAcl", "firewall", { rules });
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
    const viewerCertificate = { minimumProtocolVersion, sslSupportMethod: "sni-only" };
    expect(outcome("edge-tls-floor", [site({ viewerCertificate })])).toBe(expected);
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
    [
      "by a certificate that nothing waits for",
      [
        certificate({ domainName: "www.example.com" }),
        site({}, { viewerCertificate: [certificate({ domainName: "www.example.com" })] }),
      ],
      "pass",
    ],
    ["by a wildcard", stack({ domainName: "*.example.com" }), "pass"],
    ["not, by a wildcard of another level", stack({ domainName: "*.www.example.com" }), "fail"],
    [
      "with another name",
      stack({ domainName: "www.example.com", subjectAlternativeNames: ["www.example.org"] }),
      "fail",
    ],
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

describe("edge-firewall-rate-limited", () => {
  const limit = (more: Props, action: Props = { block: {} }) => ({
    action,
    statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 6_000, ...more } },
  });

  it.each([
    ["6,000 in five minutes", [limit({})], "pass"],
    ["one more", [limit({ limit: 6_001 })], "fail"],
    ["a flood, and a stricter one", [limit({ limit: 99_999 }), limit({})], "pass"],
    ["1,200 in one minute", [limit({ limit: 1_200, evaluationWindowSec: 60 })], "pass"],
    ["1,201 in one minute", [limit({ limit: 1_201, evaluationWindowSec: 60 })], "fail"],
    ["a page", [limit({ limit: 299 })], "fail"],
    ["of a part of the site", [limit({ scopeDownStatement: {} })], "fail"],
    ["a count", [limit({}, { count: {} })], "fail"],
    ["nothing", [], "fail"],
    ["not known yet", [limit({ limit: unknown })], "unknown"],
  ])("a limit of %s", (_, rules, expected) => {
    expect(outcome("edge-firewall-rate-limited", [webAcl(rules)])).toBe(expected);
  });
});

describe("edge-firewall-managed-rules", () => {
  const group = (name: string) => ({
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
  });
  const groups = ["CommonRuleSet", "KnownBadInputsRuleSet", "SQLiRuleSet", "AmazonIpReputationList"].map(
    (name) => `AWSManagedRules${name}`,
  );

  it("are all of the baseline", () => {
    expect(outcome("edge-firewall-managed-rules", [webAcl(groups.map(group))])).toBe("pass");
  });

  it.each(groups)("are not without %s", (missing) => {
    const others = groups.filter((name) => name !== missing).map(group);
    const told = judge(edgeRules, "edge-firewall-managed-rules", [webAcl(others)]);
    expect(told.messages).toEqual([expect.stringContaining(`${missing} is not used`)]);
  });

  it.each([
    ["count", { ...group("AWSManagedRulesSQLiRuleSet"), overrideAction: { count: {} } }, "fail"],
    ["do either", { ...group("AWSManagedRulesSQLiRuleSet"), overrideAction: unknown }, "unknown"],
  ])("%s", (_, changed, expected) => {
    const all = groups.map((name) => (name.endsWith("SQLiRuleSet") ? changed : group(name)));
    expect(outcome("edge-firewall-managed-rules", [webAcl(all)])).toBe(expected);
  });
});

describe("edge-origin-authenticated", () => {
  const app = resource("vercel:index/project:Project", "portal");
  const domain = resource(
    "vercel:index/projectDomain:ProjectDomain",
    "portal",
    { domain: "portal.example.com" },
    { projectId: [app] },
  );
  const secret = resource("random:index/randomPassword:RandomPassword", "secret");
  const other = resource("random:index/randomPassword:RandomPassword", "other");
  const judged = (sent: unknown, demanded: unknown, from = secret) => {
    const origins = [
      {
        originId: "portal",
        domainName: "portal.example.com",
        customOriginConfig: {},
        customHeaders: [{ name: "X-Origin-Secret", value: sent }],
      },
    ];
    const conditions = [{ type: "header", key: "x-origin-secret", op: "neq", value: demanded }];
    const rule = { conditionGroups: [{ conditions }], action: { action: "deny" } };
    return judge(edgeRules, "edge-origin-authenticated", [
      app,
      domain,
      secret,
      other,
      site({ origins }, { origins: [secret] }),
      resource(
        "vercel:index/firewallConfig:FirewallConfig",
        "firewall",
        { rules: { rules: [rule] } },
        { projectId: [app], rules: [from] },
      ),
    ]);
  };

  it.each([
    ["of one source", judged(unknown, unknown), "pass"],
    ["of two sources", judged(unknown, unknown, other), "fail"],
    ["of the same text", judged("an origin secret", "an origin secret"), "pass"],
    ["of two texts", judged("an origin secret", "another"), "fail"],
    ["of which the firewall's is written down", judged(unknown, "another"), "fail"],
  ])("the secrets are %s", (_, told, expected) => {
    expect(told.outcome).toBe(expected);
    expect(told.messages.join()).not.toMatch(/an origin secret|another$/);
  });

  it("asks for the header", () => {
    const customHeaders = [{ name: "x-other", value: "an origin secret" }];
    const origins = [{ originId: "portal", customOriginConfig: {}, customHeaders }];
    const told = judge(edgeRules, "edge-origin-authenticated", [site({ origins })]);
    expect(told.outcome).toBe("fail");
    expect(told.messages.join()).not.toContain("an origin secret");
  });
});
