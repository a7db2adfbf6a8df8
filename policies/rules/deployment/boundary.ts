/** What bounds the rights of everything that a deployment makes. */
import { isOfUpdates } from "../../declared/deploy-access.ts";
import { arnOf, arnOfIssuer, oidcProvider, policy, role, servicesOf } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { demanded, stranger } from "../../effects/iam-condition.ts";
import { type Ask, isDenied, mayAllow } from "../../effects/iam-decision.ts";
import { readDocument, type Statement } from "../../effects/iam-statement.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { actionsOfTypes } from "./actions.ts";

/** IAM User Guide, "Permissions boundaries": what puts a role out of one. */
const liftsBoundary = "iam:DeleteRolePermissionsBoundary";
/** What makes a role, or gives it rights: only where the boundary is kept. */
const grantsRights = [
  "iam:CreateRole",
  "iam:PutRolePolicy",
  "iam:AttachRolePolicy",
  "iam:PutRolePermissionsBoundary",
];
/** What takes other people's roles on, or over; policies of the account's other roles are not the stack's to change. */
const takesOver = ["iam:UpdateAssumeRolePolicy", "iam:PassRole", "sts:AssumeRole"];
/**
 * Rhino Security Labs, "AWS IAM privilege escalation": what leads around any boundary of roles, by users, groups or new
 * versions of the boundary itself.
 */
const neverNeeded = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:CreateUser",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutGroupPolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateLoginProfile",
  "organizations:*",
  // What runs code with whatever role it is handed; of this stack nothing runs in AWS.
  "cloudformation:CreateStack",
  "codebuild:CreateProject",
  "ec2:RunInstances",
  "ecs:RunTask",
  "glue:CreateJob",
  "lambda:CreateFunction",
  "sagemaker:CreateNotebookInstance",
  "ssm:SendCommand",
  "states:CreateStateMachine",
];
/** What an update itself is denied (`deploy-role-reads-no-secrets`), with what no app's role is for. */
const ofOthers: Readonly<Record<string, string>> = {
  "rds-db:connect": "arn:aws:rds-db:*:*:dbuser:*/stranger",
  "secretsmanager:BatchGetSecretValue": "*",
  "secretsmanager:GetSecretValue": "arn:aws:secretsmanager:*:*:secret:stranger",
};
/** What costs money, or keeps data, wherever nobody looks for it. */
const elsewhere = ["ec2:CreateVpc", "kms:CreateKey", "rds:CreateDBInstance", "s3:CreateBucket"];
/** What the deployment must not do to its own role. */
const ownRights = [
  "iam:UpdateAssumeRolePolicy",
  "iam:DetachRolePolicy",
  "iam:DeleteRolePolicy",
  ...grantsRights,
];

/** What would let tokens in that were made for others. */
const ownIssuer = [
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:CreateOpenIDConnectProvider",
  "iam:DeleteOpenIDConnectProvider",
  "iam:UpdateOpenIDConnectProviderThumbprint",
];

/** Services that the stack's resources are made of, and those that these take. */
const knownServices = [
  ...new Set(Object.values(actionsOfTypes).flatMap((actions) => actions.map((a) => a.split(":")[0] ?? ""))),
  "rds-db",
  "secretsmanager",
  "sts",
  "tag",
];

