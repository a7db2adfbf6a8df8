import { describe, expect, it } from "vitest";
import { isDocument, isMap, terraformProperty, terraformType } from "../../../readiness/terraform/names.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";

describe("terraformType", () => {
  it.each([
    ["aws:acm/certificateValidation:CertificateValidation", "aws_acm_certificate_validation"],
    ["aws:ec2/vpc:Vpc", "aws_vpc"],
    ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws_iam_openid_connect_provider"],
    ["aws:rds/instance:Instance", "aws_db_instance"],
    ["aws:rds/cluster:Cluster", "aws_rds_cluster"],
    ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "aws_s3_bucket_public_access_block"],
    ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws_vpc_security_group_ingress_rule"],
    ["aws:wafv2/webAcl:WebAcl", "aws_wafv2_web_acl"],
  ])("of %s is %s", (token, type) => {
    expect(terraformType(token)).toBe(type);
  });

  it.each([
    "aws:unheard/of:Of",
    "aws:constructor/of:Of",
    "datadog:index/monitor:Monitor",
    "pulumi:providers:aws",
    "readiness:index:Edge",
  ])("of %s is not known", (token) => {
    expect(terraformType(token)).toBeUndefined();
  });

  it.each(["prod", "staging"] as const)("is known of everything that %s has on AWS", (stack) => {
    const tokens = fixtureStacks[stack].map(({ type }) => type).filter((type) => type.startsWith("aws:"));
    expect(tokens.length).toBeGreaterThan(80);
    expect(tokens.filter((token) => terraformType(token) === undefined)).toEqual([]);
  });
});

describe("terraformProperty", () => {
  const block = [{ a: 1 }];
  it.each([
    ["kmsKeyId", "x", "kms_key_id"],
    ["cidrIpv4", "x", "cidr_ipv4"],
    ["rules", block, "rule"],
    ["origins", block, "origin"],
    ["aliases", block, "alias"],
    ["aliases", ["a.example.com"], "aliases"],
    ["customErrorResponses", block, "custom_error_response"],
    ["policies", block, "policy"],
    ["s3DeliveryConfigurations", block, "s3_delivery_configuration"],
    ["vpcSecurityGroupIds", ["sg-1"], "vpc_security_group_ids"],
    ["clientIdLists", ["sts.amazonaws.com"], "client_id_list"],
    ["ingress", block, "ingress"],
    ["items", block, "items"],
    ["stringEquals", block, "string_equals"],
    ["topic", "x", "topic"],
  ])("of %s, %j, is %s", (name, value, expected) => {
    expect(terraformProperty("aws_any", name, value)).toBe(expected);
  });

  it("may be a type's own", () => {
    expect(terraformProperty("aws_sns_topic_subscription", "topic", "x")).toBe("topic_arn");
  });
});

it("tells maps and policies from blocks", () => {
  expect(isMap("tags")).toBe(true);
  expect(isMap("defaultAction")).toBe(false);
  expect(isDocument({ Version: "2012-10-17", Statement: [] })).toBe(true);
  expect(isDocument({ contentSecurityPolicy: "default-src 'self'" })).toBe(false);
});
