/**
 * Terraform's names of what Pulumi declares on AWS. Pulumi's bridge derives its names from Terraform's by rules with
 * exceptions; here they are turned round. Compared with the provider's own schema for every property of both stacks.
 */

/** Modules whose types have the same names in Terraform, under `aws_`. */
const modules: ReadonlySet<string> = new Set([
  "accessanalyzer",
  "acm",
  "backup",
  "budgets",
  "cloudfront",
  "cloudwatch",
  "elasticache",
  "iam",
  "kms",
  "route53",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
  "vpc",
  "wafv2",
]);

/** Modules whose types have other names, type by type. */
const others: ReadonlyMap<string, string> = new Map([
  ["cloudtrail/trail", "aws_cloudtrail"],
  ["ec2/defaultSecurityGroup", "aws_default_security_group"],
  ["ec2/eip", "aws_eip"],
  ["ec2/flowLog", "aws_flow_log"],
  ["ec2/instance", "aws_instance"],
  ["ec2/internetGateway", "aws_internet_gateway"],
  ["ec2/natGateway", "aws_nat_gateway"],
  ["ec2/networkAcl", "aws_network_acl"],
  ["ec2/route", "aws_route"],
  ["ec2/routeTable", "aws_route_table"],
  ["ec2/routeTableAssociation", "aws_route_table_association"],
  ["ec2/securityGroup", "aws_security_group"],
  ["ec2/securityGroupRule", "aws_security_group_rule"],
  ["ec2/subnet", "aws_subnet"],
  ["ec2/vpc", "aws_vpc"],
  ["ec2/vpcEndpoint", "aws_vpc_endpoint"],
  ["guardduty/detector", "aws_guardduty_detector"],
  ["iam/openIdConnectProvider", "aws_iam_openid_connect_provider"],
  ["rds/cluster", "aws_rds_cluster"],
  ["rds/clusterInstance", "aws_rds_cluster_instance"],
  ["rds/instance", "aws_db_instance"],
  ["rds/optionGroup", "aws_db_option_group"],
  ["rds/parameterGroup", "aws_db_parameter_group"],
  ["rds/subnetGroup", "aws_db_subnet_group"],
  ["route53/hostedZoneDnsSec", "aws_route53_hosted_zone_dnssec"],
  ["s3/bucketReplicationConfig", "aws_s3_bucket_replication_configuration"],
]);

/** @returns Terraform's type, such as `aws_s3_bucket`; nothing where it is not known */
export function terraformType(token: string): string | undefined {
  const [, path = "", module = "", name = ""] = /^aws:((\w+)\/(\w+)):/.exec(token) ?? [];
  return others.get(path) ?? (modules.has(module) ? `aws_${module}_${snakeCase(name)}` : undefined);
}

/** Properties with a name of their own in Pulumi, or with a plural that Terraform has too, or has not. */
const renamed: ReadonlyMap<string, string> = new Map([
  ["clientIdLists", "client_id_list"],
  ["egress", "egress"],
  ["ingress", "ingress"],
  ["items", "items"],
  ["redactedFields", "redacted_fields"],
  ["stringEquals", "string_equals"],
  ["thumbprintLists", "thumbprint_list"],
]);
/** Those of one type. */
const renamedOf: ReadonlyMap<string, string> = new Map([["aws_sns_topic_subscription.topic", "topic_arn"]]);

/** Lists of blocks have plural names in Pulumi and none in Terraform; lists of plain values keep theirs. */
export function terraformProperty(type: string, name: string, value: unknown): string {
  const own = renamedOf.get(`${type}.${name}`) ?? renamed.get(name);
  if (own) return own;
  const blocks = Array.isArray(value) && value.some((v) => typeof v === "object" && v !== null);
  return snakeCase(blocks ? singular(name) : name);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function singular(plural: string): string {
  if (/ies$/.test(plural)) return plural.replace(/ies$/, "y");
  return plural.replace(/(?<=alias|address|x|ch|sh)es$|(?<!s)s$/, "");
}

/** Objects whose keys are data: Terraform's maps, not its blocks. */
const maps: ReadonlySet<string> = new Set(["tags", "restoreMetadataOverrides"]);
export function isMap(property: string): boolean {
  return maps.has(property);
}

/** Policies, which Terraform takes as JSON text. */
export function isDocument(value: object): boolean {
  return "Statement" in value;
}