export const boundaryRules: readonly Rule[] = [
  resourceRule({
    id: "roles-bounded",
    item: "CI-02",
    type: role,
    check: (r) =>
      linked(r as Resource, "permissionsBoundary", policy).length > 0
        ? undefined
        : {
            observed: "permissionsBoundary is no policy of this stack",
            wanted: "the boundary of the deployment",
          },
  }),
  eachRule({
    id: "boundary-cannot-be-lifted",
    item: "CI-02",
    each: policy,
    check: (boundary, stack) => {
      if (stack.attached(role, "permissionsBoundary", boundary).length === 0) return undefined;
      const statements = readDocument(boundary.props.policy);
      const own = stack.ofType(role).filter(isOfUpdates);
      const lifted = isDenied(statements, { action: liftsBoundary }) ? [] : [liftsBoundary];
      return [
        ...lifted.map((action) => ({ observed: `${action} is not denied`, wanted: "denied everywhere" })),
        ...allowed(statements, grantsRights, unbound).map((action) => ({
          observed: `it allows ${action} without the boundary`,
          wanted: "only under it",
        })),
        ...allowed(statements, takesOver, strangers).map((action) => ({
          observed: `it allows ${action} on any role of the account`,
          wanted: "on the product's alone",
        })),
        ...allowed(statements, elsewhere, [anotherRegion]).map((action) => ({
          observed: `it allows ${action} in any region`,
          wanted: "in the stack's own",
        })),
        ...Object.entries(ofOthers)
          .filter(([action, resource]) => allowed(statements, [action], [{ ...plain, resource }]).length > 0)
          .map(([action]) => ({
            observed: `it allows ${action} as whomever, or of whatever`,
            wanted: "what the apps' roles are for: whoever updates could make such a role for themselves",
          })),
        ...allowed(statements, neverNeeded, [plain]).map((action) => ({
          observed: `it allows ${action}`,
          wanted: "never",
        })),
        ...allowed(
          statements,
          ownRights,
          own.map((r) => ({ resource: arnOf("role", r) })),
        ).map((action) => ({
          observed: `it allows ${action} on the deployment's own role`,
          wanted: "never",
        })),
        ...allowed(
          statements,
          ownIssuer,
          own
            .flatMap((r) => linked(r as Resource, "assumeRolePolicy", oidcProvider))
            .map((issuer) => ({ ...plain, resource: arnOfIssuer(issuer.props.url) })),
        ).map((action) => ({
          observed: `it allows ${action} on who vouches for the deployment`,
          wanted: "never",
        })),
        ...[...new Set(grantedServices(statements))]
          .filter((service) => !knownServices.includes(service))
          .map((service) => ({ doubt: `nobody has looked at what the deployment does with ${service}` })),
        ...handedTo(statements)
          .filter((service) => !stack.ofType(role).some((r) => servicesOf(r).includes(service)))
          .map((service) => ({
            observed: `it hands roles over to ${service}`,
            wanted: "to services that this stack has roles for",
          })),
      ];
    },
  }),
];

type Circumstances = Omit<Ask, "action">;

/** On something that has no boundary. */
const plain: Circumstances = { context: { "iam:permissionsboundary": null } };
const anotherRegion: Circumstances = {
  context: { ...plain.context, "aws:requestedregion": "region-of-a-stranger" },
};
/** No boundary, somebody else's, or one of AWS's own policies, of which some allow everything. */
const unbound: readonly Circumstances[] = [
  plain,
  ...[stranger("policy"), "arn:aws:iam::aws:policy/stranger"].map((boundary) => ({
    context: { "iam:permissionsboundary": boundary },
  })),
];
const strangers: readonly Circumstances[] = ["arn:aws:iam::*:role/stranger", stranger("role")].map(
  (resource) => ({ ...plain, resource }),
);

/** The services of which a document allows something; what it allows of all is asked for one by one. */
function grantedServices(statements: readonly Statement[]): readonly string[] {
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ actions }) => (actions.not ? [] : actions.of))
    .flatMap((action) => (action === "*" ? [] : action.toLowerCase().split(":").slice(0, 1)));
}

/** The services that roles may be handed over to. */
function handedTo(statements: readonly Statement[]): readonly string[] {
  return mayAllow(statements, { action: "iam:PassRole", ...plain }).flatMap(({ conditions }) => {
    const services = demanded(conditions, /^iam:passedtoservice$/).flat();
    return services.length > 0 ? services.map(String) : ["any service"];
  });
}

/** The actions of which a document may allow something, in any of some circumstances. */
function allowed(
  statements: readonly Statement[],
  actions: readonly string[],
  circumstances: readonly Circumstances[],
): readonly string[] {
  return actions.filter((action) =>
    circumstances.some((more) => mayAllow(statements, { action, ...more }).length > 0),
  );
}
