/** What is known of AWS services as such: the actions that creating and deleting their resources takes. */

/** Made for a service by AWS, with a name that only AWS gives. */
export const serviceRole = "iam:CreateServiceLinkedRole";

/**
 * By the start of a type of the AWS provider, as far as stacks use them: AWS's "Service Authorization Reference".
 * `*` stands for all of a service. Of EC2 and IAM nobody is given everything, so each of their types stands by
 * itself. A type that is missing fails until somebody has looked.
 */
export const actionsOfTypes: Readonly<Record<string, readonly string[]>> = {
  "aws:acm/": ["acm:*"],
  // Creating a vault takes `backup-storage:MountCapsule`.
  "aws:backup/": ["backup:*", "backup-storage:*"],
  "aws:cloudfront/": ["cloudfront:*"],
  // The provider's module is that of three services; metric alarms and events are others'.
  "aws:cloudwatch/log": ["logs:*"],
  "aws:ec2/defaultSecurityGroup:": ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
  "aws:ec2/flowLog:": ["ec2:CreateFlowLogs", "ec2:DeleteFlowLogs"],
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
  "aws:rds/": ["rds:*", serviceRole],
  "aws:route53/": ["route53:*"],
  // All but what lifts a lock.
  "aws:s3/": ["s3:CreateBucket", "s3:DeleteBucket*", "s3:Get*", "s3:List*", "s3:Put*"],
  "aws:sns/": ["sns:*"],
  "aws:vpc/securityGroupIngressRule:": [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupIngress",
  ],
  "aws:wafv2/": ["wafv2:*"],
};

/** Services whose requests all go to us-east-1: IAM User Guide, "AWS global condition context keys". */
export const globalServices: readonly string[] = ["cloudfront", "iam", "route53"];
