import { type Mutation, on, set } from "./mutation.ts";
import { relink } from "./relink.ts";
import { statement, statements } from "./statements.ts";

const rolePolicy = (name: RegExp) => ({ type: "aws:iam/rolePolicy:RolePolicy", name });
const boundary = "aws:iam/policy:Policy";
const allow = (Action: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});
const adding = (more: object) => statements((all) => [...all, more]);

/** Gives the grants of `action` other conditions. */
const under = (action: string, Condition: object) =>
  statements((all) => all.map((s) => ([s["Action"]].flat().includes(action) ? { ...s, Condition } : s)));

export const accessRightsMutations: readonly Mutation[] = [
  {
    rule: "roles-rights-narrow",
    title: "backups' role shares every snapshot with whom it likes",
    change: on(rolePolicy(/-backups$/), adding(allow("rds:Modify*"))),
  },
  {
    rule: "roles-rights-narrow",
    title: "flow logs' role deletes what it wrote",
    change: on(
      rolePolicy(/-flow-logs$/),
      adding(allow("logs:DeleteLogStream", { Resource: "arn:aws:logs:*:*:log-group:/portal/*" })),
    ),
  },
  {
    rule: "roles-rights-narrow",
    title: "the restore test decrypts on anybody's behalf",
    change: on(rolePolicy(/-restore-test$/), under("kms:Decrypt", { StringLike: { "kms:ViaService": "*" } })),
  },
  {
    rule: "roles-rights-narrow",
    also: ["grants-limited-by-keys-that-are-there"],
    title: "the restore test hands keys on to anybody",
    change: on(
      rolePolicy(/-restore-test$/),
      under("kms:CreateGrant", { BoolIfExists: { "kms:GrantIsForAWSResource": "true" } }),
    ),
  },
  {
    rule: "grants-limited-by-keys-that-are-there",
    also: ["preview-role-reads-alone"],
    title: "previews decrypt with keys that have no alias",
    change: on(
      rolePolicy(/-preview-evidence$/),
      under("kms:Decrypt", {
        "ForAllValues:StringEquals": { "kms:ResourceAliases": "alias/portal-evidence-prod" },
      }),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "roles are handed over to code that anybody deploys",
    change: on(
      boundary,
      statement("HandRolesOver", {
        Condition: {
          StringEquals: { "iam:PassedToService": ["backup.amazonaws.com", "lambda.amazonaws.com"] },
        },
      }),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "the deployment runs code of its own",
    change: on(boundary, adding(allow("lambda:*"))),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "the deployment lets in tokens that were made for others",
    change: on(
      boundary,
      statements((all) =>
        all.map((s) =>
          s["Sid"] === "NotItself" ? { ...s, Resource: (s["Resource"] as string[]).slice(0, 2) } : s,
        ),
      ),
    ),
  },
  {
    rule: "backups-role-works",
    also: ["roles-keep-what-they-are-given"],
    title: "a denial keeps backups from being copied",
    change: on(
      rolePolicy(/-backups$/),
      adding({ Effect: "Deny", Action: "rds:CopyDBSnapshot", Resource: "arn:aws:rds:*:*:snapshot:*" }),
    ),
  },
  {
    rule: "roles-keep-what-they-are-given",
    title: "a denial keeps AWS Backup from taking its role on",
    change: on({ type: "aws:iam/role:Role", name: /-backups$/ }, (r) => {
      const { Statement } = r.props["assumeRolePolicy"] as { Statement: readonly object[] };
      const denial = {
        Effect: "Deny",
        Principal: { Service: "backup.amazonaws.com" },
        Action: "sts:AssumeRole",
      };
      return set("assumeRolePolicy.Statement", [...Statement, denial])(r);
    }),
  },
  {
    rule: "roles-keep-what-they-are-given",
    title: "the application logs in from some addresses alone",
    change: on(
      rolePolicy(/-database$/),
      adding({
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      }),
    ),
  },
  {
    rule: "boundary-cannot-be-lifted",
    title: "the deployment has a service that nobody has looked at",
    change: on(boundary, adding(allow("cloudtrail:StopLogging"))),
  },
  {
    rule: "evidence-role-for-one-service",
    title: "evidence is encrypted with another key than its bucket's",
    change: on(
      rolePolicy(/-evidence-portal$/),
      relink("policy", "aws:kms/key:Key", "portal-evidence", "portal-db"),
    ),
  },
  {
    rule: "preview-role-reads-alone",
    title: "a preview sees no evidence",
    change: on(
      rolePolicy(/-no-secrets$/),
      adding({ Effect: "Deny", Action: "s3:GetObject", Resource: "arn:aws:s3:::evidence-*" }),
    ),
  },
  {
    rule: "backups-failures-taken",
    also: ["resources-open-to-their-users"],
    title: "a denial keeps notices from being published",
    change: on(
      { type: "aws:sns/topicPolicy:TopicPolicy", name: /-backups/ },
      adding({ Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: "*" }),
    ),
  },
  {
    rule: "network-traffic-logs-arrive",
    also: ["roles-keep-what-they-are-given"],
    title: "a denial keeps flow logs from being written",
    change: on(rolePolicy(/-flow-logs$/), adding({ Effect: "Deny", Action: "logs:Put*", Resource: "*" })),
  },
];
