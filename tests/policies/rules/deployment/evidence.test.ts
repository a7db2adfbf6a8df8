import { describe, expect, it } from "vitest";
import { evidenceRules } from "../../../../policies/rules/deployment/evidence.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(evidenceRules, id, resources, stack).outcome;

const component = resource("readiness:index:EvidenceStore", "evidence");
const within = (parent: Registration, r: Registration): Registration => ({ ...r, parent: parent.urn });
const inner = within(component, resource("readiness:index:PrivateBucket", "evidence"));
const bucket = within(inner, resource("aws:s3/bucket:Bucket", "evidence"));
const other = resource("aws:s3/bucket:Bucket", "other");
const store = [component, inner, bucket];
const ofBucket = (kind: string, props: Props, links = {}) =>
  resource(`aws:s3/bucket${kind}:Bucket${kind}`, "evidence", props, { bucket: [bucket], ...links });

const issuer = "token.actions.githubusercontent.com";
const github = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "github", {
  url: `https://${issuer}`,
});
/** A role that GitHub's tokens with this subject are exchanged for. */
function roleFor(sub: unknown, name = "writer", links = {}): Registration {
  const Condition = { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: sub } };
  const assumeRolePolicy = { Statement: [{ Effect: "Allow", Condition }] };
  return resource("aws:iam/role:Role", name, { assumeRolePolicy }, { assumeRolePolicy: [github], ...links });
}
const writer = within(component, roleFor("repo:example/portal:ref:refs/heads/main"));
const stranger = roleFor("repo:example/portal:ref:refs/heads/main", "stranger");

describe("the lock", () => {
  const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
  const year = { mode: "GOVERNANCE", days: 365 };
  const locked = (defaultRetention: unknown, of = bucket) => [
    ...store,
    resource(lock, "evidence", { rule: { defaultRetention } }, { bucket: [of] }),
  ];

  it.each([
    ["a year", locked(year), "pass"],
    ["ten years, whoever asks", locked({ mode: "COMPLIANCE", days: 3650 }), "pass"],
    ["less than a year", locked({ mode: "COMPLIANCE", days: 364 }), "fail"],
    ["a year in no mode", locked({ days: 365 }), "fail"],
    ["a time of nobody's choice", locked(undefined), "fail"],
    ["a time that is not known yet", locked({ ...year, days: unknown }), "unknown"],
    ["another bucket's time", locked(year, other), "fail"],
    ["no time", store, "fail"],
    ["that of no evidence", [other], "fail"],
  ])("holds for %s", (_, resources, expected) => {
    expect(outcome("evidence-locked", resources)).toBe(expected);
  });

  it("is asked of production alone", () => {
    expect(outcome("evidence-locked", store, "staging")).toBe("not-applicable");
  });
});

describe("the deployment's boundary", () => {
  const deny = { Effect: "Deny", Action: "s3:BypassGovernanceRetention", Resource: "*" };
  const bounded = (statement: unknown) => {
    const policy = resource("aws:iam/policy:Policy", "boundary", { policy: { Statement: [statement] } });
    const deploy = roleFor("repo:example/portal:environment:prod", "deploy", {
      permissionsBoundary: [policy],
    });
    return [policy, github, deploy];
  };

  it.each([
    ["denies to lift the lock", bounded(deny), "pass"],
    ["denies more than that", bounded({ ...deny, Action: ["s3:Bypass*"] }), "pass"],
    ["allows it", bounded({ ...deny, Effect: "Allow" }), "fail"],
    ["denies it for one bucket", bounded({ ...deny, Resource: "arn:aws:s3:::a/*" }), "fail"],
    ["denies it at times", bounded({ ...deny, Condition: { Bool: { "aws:ViaAWSService": true } } }), "fail"],
    ["is not of this stack", [github, roleFor("repo:example/portal:environment:prod")], "fail"],
    ["is not known yet", bounded({ ...deny, Action: unknown }), "unknown"],
  ])("%s", (_, resources, expected) => {
    expect(outcome("evidence-lock-binds-deployment", resources)).toBe(expected);
  });

  it("is not that of whoever hands evidence in", () => {
    const resources = [component, github, writer];
    expect(judge(evidenceRules, "evidence-lock-binds-deployment", resources).messages.join()).toContain(
      "no Role is declared",
    );
  });
});

