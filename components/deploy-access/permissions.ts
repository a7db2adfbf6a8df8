/** What CI may do in AWS. */
import type * as aws from "@pulumi/aws";

import { makesNetwork } from "../../model/config/data-contradictions.ts";
import { databasesOfAws, type PartNeeds, type Parts, usualParts, withoutObject } from "../../model/parts.ts";

type Statement = aws.iam.PolicyStatement;

/** Services whose resources the stack declares; all of their actions, since an update creates, changes and deletes. */
const services = ["cloudwatch", "kms", "logs", "route53", "s3", "sns", "tag"];
/** With these kinds of parts alone, besides. */
const servicesOfParts: readonly (readonly [services: readonly string[], needs: PartNeeds])[] = [
  // RDS keeps the master password in Secrets Manager.
  [["backup", "backup-storage", "rds", "secretsmanager"], { database: databasesOfAws }],
  [["elasticache"], { cache: ["valkey"] }],
  [["acm", "cloudfront", "wafv2"], { edge: ["cloudfront"] }],
];
/** Of EC2 the network alone: no machine can be started. */
const networkActions = [
  "ec2:*FlowLogs",
  "ec2:*NetworkAcl*",
  "ec2:*Route*",
  "ec2:*SecurityGroup*",
  "ec2:*Subnet*",
  "ec2:*Tags",
  "ec2:*Vpc*",
  "ec2:Describe*",
];
/** What a cache that is there already is read by, with the network that it is in. */
const cacheReads = ["ec2:Describe*", "elasticache:Describe*", "elasticache:List*"];
/** Creates roles or gives them rights; allowed only under the boundary. */
const roleGrants = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DetachRolePolicy",
  "iam:DeleteRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];
const roleUpkeep = [
  "iam:DeleteRole",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];
/** Reads what RDS and others keep in Secrets Manager. */
const passwords = ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"];
/** AWS services that the stack gives a role to; beside them that of the network's logs. */
const roleTakers: readonly (readonly [services: readonly string[], needs: PartNeeds])[] = [
  [["backup.amazonaws.com"], { database: databasesOfAws }],
  [["monitoring.rds.amazonaws.com"], { database: ["rds"] }],
];

interface Scope {
  readonly product: string;
  readonly regions: readonly string[];
  /** What the stack has; the first kind of each part where absent. */
  readonly parts?: Parts;
}

/** Whether it has a network of its own. */
function hasNetwork(parts: Parts): boolean {
  return parts.network.kind !== "none" && makesNetwork(parts);
}

/** Those whose parts the stack has. */
function having(
  rows: readonly (readonly [names: readonly string[], needs: PartNeeds])[],
  parts: Parts,
): readonly string[] {
  return rows.flatMap(([names, needs]) => (withoutObject(needs, parts) === undefined ? names : []));
}

/**
 * The most that any role may do which the deployment makes: what an update may, and what an app's role is for. Whoever
 * updates could make a role for themselves, so what an update must not read is out of such a role's reach too.
 * @param databaseUsers whom the apps log in to the database as; the database itself is made later
 */
export function boundaryPermissions(
  name: string,
  scope: Scope & { readonly databaseUsers: readonly string[] },
): Statement[] {
  return [
    ...deployPermissions(name, scope),
    ...(scope.databaseUsers.length === 0
      ? []
      : [
          {
            Sid: "AppsLogIn",
            Effect: "Allow",
            Action: "rds-db:connect",
            Resource: scope.databaseUsers.map((user) => `arn:aws:rds-db:*:*:dbuser:*/${user}`),
          } as const,
        ]),
    { Sid: "NoPasswords", Effect: "Deny", Action: passwords, Resource: "*" },
  ];
}

/**
 * What an update may do. Roles only of the product's own names and only under the boundary (IAM User Guide,
 * "Delegating responsibility to others using permissions boundaries"); and nothing that would change these rights
 * themselves.
 * @param name the component's: what it makes is out of its own reach
 */
