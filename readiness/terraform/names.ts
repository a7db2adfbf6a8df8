/**
 * Terraform's names of what Pulumi declares on AWS. Pulumi's bridge derives its names from Terraform's by rules with
 * exceptions; here they are turned round. Compared with the provider's own schema for every property of both stacks.
 */

/** Terraform's prefix of a module's types. A module that is missing here has not been compared. */
const prefixes: Readonly<Record<string, string>> = {
  accessanalyzer: "aws_accessanalyzer",
  acm: "aws_acm",
  backup: "aws_backup",
  budgets: "aws_budgets",
  cfg: "aws_config",
  cloudfront: "aws_cloudfront",
  cloudtrail: "aws_cloudtrail",
  cloudwatch: "aws_cloudwatch",
  ec2: "aws",
  elasticache: "aws_elasticache",
  guardduty: "aws_guardduty",
  iam: "aws_iam",
  kms: "aws_kms",
  rds: "aws_db",
  route53: "aws_route53",
  s3: "aws_s3",
  secretsmanager: "aws_secretsmanager",
  sns: "aws_sns",
  sqs: "aws_sqs",
  vpc: "aws_vpc",
  wafv2: "aws_wafv2",
};

/** Types that do not follow their module. */
const exceptions: Readonly<Record<string, string>> = {
  "cloudtrail/trail": "aws_cloudtrail",
  "iam/openIdConnectProvider": "aws_iam_openid_connect_provider",
  "rds/cluster": "aws_rds_cluster",
  "rds/clusterInstance": "aws_rds_cluster_instance",
  "rds/clusterParameterGroup": "aws_rds_cluster_parameter_group",
};

/** @returns Terraform's type, such as `aws_s3_bucket`; nothing where it is not known */
export function terraformType(token: string): string | undefined {
  const [, path = "", module = "", name = ""] = /^aws:((\w+)\/(\w+)):/.exec(token) ?? [];
  const prefix = prefixes[module];
  return exceptions[path] ?? (prefix && `${prefix}_${snakeCase(name)}`);
}

/** Properties with a name of their own in Pulumi, or with a plural that Terraform has too, or has not. */
const renamed: Readonly<Record<string, string>> = {
  clientIdLists: "client_id_list",
  egress: "egress",
  ingress: "ingress",
  items: "items",
  redactedFields: "redacted_fields",
  stringEquals: "string_equals",
  thumbprintLists: "thumbprint_list",
};
const renamedOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_sns_topic_subscription: { topic: "topic_arn" },
};

/** Lists of blocks have plural names in Pulumi and none in Terraform; lists of plain values keep theirs. */
export function terraformProperty(type: string, name: string, value: unknown): string {
  const own = renamedOf[type]?.[name] ?? renamed[name];
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
