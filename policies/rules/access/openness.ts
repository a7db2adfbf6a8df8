/** Whether a resource's own policy refuses those who need it: a denial reaches services and roles alike. */
import { bucket, bucketPolicy } from "../../declared/buckets.ts";
import { isOfUpdates } from "../../declared/deploy-access.ts";
import { rightsOf, role, servicesOf } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { readBucketPolicy } from "../../effects/bucket-policy.ts";
import { type Ask, mayAllow } from "../../effects/iam-decision.ts";
import { admitted } from "../../effects/iam-principal.ts";
import { type Asker, isRefused } from "../../effects/iam-refusal.ts";
import { later, readDocument, type Statement } from "../../effects/iam-statement.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";

interface Use {
  readonly policy: string;
  readonly asks: readonly Ask[];
}

/** KMS Developer Guide, "How AWS services use AWS KMS": what storage, snapshots, logs and messages take. */
const keyUse: Use = {
  policy: "policy",
  asks: [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ].map((action) => ({ action, resource: "*" })),
};
const bucketUse: Use = {
  policy: "policy",
  asks: [
    ...["s3:GetObject", "s3:PutObject"].map((action) => ({ action, resource: "/*" })),
    ...["s3:GetBucketAcl", "s3:ListBucket", "s3:PutBucketPolicy"].map((action) => ({ action, resource: "" })),
  ],
};
const topicUse: Use = { policy: "policy", asks: [{ action: "sns:Publish" }, { action: "sns:Subscribe" }] };
const queueUse: Use = {
  policy: "policy",
  asks: ["sqs:SendMessage", "sqs:ReceiveMessage"].map((action) => ({ action })),
};
const secretUse: Use = { policy: "policy", asks: [{ action: "secretsmanager:GetSecretValue" }] };

/** By type, what somebody needs each of its resources for. */
const uses: Readonly<Record<string, Use>> = {
  "aws:backup/vaultPolicy:VaultPolicy": {
    policy: "policy",
    asks: ["backup:CopyFromBackupVault", "backup:CopyIntoBackupVault", "backup:StartRestoreJob"].map(
      (action) => ({ action }),
    ),
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    policy: "policyDocument",
    asks: ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({ action })),
  },
  "aws:kms/key:Key": keyUse,
  "aws:kms/keyPolicy:KeyPolicy": keyUse,
  [bucket.token]: bucketUse,
  [bucketPolicy.token]: bucketUse,
  "aws:secretsmanager/secret:Secret": secretUse,
  "aws:secretsmanager/secretPolicy:SecretPolicy": secretUse,
  "aws:sns/topic:Topic": topicUse,
  "aws:sns/topicPolicy:TopicPolicy": topicUse,
  "aws:sqs/queue:Queue": queueUse,
  "aws:sqs/queuePolicy:QueuePolicy": queueUse,
};

export const opennessRules: readonly Rule[] = [
  stackRule({
    id: "resources-open-to-their-users",
    item: "ACC-04",
    checkStack: ({ resources }) => {
      const closable = resources.filter(({ type }) => type in uses);
      if (closable.length === 0)
        return { observed: "no policy of a resource is declared", wanted: "declared" };
      return closable.flatMap((resource) =>
        refusals(resource, uses[resource.type] as Use).map((found) => ({ resource, ...found })),
      );
    },
  }),
  eachRule({
    id: "roles-keep-what-they-are-given",
    item: "ACC-04",
    each: role,
    check: (r, stack) => {
      const askers = servicesOf(r).map((service) => ({ service }));
      return [
        ...takenBack(ofItself(r.props.assumeRolePolicy), askers.length > 0 ? askers : ["account"]),
        // The deployment is denied parts on purpose, which its own rules ask about.
        ...(isOfUpdates(r) ? [] : takenBack(rightsOf(r, stack).statements, ["account"])),
      ];
    },
  }),
];

/** A trust names no resource: it is about its role. */
function ofItself(trust: unknown): readonly Statement[] {
  return readDocument(trust).map((s) => ({ ...s, resources: { not: false, of: ["*"] } }));
}

/** What a document allows, and denies to the same askers. */
function takenBack(
  statements: readonly Statement[],
  askers: readonly Asker[],
): readonly (Violation | Doubt)[] {
  const given = statements
    .filter(({ effect, actions }) => effect === "Allow" && !actions.not)
    .flatMap(({ actions, resources }) =>
      actions.of.flatMap((action) =>
        (resources.not || resources.of.length === 0 ? ["*"] : resources.of).map((of) => ({
          action,
          resource: of === later ? "*" : of,
        })),
      ),
    );
  return askers.flatMap((asker) =>
    given.flatMap((ask): readonly (Violation | Doubt)[] => {
      const refused = isRefused(statements, asker, ask);
      if (refused === false) return [];
      return refused
        ? [{ observed: `it is allowed ${ask.action}, and denied it`, wanted: "allowed" }]
        : [{ doubt: `a denial may keep it from ${ask.action}` }];
    }),
  );
}

function refusals(resource: Resource, { policy, asks }: Use): readonly (Violation | Doubt)[] {
  const isBucket = asks === bucketUse.asks;
  const document = (isBucket ? readBucketPolicy : readDocument)(resource.props[policy]);
  const statements = document.filter((statement) => !sparesOwn(statement, resource, policy));
  return [
    ...asks.map((ask) => ["account", ask] as const),
    ...servicesIn(document).flatMap((service) =>
      asks.filter((ask) => letsIn(document, service, ask)).map((ask) => [{ service }, ask] as const),
    ),
  ].flatMap(([asker, ask]) => {
    // Whatever a resource's policy is about is that resource.
    const refused = isRefused(asker === "account" ? statements : document, asker, { ...ask, trusting: true });
    const whom = asker === "account" ? "the account's own" : asker.service;
    if (refused === false) return [];
    return refused
      ? { observed: `its policy refuses ${ask.action} to ${whom}`, wanted: "open to them" }
      : { doubt: `its policy may refuse ${ask.action} to ${whom}` };
  });
}

/** Denied to all but roles of this stack, whom it names: others' rules ask whether they are the right ones. */
function sparesOwn({ effect, conditions }: Statement, resource: Resource, policy: string): boolean {
  const spared = conditions.find(
    ({ operator, key }) => key === "aws:principalarn" && operator.includes("not"),
  );
  return (
    effect === "Deny" &&
    spared !== undefined &&
    spared.values.length > 0 &&
    spared.values.length <= linked(resource, policy, role).length
  );
}

function servicesIn(statements: readonly Statement[]): readonly string[] {
  const named = statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(admitted)
    .flatMap((whom) => (whom.who === "service" || whom.who === "service-for-anybody" ? [whom.name] : []));
  return [...new Set(named)];
}

function letsIn(statements: readonly Statement[], service: string, ask: Ask): boolean {
  return statements.some(
    (s) =>
      s.effect === "Allow" &&
      admitted(s).some((whom) => "name" in whom && whom.name === service) &&
      mayAllow([s], { ...ask, trusting: true }).length > 0,
  );
}
