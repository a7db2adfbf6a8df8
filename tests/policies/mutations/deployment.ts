import { drop, type Mutation, on, set } from "./mutation.ts";
import { statement, statements, trust } from "./statements.ts";
import { unlink } from "./unlink.ts";

const role = "aws:iam/role:Role";
const update = { type: role, name: /-deploy-update$/ };
const boundary = "aws:iam/policy:Policy";

export const deploymentMutations: readonly Mutation[] = [
  {
    rule: "deploy-role-for-one-audience",
    title: "tokens for other services are taken",
    change: on(update, trust("aud", undefined)),
  },
  {
    rule: "deploy-role-for-one-environment",
    title: "any branch of the repository may deploy",
    change: on(update, trust("sub", "repo:example/portal-readiness:*")),
  },
  {
    rule: "deploy-role-for-one-environment",
    title: "every pull request may deploy",
    stack: "staging",
    change: on(update, trust("sub", "repo:example/portal-readiness:pull_request")),
  },
  {
    rule: "deploy-role-for-one-environment",
    title: "the subject names an id that no token of this form has",
    change: on(update, trust("sub", "repo:example@1/portal-readiness:environment:prod")),
  },
  {
    rule: "deploy-role-for-one-branch",
    title: "whoever can push a branch may deploy",
    stack: "staging",
    change: on(update, trust("ref", undefined)),
  },
  {
    rule: "preview-role-for-one-branch",
    title: "whoever can push a branch may read production",
    change: on({ type: role, name: /-deploy-preview$/ }, trust("ref", "refs/heads/*")),
  },
  {
    rule: "roles-bounded",
    title: "a role has no boundary",
    also: ["deploy-rights-cover-resources"],
    change: on({ type: role, name: /-flow-logs$/ }, unlink("permissionsBoundary")),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "a role can be put out of its boundary",
    change: on(
      boundary,
      statements((all) => all.filter(({ Sid }) => Sid !== "NoWayOut")),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "rights can be given without the boundary",
    stack: "staging",
    change: on(
      boundary,
      statements((all) => all.map((s) => (s["Sid"] === "BoundRoles" ? { ...s, Condition: undefined } : s))),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "rights can be given under any boundary but the deployment's",
    also: ["deploy-rights-cover-resources"],
    change: on(
      boundary,
      statement("BoundRoles", {
        Condition: { StringNotLike: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/portal-deploy-*" } },
      }),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "the way out is denied for one role",
    change: on(boundary, statement("NoWayOut", { Resource: "arn:aws:iam::*:role/portal-db" })),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "the boundary can be given a new version",
    change: on(
      boundary,
      statements((all) => [...all, { Effect: "Allow", Action: "iam:*PolicyVersion*", Resource: "*" }]),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "every role of the account can be handed over to a service",
    change: on(boundary, statement("HandRolesOver", { Resource: "*" })),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "a role that the deployment makes may log in to the database as anybody",
    change: on(boundary, statement("AppsLogIn", { Resource: "*" })),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "a role that the deployment makes may read the master's password",
    stack: "staging",
    change: on(
      boundary,
      statements((all) => all.filter(({ Sid }) => Sid !== "NoPasswords")),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "the deployment may change its own role",
    change: on(boundary, statement("NotItself", { Resource: "arn:aws:iam::*:role/shop-*" })),
  },
  {
    rule: "deploy-role-reads-no-secrets",
    title: "the deployment may read the master's password",
    change: drop({ type: "aws:iam/rolePolicy:RolePolicy", name: /-update-no-secrets$/ }),
  },
  {
    rule: "deploy-role-reads-no-secrets",
    title: "the deployment may export snapshots to a bucket",
    stack: "staging",
    change: on(
      { type: "aws:iam/rolePolicy:RolePolicy", name: /-update-no-secrets$/ },
      statements((all) =>
        all.map((s) => ({ ...s, Action: ["secretsmanager:GetSecretValue", "rds-db:connect"] })),
      ),
    ),
  },
  {
    rule: "preview-role-reads-alone",
    title: "one password alone is kept from previews",
    change: on(
      { type: "aws:iam/rolePolicy:RolePolicy", name: /-preview-no-secrets$/ },
      statements((all) => all.map((s) => ({ ...s, Resource: "arn:aws:secretsmanager:*:*:secret:a" }))),
    ),
  },
  {
    rule: "preview-role-reads-alone",
    title: "previews may change everything by a policy that the role itself names",
    change: on(
      { type: role, name: /-deploy-preview$/ },
      set("managedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"]),
    ),
  },
  {
    rule: "preview-role-reads-alone",
    title: "previews may decrypt whatever any key encrypts",
    change: on(
      { type: "aws:iam/rolePolicy:RolePolicy", name: /-preview-evidence$/ },
      statements((all) => all.map((s) => ({ ...s, Condition: {} }))),
    ),
  },
  {
    rule: "preview-role-reads-alone",
    title: "previews may read passwords",
    change: drop({ type: "aws:iam/rolePolicy:RolePolicy", name: /-preview-no-secrets$/ }),
  },
  {
    rule: "preview-role-reads-alone",
    title: "previews may write",
    stack: "staging",
    change: on(
      { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: /-deploy-preview$/ },
      set("policyArn", "arn:aws:iam::aws:policy/PowerUserAccess"),
    ),
  },
  {
    rule: "deploy-rights-cover-resources",
    title: "a service is declared that the deployment has no rights to",
    change: on(
      boundary,
      statements((all) =>
        all.map((s) =>
          s["Sid"] === "Services"
            ? { ...s, Action: (s["Action"] as readonly string[]).filter((action) => action !== "sns:*") }
            : s,
        ),
      ),
    ),
  },
  {
    rule: "deploy-rights-cover-resources",
    also: ["edge-customers-address-told"],
    title: "a service is declared that nobody has looked at",
    change: on("aws:cloudfront/function:Function", (r) => ({ ...r, type: "aws:lambda/function:Function" })),
  },
  {
    rule: "deploy-rights-cover-resources",
    title: "the copies' region is not among the deployment's",
    stack: "staging",
    change: on(
      boundary,
      statements((all) =>
        all.map((s) =>
          s["Sid"] === "Services"
            ? { ...s, Condition: { StringEquals: { "aws:RequestedRegion": ["eu-central-1", "us-east-1"] } } }
            : s,
        ),
      ),
    ),
  },
  {
    rule: "deploy-rights-cover-resources",
    also: ["backups-restore-role-works"],
    title: "the deployment may delete no database",
    change: on(
      boundary,
      statements((all) => [...all, { Effect: "Deny", Action: "rds:DeleteDBInstance", Resource: "*" }]),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "the deployment may make things in any region of the world",
    change: on(boundary, statement("Services", { Condition: {} })),
  },
  {
    rule: "preview-role-reads-alone",
    title: "previews can read nothing",
    change: drop({ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: /-deploy-preview$/ }),
  },
  {
    rule: "preview-role-reads-alone",
    title: "previews cannot read evidence",
    change: drop({ type: "aws:iam/rolePolicy:RolePolicy", name: /-preview-evidence$/ }),
  },
];
