import { type Change, type Mutation, on, set } from "./mutation.ts";
import { relink } from "./relink.ts";
import { statements } from "./statements.ts";

const keyType = "aws:kms/key:Key";
const key = (name: RegExp) => ({ type: keyType, name });
const toKey = (property: string, from: string, to: string) => relink(property, keyType, from, to);

/** Adds a denial to the policy of a key, which is written as JSON. */
function denying(Action: string, more: object = {}): Change {
  return (r) => {
    const policy = JSON.parse(String(r.props["policy"]));
    const denial = { Effect: "Deny", Principal: "*", Action, Resource: "*", ...more };
    return set("policy", JSON.stringify({ ...policy, Statement: [...policy.Statement, denial] }))(r);
  };
}

type Denial = Readonly<Record<string, unknown>>;

/** Changes what keeps the key of a backup from being deleted. */
function keptFor(change: (kept: Denial) => Denial): Change {
  return (r) => {
    const policy = JSON.parse(String(r.props["policy"])) as { Statement: readonly Denial[] };
    const changed = policy.Statement.map((s) => (s["Sid"] === "KeptForEmergencies" ? change(s) : s));
    return set("policy", JSON.stringify({ ...policy, Statement: changed }))(r);
  };
}

/** The denial spares the account's root user, and somebody else. */
function sparing(kept: Denial, arn: string): Denial {
  const root = "arn:aws:iam::123456789012:root";
  return { ...kept, Condition: { ArnNotEquals: { "aws:PrincipalArn": [root, arn] } } };
}

const denial = (Action: string, more: object) => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource: "*",
  ...more,
});

export const accessKeyMutations: readonly Mutation[] = [
  {
    rule: "resources-open-to-their-users",
    title: "nobody may restore a backup",
    change: on(key(/-backups$/), denying("kms:Decrypt")),
  },
  {
    rule: "resources-open-to-their-users",
    title: "whoever is of no project may not use the database's key",
    change: on(
      key(/-db$/),
      denying("kms:CreateGrant", {
        Condition: { StringNotEquals: { "aws:PrincipalTag/project": "portal" } },
      }),
    ),
  },
  {
    rule: "resources-open-to-their-users",
    title: "the topic takes no notice from roles",
    change: on(
      "aws:sns/topicPolicy:TopicPolicy",
      statements((all) => [...all, denial("sns:Subscribe", {})]),
    ),
  },
  {
    rule: "resources-open-to-their-users",
    also: ["edge-access-logs-accepted"],
    title: "who delivers logs may not",
    change: on(
      { type: "aws:s3/bucketPolicy:BucketPolicy", name: /-access-logs$/ },
      statements((all) => [
        ...all,
        denial("s3:Put*", { Principal: { Service: "delivery.logs.amazonaws.com" } }),
      ]),
    ),
  },
  {
    rule: "backups-keys-not-deleted",
    title: "any administrator may delete the key of the copies",
    change: on(
      key(/-backups-copy$/),
      keptFor((kept) => ({ ...kept, Action: ["kms:PutKeyPolicy", "kms:DisableKey"] })),
    ),
  },
  {
    rule: "backups-keys-not-deleted",
    title: "the deployment may delete the database's key",
    change: on(
      key(/-db$/),
      keptFor((kept) => sparing(kept, "arn:aws:iam::123456789012:role/portal-deploy-update-1")),
    ),
  },
  {
    rule: "backups-keys-not-deleted",
    title: "every role may delete the key of backups",
    change: on(
      key(/-backups$/),
      keptFor((kept) => sparing(kept, "arn:aws:iam::123456789012:role/*")),
    ),
  },
  {
    rule: "backups-keys-not-deleted",
    title: "a role that the deployment may change may delete the key of backups",
    change: on(
      key(/-backups$/),
      keptFor((kept) => sparing(kept, "arn:aws:iam::123456789012:role/portal-admin")),
    ),
  },
  {
    rule: "encryption-keys-last",
    title: "who alone may change a key's policy can be deleted",
    change: on(
      key(/-db$/),
      keptFor((kept) => ({
        ...kept,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/break-glass" } },
      })),
    ),
  },
  {
    rule: "encryption-keys-last",
    title: "nobody may change a key's policy any more",
    change: on(key(/-cache$/), denying("kms:PutKeyPolicy")),
  },
  {
    rule: "encryption-keys-for-one-purpose",
    also: ["backups-keys-not-deleted"],
    title: "who may use the cache's key reads the database",
    change: on("aws:rds/instance:Instance", toKey("kmsKeyId", "portal-db", "portal-cache")),
  },
  {
    rule: "encryption-keys-for-one-purpose",
    title: "the copies' key is where the backups are",
    change: on(
      { type: "aws:backup/vault:Vault", name: /-copy$/ },
      toKey("kmsKeyArn", "portal-backups-copy", "portal-backups"),
    ),
  },
  {
    rule: "encryption-keys-for-one-purpose",
    title: "a key in a region of its own",
    change: on(key(/-backups$/), set("region", "eu-west-1")),
  },
  {
    rule: "encryption-key-aliases-own",
    also: ["preview-role-reads-alone"],
    title: "the database's key has the name of evidence's",
    change: on(
      { type: "aws:kms/alias:Alias", name: /-evidence$/ },
      toKey("targetKeyId", "portal-evidence", "portal-db"),
    ),
  },
  {
    rule: "encryption-keys-open-to-services",
    title: "CloudFront may not decrypt the static files",
    change: on(
      {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name: /-static$/,
      },
      set("rules.0.applyServerSideEncryptionByDefault", { sseAlgorithm: "aws:kms" }),
    ),
  },
];
