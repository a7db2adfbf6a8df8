/** What each encryption key is for: one kind of data, in its own region, under its own name. */
import type * as aws from "@pulumi/aws";
import { databaseInstance, isVendors, keyAlias, kmsKey, logGroup, ownKey, regionOf } from "../../aws.ts";
import { bucket, bucketPolicy, encryption } from "../../declared/buckets.ts";
import { writersOf } from "../../declared/log-groups.ts";
import { eachRule } from "../../each-rule.ts";
import { readBucketPolicy } from "../../effects/bucket-policy.ts";
import { type Ask, mayAllow } from "../../effects/iam-decision.ts";
import { admitted } from "../../effects/iam-principal.ts";
import { readDocument, type Statement } from "../../effects/iam-statement.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

const topic = resourceType<aws.sns.TopicArgs>("aws:sns/topic:Topic");
const vault = resourceType<aws.backup.VaultArgs>("aws:backup/vault:Vault");
const cache = resourceType<aws.elasticache.ReplicationGroupArgs>(
  "aws:elasticache/replicationGroup:ReplicationGroup",
);

/** By type, the properties that name a key, and what they encrypt. */
const encrypting: Readonly<Record<string, { readonly kind: string; readonly keys: readonly string[] }>> = {
  [databaseInstance.token]: {
    kind: "a database",
    keys: ["kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"],
  },
  [cache.token]: { kind: "a cache", keys: ["kmsKeyId"] },
  [encryption.token]: { kind: "a bucket", keys: ["rules"] },
  [logGroup.token]: { kind: "logs", keys: ["kmsKeyId"] },
  [topic.token]: { kind: "messages", keys: ["kmsMasterKeyId"] },
  [vault.token]: { kind: "backups", keys: ["kmsKeyArn"] },
};

/** What a service does with objects, and what that takes of the key that they are encrypted with. */
const asksOfKeys = [
  ["s3:GetObject", "kms:Decrypt"],
  ["s3:PutObject", "kms:GenerateDataKey"],
] as const;

export const keyUseRules: readonly Rule[] = [
  stackRule({
    id: "encryption-keys-for-one-purpose",
    item: "KEY-03",
    checkStack: (stack) => {
      const uses = Object.keys(encrypting)
        .flatMap((token) => stack.ofType(resourceType(token)) as readonly Resource[])
        .flatMap((user) =>
          (encrypting[user.type]?.keys ?? []).flatMap((property) =>
            keysIn(user, property).map((key) => ({ key: key as Resource, user })),
          ),
        );
      if (uses.length === 0)
        return { observed: "nothing is encrypted with a key of its own", wanted: "encrypted" };
      return [...Map.groupBy(uses, ({ key }) => key)].flatMap(([key, own]) => [
        ...mixed(key, new Set(own.map(({ user }) => kindOf(user, stack)))),
        ...own
          .filter(({ user }) => regionOf(user) !== regionOf(key))
          .map(({ user }) => ({
            resource: user,
            observed: `its key is in ${regionOf(key)}`,
            wanted: `in ${regionOf(user)}, where it is`,
          })),
      ]);
    },
  }),
  eachRule({
    id: "encryption-key-aliases-own",
    item: "KEY-03",
    each: keyAlias,
    check: (alias, stack) => [
      ...[ownKey(alias as Resource, "targetKeyId") ?? []].flat(),
      // A role that may use a key by its name uses whatever has the name.
      ...linked(alias as Resource, "targetKeyId", kmsKey)
        .filter((key) => stack.attached(keyAlias, "targetKeyId", key).length > 1)
        .map((key) => ({ observed: `it is not the only name of ${key.name}`, wanted: "a key of its own" })),
    ],
  }),
  eachRule({
    id: "encryption-keys-open-to-services",
    item: "KEY-02",
    each: encryption,
    // Buckets are those of CloudFront's files and logs, and of production's evidence.
    absentWith: { edge: ["vercel"] },
    check: (config, stack) => {
      const [byDefault] = config.props.rules.map((rule) => rule.applyServerSideEncryptionByDefault);
      if (!byDefault?.sseAlgorithm?.startsWith("aws:kms")) return undefined;
      const keys = linked(config as Resource, "rules", kmsKey);
      return linked(config as Resource, "bucket", bucket)
        .flatMap((store) => stack.attached(bucketPolicy, "bucket", store))
        .flatMap(({ props }) => servicesOf(readBucketPolicy(props.policy)))
        .filter(
          ({ service, action }) =>
            keys.length === 0 ||
            keys.some((key) => !letsIn(readDocument(key.props.policy), service, { action, resource: "*" })),
        )
        .map(({ service, action }) => ({
          observed: `its key does not allow ${action} to ${service}`,
          wanted: "allowed, as its bucket's policy does",
        }));
    },
  }),
];

/** What is read and names a key that nobody has read is asked by rules of its own. */
function keysIn(user: Resource, property: string) {
  return whenReadable(() => linked(user, property, kmsKey).filter((key) => !isVendors(key))) ?? [];
}

function mixed(key: Resource, kinds: ReadonlySet<string>): readonly (Violation | Doubt)[] {
  return kinds.size < 2
    ? []
    : [
        {
          resource: key,
          observed: `it encrypts ${[...kinds].sort().join(" and ")}`,
          wanted: "one kind of data, whose readers are the same",
        },
      ];
}

/** A store's logs tell of its data. */
function kindOf(user: Resource, stack: Stack): string {
  const [writer] = user.type === logGroup.token ? writersOf(stack, user) : [];
  return (encrypting[writer?.type ?? ""] ?? encrypting[user.type])?.kind ?? user.type;
}

/** Services that a bucket's policy lets in, each with what it needs of the bucket's key. */
function servicesOf(statements: readonly Statement[]) {
  return asksOfKeys.flatMap(([action, ofKey]) =>
    mayAllow(statements, { action, resource: "/*", trusting: true })
      .flatMap(admitted)
      .flatMap((whom) => (whom.who === "service" ? [{ service: whom.name, action: ofKey }] : [])),
  );
}

function letsIn(statements: readonly Statement[], service: string, ask: Ask): boolean {
  return mayAllow(statements, ask)
    .flatMap(admitted)
    .some((whom) => "name" in whom && whom.name === service);
}
