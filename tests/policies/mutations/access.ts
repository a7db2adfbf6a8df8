import { type Change, type Mutation, on, set, unset } from "./mutation.ts";
import { unlink } from "./unlink.ts";

const role = (name: RegExp) => ({ type: "aws:iam/role:Role", name });
const backups = role(/-backups$/);
const key = (name: RegExp) => ({ type: "aws:kms/key:Key", name });
const provider = { type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider", name: /-access$/ };

/** Adds statements to a document in `property`, which may be written as JSON. */
function add(property: string, ...more: readonly object[]): Change {
  return (r) => {
    const written = r.props[property] ?? { Version: "2012-10-17", Statement: [] };
    const { Statement, ...rest } = typeof written === "string" ? JSON.parse(written) : written;
    const document = { ...rest, Statement: [...Statement, ...more] };
    return set(property, typeof written === "string" ? JSON.stringify(document) : document)(r);
  };
}

const allow = (more: object) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...more });
const everything = { Effect: "Allow", Action: "*", Resource: "*" };

export const accessMutations: readonly Mutation[] = [
  {
    rule: "roles-taken-on-by-their-own",
    title: "everybody may take a role on",
    change: on(backups, add("assumeRolePolicy", allow({ Principal: { AWS: "*" } }))),
  },
  {
    rule: "roles-taken-on-by-their-own",
    title: "another company's account may take a role on",
    change: on(backups, add("assumeRolePolicy", allow({ Principal: { AWS: "999988887777" } }))),
  },
  {
    rule: "roles-taken-on-by-their-own",
    title: "a service takes a role on for any of its customers",
    change: on(backups, add("assumeRolePolicy", allow({ Principal: { Service: "lambda.amazonaws.com" } }))),
  },
  {
    rule: "roles-taken-on-by-their-own",
    title: "a role takes tokens of every Google account",
    change: on(backups, add("assumeRolePolicy", allow({ Principal: { Federated: "accounts.google.com" } }))),
  },
  {
    rule: "roles-taken-on-by-their-own",
    title: "a stolen session of the deployment lasts for twelve hours",
    change: on(role(/-deploy-update$/), set("maxSessionDuration", 43_200)),
  },
  {
    rule: "token-issuers-known",
    title: "an issuer that anybody gets tokens of",
    also: [
      "app-role-for-one-audience",
      "app-role-for-production-alone",
      "app-role-for-one-database",
      "app-role-logs-in-alone",
    ],
    change: on(provider, set("url", "https://tokens.example.com")),
  },
  {
    rule: "token-issuers-known",
    title: "tokens for a second audience",
    change: on(provider, set("clientIdLists", ["https://vercel.com/example", "sts.amazonaws.com"])),
  },
  {
    rule: "roles-rights-narrow",
    title: "an administrator's policy, named by the role itself",
    change: on(backups, set("managedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"])),
  },
  {
    rule: "roles-rights-narrow",
    title: "whatever there is, in a policy inside the role",
    change: on(
      backups,
      set("inlinePolicies", [{ name: "more", policy: JSON.stringify({ Statement: everything }) }]),
    ),
  },
  {
    rule: "roles-rights-narrow",
    title: "every password",
    change: on(
      { type: "aws:iam/rolePolicy:RolePolicy", name: /-flow-logs$/ },
      add("policy", { Effect: "Allow", Action: "secretsmanager:Get*", Resource: "*" }),
    ),
  },
  {
    rule: "roles-rights-narrow",
    also: ["database-monitoring-arrives"],
    title: "a managed policy that nobody has looked at",
    change: on(
      { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: /-db-monitor$/ },
      set("policyArn", "arn:aws:iam::aws:policy/AmazonRDSDataFullAccess"),
    ),
  },
  {
    rule: "roles-rights-of-this-stack",
    title: "a policy is attached to a role of another stack",
    also: ["database-monitoring-arrives", "deploy-rights-cover-resources"],
    change: on(
      { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: /-db-monitor$/ },
      unlink("role"),
    ),
  },
  {
    rule: "resources-admit-nobody-from-outside",
    title: "everybody may decrypt the database",
    change: on(key(/-db$/), add("policy", allow({ Principal: "*", Action: "kms:Decrypt", Resource: "*" }))),
  },
  {
    rule: "resources-admit-nobody-from-outside",
    title: "another company's account may decrypt the database",
    change: on(
      key(/-db$/),
      add("policy", allow({ Principal: { AWS: "999988887777" }, Action: "kms:Decrypt", Resource: "*" })),
    ),
  },
  {
    rule: "resources-admit-nobody-from-outside",
    title: "any customer of AWS Backup may write to the topic",
    change: on("aws:sns/topicPolicy:TopicPolicy", unset("policy.Statement.0.Condition")),
  },
  {
    rule: "encryption-keys-rotate",
    title: "a key that stays the same",
    change: on(key(/-db$/), set("enableKeyRotation", false)),
  },
  {
    rule: "encryption-keys-rotate",
    title: "a key that changes every seven years",
    change: on(key(/-db$/), set("rotationPeriodInDays", 2_560)),
  },
  {
    rule: "encryption-keys-last",
    title: "a key that is gone a week after a mistake",
    change: on(key(/-db$/), set("deletionWindowInDays", 7)),
  },
  {
    rule: "encryption-keys-last",
    title: "a key that is switched off",
    change: on(key(/-db$/), set("isEnabled", false)),
  },
  {
    rule: "encryption-keys-last",
    also: ["encryption-keys-open-to-logs", "backups-keys-not-deleted"],
    title: "a key that nobody may change any more",
    change: on(key(/-db$/), set("policy", JSON.stringify({ Statement: [] }))),
  },
  {
    rule: "encryption-keys-last",
    title: "a key that is kept outside KMS",
    change: on(key(/-db$/), set("customKeyStoreId", "cks-1234567890abcdef0")),
  },
  {
    rule: "encryption-key-aliases-own",
    title: "an alias of another stack's key",
    change: on({ type: "aws:kms/alias:Alias", name: /-db$/ }, unlink("targetKeyId")),
  },
  {
    rule: "encryption-keys-open-to-logs",
    title: "CloudWatch Logs may encrypt logs of another name alone",
    change: on(
      { type: "aws:cloudwatch/logGroup:LogGroup", name: /-flow-logs$/ },
      set("name", "/shop/flow-logs"),
    ),
  },
  {
    rule: "roles-taken-on-by-their-own",
    title: "the deployment's session ends in the midst of an update",
    change: on(role(/-deploy-update$/), unset("maxSessionDuration")),
  },
  {
    rule: "roles-taken-on-by-their-own",
    title: "a role's trust allows more than to take it on",
    change: on(backups, set("assumeRolePolicy.Statement.0.Action", "sts:*")),
  },
  {
    rule: "token-issuers-known",
    also: ["properties-sound"],
    title: "tokens are for nobody's audience",
    change: on(provider, set("clientIdLists", ["another"])),
  },
  {
    rule: "resources-admit-nobody-from-outside",
    title: "AWS Backup may do everything with the topic",
    change: on("aws:sns/topicPolicy:TopicPolicy", set("policy.Statement.0.Action", "sns:*")),
  },
];