describe("the bucket's policy", () => {
  const policy = (statement: unknown, role: readonly Registration[] = [writer]) => [
    ...store,
    github,
    writer,
    ofBucket("Policy", { policy: { Statement: [statement] } }, { policy: [bucket, ...role] }),
  ];
  const hide = { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: unknown };

  it.each([
    ["lets nobody hide anything", policy(hide), "pass"],
    ["lets nobody delete anything", policy({ ...hide, Action: ["s3:Delete*"] }), "pass"],
    ["denies that to one account", policy({ ...hide, Principal: { AWS: "123456789012" } }), "fail"],
    ["denies that at times", policy({ ...hide, Condition: { Bool: { "aws:ViaAWSService": true } } }), "fail"],
    ["allows it", policy({ ...hide, Effect: "Allow" }), "fail"],
    ["denies something else", policy({ ...hide, Action: "s3:DeleteObjectVersion" }), "fail"],
    ["is not there", store, "fail"],
    ["is not known yet", policy(unknown), "unknown"],
  ])("%s", (_, resources, expected) => {
    expect(outcome("evidence-not-hidden", resources)).toBe(expected);
  });

  const arn = "arn:aws:iam::123456789012:role/writer";
  const not = (roles: unknown) => ({ Condition: { ArnNotEquals: { "aws:PrincipalArn": roles } } });
  const add = { ...hide, Action: "s3:PutObject", ...not([unknown]) };

  it.each([
    ["its writers, of whom not all is known", policy(add), "pass"],
    ["its writers", policy({ ...add, Resource: "arn:aws:s3:::b/evidence/*", ...not(arn) }), "pass"],
    ["its writers, anywhere", policy({ ...add, Resource: "arn:aws:s3:::b/*" }), "pass"],
    ["anybody to another's evidence", policy({ ...add, Resource: "arn:aws:s3:::b/evidence/a/*" }), "fail"],
    ["every role", policy({ ...add, ...not([unknown, "arn:aws:iam::123456789012:role/*"]) }), "fail"],
    ["roles that are no writers", policy(add, [writer, stranger]), "fail"],
    ["roles of another stack", policy(add, []), "fail"],
    [
      "anybody at times",
      policy({ ...add, Condition: { ...add.Condition, Bool: { "aws:SecureTransport": "false" } } }),
      "fail",
    ],
    ["anybody", policy({ ...add, Condition: {} }), "fail"],
    ["anybody but some", policy({ ...add, Principal: { AWS: "123456789012" } }), "fail"],
    ["whoever has rights", store, "fail"],
    ["nobody knows yet whom", policy({ ...add, Action: unknown }), "unknown"],
  ])("lets evidence be added by %s", (_, resources, expected) => {
    expect(outcome("evidence-from-its-roles-alone", [...resources, stranger])).toBe(expected);
  });
});

it.each([
  ["a key of this stack", [resource("aws:kms/key:Key", "own")], "pass"],
  ["S3's own", [], "fail"],
])("evidence is encrypted by %s", (_, rules, expected) => {
  const encrypted = ofBucket("ServerSideEncryptionConfiguration", {}, { rules });
  expect(outcome("evidence-key-own", [...rules, ...store, encrypted])).toBe(expected);
});

describe("who hands evidence in", () => {
  it.each([
    ["repo:example/portal:ref:refs/heads/main", "pass"],
    ["repo:example/portal:ref:refs/heads/release/1.x", "pass"],
    ["repo:example/portal:ref:refs/heads/*", "fail"],
    ["repo:example/portal:ref:refs/tags/v1", "fail"],
    ["repo:example/portal:pull_request", "fail"],
    ["repo:example/portal:environment:prod", "fail"],
    ["repo:example/*:ref:refs/heads/main", "fail"],
    [undefined, "fail"],
    [unknown, "unknown"],
  ])("%s: %s", (sub, expected) => {
    const resources = [component, github, within(component, roleFor(sub))];
    expect(outcome("evidence-role-for-one-branch", resources)).toBe(expected);
  });

  const add = { Effect: "Allow", Action: "s3:PutObject", Resource: unknown };
  const crypt = { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: unknown };
  const granted = (Statement: unknown, buckets = [bucket], ...more: Registration[]) => [
    ...store,
    github,
    writer,
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "p",
      { policy: { Statement } },
      { role: [writer], policy: buckets },
    ),
    ...more,
  ];
  const attached = resource(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "more",
    { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
    { role: [writer] },
  );

  it.each([
    ["adds", granted([add, crypt]), "pass"],
    ["adds and reads", granted([{ ...add, Action: ["s3:PutObject", "s3:GetObject"] }]), "fail"],
    ["does whatever S3 can", granted([{ ...add, Action: "s3:*" }]), "fail"],
    [
      "does all but something",
      granted([add, { Effect: "Allow", NotAction: "iam:*", Resource: "*" }]),
      "fail",
    ],
    ["has rights from elsewhere", granted([add], [bucket], attached), "fail"],
    ["adds nothing", granted([crypt]), "fail"],
    ["has no rights", [component, github, writer], "fail"],
    ["does what is not known yet", granted([{ ...add, Action: unknown }]), "unknown"],
  ])("%s", (_, resources, expected) => {
    expect(outcome("evidence-role-adds-alone", resources)).toBe(expected);
  });

  const to = (Resource: unknown, buckets = [bucket]) => granted([{ ...add, Resource }], buckets);
  const b = "arn:aws:s3:::evidence-portal-1a2b3c4";

  it.each([
    ["a place that the bucket's ARN is part of", to(unknown), "pass"],
    ["one service's evidence", to(`${b}/evidence/portal/*`), "pass"],
    ["one service's in China", to(`arn:aws-cn:s3:::b/evidence/portal/*`), "pass"],
    ["every service's evidence", to(`${b}/evidence/*`), "fail"],
    ["services by pattern", to(`${b}/evidence/por*/*`), "fail"],
    ["buckets by pattern", to("arn:aws:s3:::evidence-*/evidence/portal/*"), "fail"],
    ["sign-offs", to(`${b}/releases/*`), "fail"],
    ["everything", to("*"), "fail"],
    ["everything but something", granted([{ Effect: "Allow", Action: "s3:PutObject" }]), "fail"],
    ["another bucket", to(unknown, [other]), "fail"],
    ["two buckets", to(unknown, [bucket, other]), "fail"],
    ["what is decrypted by any key", granted([add, { ...crypt, Resource: "arn:aws:kms:*:*:key/*" }]), "fail"],
    ["nobody knows yet what", granted(unknown), "unknown"],
  ])("writes to %s", (_, resources, expected) => {
    expect(outcome("evidence-role-for-one-service", [...resources, other])).toBe(expected);
  });
});
