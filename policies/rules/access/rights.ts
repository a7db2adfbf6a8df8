/** What roles may do. */
import { isOfGitHub } from "../../declared/deploy-access.ts";
import { attachment, type Role, rightsOf, role, rolePolicy, sharedAttachment } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { admitted } from "../../effects/iam-principal.ts";
import { readDocument, type Statement } from "../../effects/iam-statement.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";

/** AWS's own policies that are made for one service, by that service. */
const madeFor: Readonly<Record<string, readonly string[]>> = {
  "backup.amazonaws.com": [
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "service-role/AWSBackupServiceRolePolicyForRestores",
  ],
  "monitoring.rds.amazonaws.com": ["service-role/AmazonRDSEnhancedMonitoringRole"],
};
/** Those that allow whatever a service, or all of AWS, can do. */
const broad = /^(?=.*(?:Administrator|PowerUser|FullAccess$)).*Access$/;

/** What nobody needs on resources of whatever name: each action with one that this stack does not know. */
const onStrangers: Readonly<Record<string, string>> = {
  "iam:AttachRolePolicy": "arn:aws:iam::*:role/stranger",
  "iam:CreateUser": "arn:aws:iam::*:user/stranger",
  "iam:PassRole": "arn:aws:iam::*:role/stranger",
  "iam:PutRolePolicy": "arn:aws:iam::*:role/stranger",
  "logs:PutLogEvents": "arn:aws:logs:*:*:log-group:stranger",
  "rds:DeleteDBInstance": "arn:aws:rds:*:*:db:stranger",
  "rds:DeleteDBSnapshot": "arn:aws:rds:*:*:snapshot:stranger",
  "kms:Decrypt": "arn:aws:kms:*:*:key/stranger",
  "rds-db:connect": "arn:aws:rds-db:*:*:dbuser:stranger/stranger",
  "s3:GetObject": "arn:aws:s3:::stranger/stranger",
  "s3:PutObject": "arn:aws:s3:::stranger/stranger",
  "secretsmanager:GetSecretValue": "arn:aws:secretsmanager:*:*:secret:stranger",
  "sts:AssumeRole": "arn:aws:iam::*:role/stranger",
};
/** Nothing that narrows them: the service on whose behalf a key is used, or its alias. */
const plainly = { "kms:viaservice": null, "kms:resourcealiases": null, "iam:permissionsboundary": null };

export const rightsRules: readonly Rule[] = [
  eachRule({
    id: "roles-rights-narrow",
    item: "ACC-02",
    each: role,
    // Those of CI are judged by the rules of the deployment.
    where: (r) => !isOfGitHub(r),
    check: (r, stack) => {
      const { statements, foreign } = rightsOf(r, stack);
      const anywhere = Object.entries(onStrangers)
        .filter(
          ([action, resource]) => mayAllow(statements, { action, resource, context: plainly }).length > 0,
        )
        .map(([action]) => `it allows ${action} on anything`);
      return [
        ...foreign.flatMap((arn) => judge(arn, r)),
        ...[...statements.flatMap(wholeServices), ...anywhere].map((observed) => ({
          observed,
          wanted: "what its work takes",
        })),
      ];
    },
  }),
  stackRule({
    id: "roles-rights-of-this-stack",
    item: "ACC-02",
    checkStack: (stack) => {
      const given = [
        ...stack.ofType(rolePolicy).map((r) => ({ resource: r as Resource, property: "role" })),
        ...stack.ofType(attachment).map((r) => ({ resource: r as Resource, property: "role" })),
        ...stack.ofType(sharedAttachment).map((r) => ({ resource: r as Resource, property: "roles" })),
      ];
      if (given.length === 0) return { observed: "no role is given any rights", wanted: "given" };
      return given
        .filter(({ resource, property }) => linked(resource, property, role).length === 0)
        .map(({ resource }) => ({ resource, doubt: "it gives rights to what this stack does not declare" }));
    },
  }),
];

function judge(arn: string, r: Role): readonly (Violation | Doubt)[] {
  const name = /^arn:aws[\w-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name && isMadeFor(name, r)) return [];
  return name && broad.test(name)
    ? [{ observed: `${name} is attached to it`, wanted: "what its work takes" }]
    : [{ doubt: `nobody has looked at what ${name ?? "a policy of another stack"} allows it` }];
}

function isMadeFor(name: string, r: Role): boolean {
  const services = readDocument(r.props.assumeRolePolicy)
    .flatMap(admitted)
    .flatMap((whom) => (whom.who === "service" ? [whom.name] : []));
  return services.some((service) => madeFor[service]?.includes(name));
}

function wholeServices({ effect, actions }: Statement): readonly string[] {
  if (effect !== "Allow") return [];
  if (actions.not) return ["it allows anything but its exceptions"];
  return actions.of
    .filter((action) => /^(\*|[\w-]+:\*+)$/.test(action))
    .map((action) => `it allows ${action}`);
}