export function deployPermissions(
  name: string,
  { product, regions, parts = usualParts }: Scope,
): Statement[] {
  const ofNetwork = !hasNetwork(parts)
    ? []
    : [...networkActions, ...(parts.network.kind === "static-ips" ? ["ec2:*InternetGateway*"] : [])];
  const takers = [
    ...having(roleTakers, parts),
    ...(hasNetwork(parts) ? ["vpc-flow-logs.amazonaws.com"] : []),
  ];
  const roles = `arn:aws:iam::*:role/${product}-*`;
  const boundary = `arn:aws:iam::*:policy/${name}-*`;
  return [
    {
      Sid: "Services",
      Effect: "Allow",
      Action: [
        ...[...services, ...having(servicesOfParts, parts)].map((service) => `${service}:*`).sort(),
        ...ofNetwork,
        ...(parts.cache.kind === "existing"
          ? cacheReads.filter((action) => !ofNetwork.includes(action))
          : []),
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": [...new Set([...regions, "us-east-1"])] } },
    },
    {
      Sid: "Look",
      Effect: "Allow",
      Action: ["iam:Get*", "iam:List*", "sts:GetCallerIdentity"],
      Resource: "*",
    },
    { Sid: "OwnRoles", Effect: "Allow", Action: roleUpkeep, Resource: roles },
    {
      Sid: "BoundRoles",
      Effect: "Allow",
      Action: roleGrants,
      Resource: roles,
      Condition: { StringLike: { "iam:PermissionsBoundary": boundary } },
    },
    ...(takers.length === 0
      ? []
      : [
          {
            Sid: "HandRolesOver",
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: roles,
            Condition: { StringEquals: { "iam:PassedToService": [...takers] } },
          } as const,
        ]),
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: "arn:aws:iam::*:role/aws-service-role/*",
    },
    {
      // Those of the app's platform; GitHub's own is denied below.
      Sid: "TokenIssuers",
      Effect: "Allow",
      Action: "iam:*OpenIDConnectProvider*",
      Resource: "arn:aws:iam::*:oidc-provider/*",
    },
    {
      Sid: "NotItself",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [
        `arn:aws:iam::*:role/${name}-*`,
        boundary,
        "arn:aws:iam::*:oidc-provider/token.actions.githubusercontent.com",
      ],
    },
    { Sid: "NoWayOut", Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
    // What is locked stays locked for whoever has CI's token; a person who has to can lift it.
    { Sid: "NoLockLifted", Effect: "Deny", Action: "s3:BypassGovernanceRetention", Resource: "*" },
  ];
}

/**
 * What CI must not read, though AWS's ReadOnlyAccess and the services' own rights do: what customers entered, and
 * passwords; nor hand a copy of it to another account. A bucket with Pulumi's state stays readable, as long as it is
 * not called like the product's own.
 */
export function secretsOutOfSight(product: string): Statement[] {
  return [
    {
      Effect: "Deny",
      Action: [
        "backup:StartRestoreJob",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:GetLogRecord",
        "logs:StartLiveTail",
        "logs:StartQuery",
        "rds:DownloadDBLogFilePortion",
        "rds:DownloadCompleteDBLogFile",
        "rds:ModifyDBSnapshotAttribute",
        "rds:StartExportTask",
        "rds-db:connect",
        ...passwords,
      ],
      Resource: "*",
    },
    {
      Effect: "Deny",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: `arn:aws:s3:::${product}-*/*`,
    },
  ];
}

/**
 * Reading what S3 encrypted with one key. KMS Developer Guide, "Use aliases to control access to KMS keys": by its
 * alias, since the key is made later and by somebody else.
 */
export function decryption(alias: string): Statement {
  return {
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:DescribeKey"],
    Resource: "*",
    Condition: {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias },
      StringLike: { "kms:ViaService": "s3.*.amazonaws.com" },
    },
  };
}
