import { expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { runProgram } from "../../../readiness/engine/run-program.ts";
import { prodConfig, prodSettings } from "../prod-config.ts";

/** Letters that vendors take, and the properties that hold the names; Pulumi makes those that are not declared. */
const limits: Readonly<Record<string, readonly [most: number, ...properties: readonly string[]]>> = {
  "aws:s3/bucket:Bucket": [63, "bucket"],
  "aws:rds/instance:Instance": [63, "identifier"],
  "aws:rds/subnetGroup:SubnetGroup": [255, "name"],
  "aws:rds/parameterGroup:ParameterGroup": [255, "name"],
  "aws:elasticache/replicationGroup:ReplicationGroup": [40, "replicationGroupId"],
  "aws:elasticache/subnetGroup:SubnetGroup": [255, "name"],
  "aws:elasticache/parameterGroup:ParameterGroup": [255, "name"],
  "aws:iam/role:Role": [64, "name"],
  "aws:iam/policy:Policy": [128, "name"],
  "aws:iam/rolePolicy:RolePolicy": [128, "name"],
  "aws:kms/alias:Alias": [256, "name"],
  "aws:sns/topic:Topic": [256, "name"],
  "aws:backup/vault:Vault": [50, "name"],
  "aws:backup/plan:Plan": [50, "name"],
  "aws:backup/selection:Selection": [50, "name"],
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": [50, "name"],
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": [50, "name"],
  "aws:cloudwatch/logGroup:LogGroup": [512, "name"],
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": [60, "name"],
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [60, "name"],
  "aws:cloudfront/function:Function": [64, "name"],
  "aws:cloudfront/originAccessControl:OriginAccessControl": [64, "name"],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [128, "name"],
  "aws:ec2/securityGroup:SecurityGroup": [255, "name"],
  "aws:wafv2/webAcl:WebAcl": [128, "name"],
  "vercel:index/project:Project": [100, "name"],
  "pagerduty:index/team:Team": [100, "name"],
  "pagerduty:index/service:Service": [255, "name"],
  "pagerduty:index/tag:Tag": [191, "label"],
  "datadog:index/statusPage:StatusPage": [63, "domainPrefix"],
  "datadog:index/logsMetric:LogsMetric": [200, "name"],
  "datadog:index/spansMetric:SpansMetric": [200, "name"],
};

/** Config of names of these lengths; the alerts' own names follow. */
const config = (product: number, service: number) =>
  prodConfig(
    [["readiness:product"], "p".repeat(product)],
    [
      ["readiness:services"],
      [{ ...Object(prodSettings()["readiness:services"])[0], name: "s".repeat(service) }],
    ],
  );

it.each([
  ["product", "prod", 21, 25, [22, 25]],
  ["service", "prod", 8, 38, [8, 39]],
  ["stack", "production-of-europe-and", 9, 25, [10, 25]],
])(
  "the longest %s that is taken makes no name that its vendor refuses",
  async (_, stack, product, service, more) => {
    expect(checkConfig(stack, config(product, service)).issues).toEqual([]);
    expect(checkConfig(stack, config(...(more as [number, number]))).issues).not.toEqual([]);
    const { registrations } = await runProgram({
      projectDir: process.cwd(),
      stack,
      config: config(product, service),
      secretKeys: [],
    });
    const named = registrations.filter(({ type }) => limits[type]);
    expect(new Set(named.map(({ type }) => type))).toEqual(new Set(Object.keys(limits)));
    const tooLong = named.flatMap(({ type, name, props }) => {
      const [most = 0, property = ""] = limits[type] ?? [];
      const made = props[property] ?? `${name}-1234567`;
      return String(made).length <= most ? [] : [`${type} ${made}`];
    });
    expect(tooLong).toEqual([]);
  },
);
