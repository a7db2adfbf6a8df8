/** What is known of AWS services as such: the actions that creating and deleting their resources takes. */

/** Made for a service by AWS, with a name that only AWS gives. */
export const serviceRole = "iam:CreateServiceLinkedRole";

/**
 * What shows passwords or what customers entered, or hands a copy of it on (Service Authorization Reference); no
 * deployment and no preview needs it.
 */
export const secretActions: readonly string[] = [
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:StartQuery",
  "rds-db:connect",
  "rds:DownloadCompleteDBLogFile",
  "rds:DownloadDBLogFilePortion",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
];

/** What hands a copy of the data to another account, or into a bucket. */
export const handingOn: readonly string[] = ["rds:ModifyDBSnapshotAttribute", "rds:StartExportTask"];

/**
 * By the start of a type of the AWS provider, as far as stacks use them: AWS's "Service Authorization Reference".
 * `*` stands for all of a service. Nobody is given everything of EC2 and IAM, whose types stand by themselves, nor of
 * services that keep data. A type that is missing fails until somebody has looked.
 */
export const actionsOfTypes: Readonly<Record<string, readonly string[]>> = {
  "aws:acm/": ["acm:*"],
  // Creating a vault takes `backup-storage:MountCapsule`.
  "aws:backup/": [
    ...families("backup", ["Create", "Delete", "Describe", "Get", "List", "Put", "Tag", "Update"]),
    "backup-storage:*",
  ],
  "aws:cloudfront/": ["cloudfront:*"],
  // The provider's module is that of three services; of metric alarms it takes what follows, and events are another's.
  "aws:cloudwatch/log": [
    ...families("logs", ["Create", "Delete", "Describe", "GetDelivery", "List", "Put", "Tag"]),
    "logs:AssociateKmsKey",
  ],
  "aws:cloudwatch/metricAlarm:": [
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:DeleteAlarms",
    "cloudwatch:TagResource",
  ],
  "aws:ec2/defaultSecurityGroup:": ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
  "aws:ec2/flowLog:": ["ec2:CreateFlowLogs", "ec2:DeleteFlowLogs"],
  "aws:ec2/internetGateway:": [
    "ec2:AttachInternetGateway",
    "ec2:CreateInternetGateway",
    "ec2:DeleteInternetGateway",
    "ec2:DetachInternetGateway",
  ],
  "aws:ec2/route:": ["ec2:CreateRoute", "ec2:DeleteRoute"],
  "aws:ec2/routeTable:": ["ec2:CreateRouteTable", "ec2:DeleteRouteTable"],
  "aws:ec2/routeTableAssociation:": ["ec2:AssociateRouteTable", "ec2:DisassociateRouteTable"],
  "aws:ec2/securityGroup:": ["ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup"],
  "aws:ec2/securityGroupRule:": ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
  "aws:ec2/subnet:": ["ec2:CreateSubnet", "ec2:DeleteSubnet"],
  "aws:ec2/vpc:": ["ec2:CreateVpc", "ec2:DeleteVpc"],
  "aws:ec2/vpcPeeringConnectionAccepter:": [
    "ec2:AcceptVpcPeeringConnection",
    "ec2:DeleteVpcPeeringConnection",
  ],
  // The first of an account's makes the role of the service itself.
  "aws:elasticache/": ["elasticache:*", serviceRole],
  "aws:iam/openIdConnectProvider:": ["iam:CreateOpenIDConnectProvider", "iam:DeleteOpenIDConnectProvider"],
  "aws:iam/policy:": ["iam:CreatePolicy", "iam:DeletePolicy"],
  "aws:iam/role:": [
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:GetRole",
    "iam:ListAttachedRolePolicies",
    "iam:ListRolePolicies",
    "iam:TagRole",
    "iam:UpdateAssumeRolePolicy",
  ],
  "aws:iam/rolePolicy:": ["iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:GetRolePolicy"],
  "aws:iam/rolePolicyAttachment:": ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
  "aws:kms/": ["kms:*"],
  "aws:rds/": [
    ...families("rds", ["AddTags", "CreateDB", "DeleteDB", "Describe", "List"]),
    ...["Instance", "ParameterGroup", "SubnetGroup"].map((kind) => `rds:ModifyDB${kind}`),
    // RDS keeps the master's password there on the caller's behalf.
    "secretsmanager:CreateSecret",
    "secretsmanager:TagResource",
    serviceRole,
  ],
  "aws:route53/": ["route53:*"],
  // All but what lifts a lock, and what reads.
  "aws:s3/": [
    "s3:CreateBucket",
    ...families("s3", ["DeleteBucket", "GetBucket", "GetEncryption", "GetLifecycle", "List", "Put"]),
  ],
  "aws:sns/": ["sns:*"],
  "aws:vpc/securityGroupIngressRule:": [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupIngress",
  ],
  "aws:wafv2/": ["wafv2:*"],
};

/** Services whose requests all go to us-east-1: IAM User Guide, "AWS global condition context keys". */
export const globalServices: readonly string[] = ["cloudfront", "iam", "route53"];

/** All actions of a service that begin so. */
function families(service: string, verbs: readonly string[]): readonly string[] {
  return verbs.map((verb) => `${service}:${verb}*`);
}
