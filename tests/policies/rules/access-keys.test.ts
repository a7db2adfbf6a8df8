import { describe, expect, it } from "vitest";
import { accessRules } from "../../../policies/rules/access.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[]) => judge(accessRules, id, resources).outcome;
const own = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:root" },
  Action: "kms:*",
  Resource: "*",
};
const policy = (...more: object[]) => JSON.stringify({ Statement: [own, ...more] });
const key = (name: string, props: object = {}) =>
  resource("aws:kms/key:Key", name, { region: "eu-central-1", policy: policy(), ...props });
const here = { region: "eu-central-1" };

describe("resources-open-to-their-users", () => {
  const role = resource("aws:iam/role:Role", "writer");
  const store = (Statement: object[], roles: Registration[] = []) =>
    resource("aws:s3/bucketPolicy:BucketPolicy", "store", { policy: { Statement } }, { policy: roles });
  const deny = (more: object) => ({ Effect: "Deny", Principal: "*", Resource: unknown, ...more });
  const others = (values: unknown[]) =>
    deny({ Action: "s3:PutObject", Condition: { ArnNotEquals: { "aws:PrincipalArn": values } } });
  const delivery = {
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: unknown,
    Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
  };

  it.each<[string, Registration[], string]>([
    ["a key that denies nothing", [key("a")], "pass"],
    [
      "a key whose deletion is denied",
      [key("a", { policy: policy(deny({ Action: "kms:Schedule*" })) })],
      "pass",
    ],
    [
      "a key whose use is denied",
      [key("a", { policy: policy({ ...deny({ Action: "kms:Dec*" }), Resource: "*" }) })],
      "fail",
    ],
    ["a key whose policy is not known yet", [key("a", { policy: unknown })], "unknown"],
    [
      "a bucket for TLS alone",
      [store([deny({ Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } })])],
      "pass",
    ],
    ["a bucket for nobody", [store([deny({ Action: "s3:*" })])], "fail"],
    ["a bucket for a role of this stack", [role, store([others([unknown])], [role])], "pass"],
    ["a bucket for somebody", [store([others(["arn:aws:iam::123456789012:role/gone"])])], "unknown"],
    [
      "logs that a role of this stack alone may write",
      [role, store([delivery, others([unknown])], [role])],
      "fail",
    ],
    ["no policy at all", [role], "fail"],
  ])("%s: %#", (_, resources, expected) => {
    expect(outcome("resources-open-to-their-users", resources)).toBe(expected);
  });
});

describe("roles-keep-what-they-are-given", () => {
  const allow = { Effect: "Allow", Action: "rds:CopyDBSnapshot", Resource: "*" };
  const role = (...Statement: object[]) =>
    resource("aws:iam/role:Role", "role", {
      assumeRolePolicy: { Statement: [] },
      inlinePolicies: [{ policy: { Statement: [allow, ...Statement] } }],
    });

  it.each<[string, Registration, string]>([
    ["nothing", role(), "pass"],
    ["something else", role({ ...allow, Effect: "Deny", Action: "rds:Delete*" }), "pass"],
    ["the same", role({ ...allow, Effect: "Deny", Action: "rds:*" }), "fail"],
    ["a part of it", role({ ...allow, Effect: "Deny", Resource: "arn:aws:rds:*:*:snapshot:a" }), "unknown"],
    ["what is not known yet", role({ ...allow, Effect: "Deny", Action: unknown }), "unknown"],
  ])("denied %s", (_, r, expected) => {
    expect(outcome("roles-keep-what-they-are-given", [r])).toBe(expected);
  });
});

describe("encryption-keys-for-one-purpose", () => {
  const a = key("a");
  const db = (props: object, to = a) =>
    resource("aws:rds/instance:Instance", "db", { identifier: "db", ...here, ...props }, { kmsKeyId: [to] });
  const cache = (to = a) =>
    resource("aws:elasticache/replicationGroup:ReplicationGroup", "cache", here, { kmsKeyId: [to] });
  const logs = (name: string) =>
    resource("aws:cloudwatch/logGroup:LogGroup", name, { name, ...here }, { kmsKeyId: [a] });

  it.each<[string, Registration[], string]>([
    ["a database and its logs", [a, db({}), logs("/aws/rds/instance/db/postgresql")], "pass"],
    ["a database and other logs", [a, db({}), logs("/flow")], "fail"],
    ["a database and a cache", [a, db({}), cache()], "fail"],
    ["each its own", [a, key("b"), db({}), cache(key("b"))], "pass"],
    ["a database of another region", [a, db({ region: "eu-west-1" })], "fail"],
    ["nothing", [a], "fail"],
  ])("%s: %#", (_, resources, expected) => {
    expect(outcome("encryption-keys-for-one-purpose", resources)).toBe(expected);
  });
});

it("encryption-key-aliases-own: a key has one name", () => {
  const a = key("a");
  const alias = (name: string) => resource("aws:kms/alias:Alias", name, { name }, { targetKeyId: [a] });
  expect(outcome("encryption-key-aliases-own", [a, alias("x")])).toBe("pass");
  expect(outcome("encryption-key-aliases-own", [a, alias("x"), alias("y")])).toBe("fail");
});

describe("encryption-keys-open-to-services", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "files");
  const reads = {
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: unknown,
    Condition: { StringEquals: { "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/E1" } },
  };
  const access = resource(
    "aws:s3/bucketPolicy:BucketPolicy",
    "files",
    { policy: { Statement: [reads] } },
    { bucket: [bucket] },
  );
  const encrypted = (sseAlgorithm: string, keys: Registration[]) =>
    resource(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "files",
      { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: unknown } }] },
      { bucket: [bucket], rules: keys },
    );
  const open = key("open", { policy: policy({ ...reads, Action: "kms:Decrypt", Resource: "*" }) });

  it.each<[string, Registration[], string]>([
    ["S3's own encryption", [encrypted("AES256", [])], "pass"],
    ["a key that CloudFront may use", [open, encrypted("aws:kms", [open])], "pass"],
    ["a key that it may not use", [key("a"), encrypted("aws:kms", [key("a")])], "fail"],
    ["the account's key for S3", [encrypted("aws:kms", [])], "fail"],
    ["what is not known yet", [encrypted(unknown, [])], "unknown"],
  ])("%s", (_, resources, expected) => {
    expect(outcome("encryption-keys-open-to-services", [bucket, access, ...resources])).toBe(expected);
  });
});
