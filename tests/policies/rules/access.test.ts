import { describe, expect, it } from "vitest";
import { accessRules } from "../../../policies/rules/access.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[]) => judge(accessRules, id, resources).outcome;
const provider = (url: string, clientIdLists: unknown = ["a"]) =>
  resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "issuer", { url, clientIdLists });
const issuer = provider("https://oidc.vercel.com/team");
const service = { Service: "backup.amazonaws.com" };
const here = { StringEquals: { "aws:SourceAccount": "123456789012" } };

/** A role that these principals take on. */
const role = (more: object, props: object = {}, links: Record<string, Registration[]> = {}) =>
  resource(
    "aws:iam/role:Role",
    "role",
    { assumeRolePolicy: { Statement: [{ Effect: "Allow", ...more }] }, ...props },
    links,
  );

describe("a role is taken on", () => {
  it.each<[string, Registration, string]>([
    ["by a service for this account", role({ Principal: service, Condition: here }), "pass"],
    ["by a service for anybody", role({ Principal: service }), "fail"],
    ["by everybody", role({ Principal: "*" }), "fail"],
    ["by all but one", role({ NotPrincipal: service }), "fail"],
    ["by an account", role({ Principal: { AWS: "999988887777" } }), "unknown"],
    ["by a canonical user", role({ Principal: { CanonicalUser: "79a5" } }), "unknown"],
    ["by a role of this stack", role({ Principal: { AWS: unknown } }), "pass"],
    [
      "by a token of this stack's issuer",
      role({ Principal: { Federated: unknown } }, {}, { assumeRolePolicy: [issuer] }),
      "pass",
    ],
    ["by a token of another", role({ Principal: { Federated: "accounts.google.com" } }), "fail"],
    ["by nobody", role({ Effect: "Deny", Principal: "*" }), "fail"],
    [
      "for a working day",
      role({ Principal: service, Condition: here }, { maxSessionDuration: 28_800 }),
      "fail",
    ],
    ["nobody knows yet by whom", role({}, { assumeRolePolicy: unknown }), "unknown"],
  ])("%s: %#", (_, r, expected) => {
    expect(outcome("roles-taken-on-by-their-own", [issuer, r])).toBe(expected);
  });

  it.each<[string, Registration, string]>([
    ["GitHub", provider("https://token.actions.githubusercontent.com"), "pass"],
    ["a team's Vercel", issuer, "pass"],
    ["all of Vercel", provider("https://oidc.vercel.com"), "unknown"],
    ["Google", provider("https://accounts.google.com"), "unknown"],
    ["a likeness of GitHub", provider("https://token.actions.githubusercontent.com.example.com"), "unknown"],
    ["two audiences", provider("https://oidc.vercel.com/team", ["a", "b"]), "fail"],
  ])("with tokens of %s", (_, p, expected) => {
    expect(outcome("token-issuers-known", [p])).toBe(expected);
  });
});

describe("a role's rights", () => {
  const backups = (props: object = {}) => role({ Principal: service, Condition: here }, props);
  const inline = (...Statement: object[]) =>
    backups({ inlinePolicies: [{ name: "own", policy: { Statement } }] });
  const grant = (Action: string, Resource: unknown = "*", more: object = {}) =>
    inline({ Effect: "Allow", Action, Resource, ...more });
  const managed = (arn: unknown) => backups({ managedPolicyArns: [arn] });

  it.each<[string, Registration, string]>([
    ["none", backups(), "pass"],
    [
      "its service's own",
      managed("arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"),
      "pass",
    ],
    [
      "another service's",
      managed("arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"),
      "unknown",
    ],
    ["an administrator's", managed("arn:aws:iam::aws:policy/AdministratorAccess"), "fail"],
    ["a database administrator's", managed("arn:aws:iam::aws:policy/AmazonRDSFullAccess"), "fail"],
    ["another stack's", managed("arn:aws:iam::123456789012:policy/more"), "unknown"],
    ["not known yet", managed(unknown), "unknown"],
    ["a whole service", grant("rds:*"), "fail"],
    ["everything", grant("*"), "fail"],
    ["all but something", inline({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), "fail"],
    ["what is named", grant("rds:DeleteDBSnapshot", "arn:aws:rds:*:*:snapshot:awsbackup:*"), "pass"],
    ["what its service has no work with", grant("s3:GetObject", "arn:aws:s3:::portal-files/*"), "unknown"],
    ["every snapshot for anybody", grant("rds:ModifyDBSnapshotAttribute"), "fail"],
    [
      "every key on anybody's behalf",
      grant("kms:Decrypt", "*", { Condition: { StringLike: { "kms:ViaService": "*" } } }),
      "fail",
    ],
    [
      "grants to services",
      grant("kms:CreateGrant", "*", { Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } }),
      "pass",
    ],
    [
      "grants to anybody",
      grant("kms:CreateGrant", "*", { Condition: { BoolIfExists: { "kms:GrantIsForAWSResource": "true" } } }),
      "fail",
    ],
    ["what a resource of this stack is named", grant("kms:Decrypt", unknown), "pass"],
    ["objects by pattern", grant("s3:Get*", "arn:aws:s3:::*"), "fail"],
    ["every key", grant("kms:Decrypt", "arn:aws:kms:eu-central-1:123456789012:key/*"), "fail"],
    [
      "every key for RDS",
      grant("kms:Decrypt", "*", { Condition: { StringLike: { "kms:ViaService": "rds.*.amazonaws.com" } } }),
      "pass",
    ],
    [
      "every key, for RDS or not",
      grant("kms:Decrypt", "*", { Condition: { StringLikeIfExists: { "kms:ViaService": "rds.*" } } }),
      "fail",
    ],
    ["a denial alone", inline({ Effect: "Deny", Action: "*", Resource: "*" }), "pass"],
  ])("%s", (_, r, expected) => {
    expect(outcome("roles-rights-narrow", [r])).toBe(expected);
  });

  it.each<[string, object, string]>([
    ["none", {}, "pass"],
    ["one of its values", { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/a" } }, "pass"],
    ["all of none", { "ForAllValues:StringEquals": { "kms:ResourceAliases": "alias/a" } }, "fail"],
    [
      "all of some",
      {
        "ForAllValues:StringEquals": { "kms:ResourceAliases": "alias/a" },
        Null: { "kms:ResourceAliases": "false" },
      },
      "pass",
    ],
    ["tags, where there are any", { "ForAllValues:StringEquals": { "aws:TagKeys": "owner" } }, "pass"],
    ["what may be missing", { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } }, "fail"],
  ])("that ask for %s", (_, Condition, expected) => {
    const granted = grant("kms:Decrypt", "*", { Condition });
    expect(outcome("grants-limited-by-keys-that-are-there", [granted])).toBe(expected);
  });

  it("are not known yet, or nobody's", () => {
    const later = resource("aws:iam/rolePolicy:RolePolicy", "p", { policy: unknown });
    expect(outcome("grants-limited-by-keys-that-are-there", [later])).toBe("unknown");
    expect(outcome("grants-limited-by-keys-that-are-there", [issuer])).toBe("fail");
  });

  it("are told where they are somebody else's", () => {
    const attached = (to: readonly Registration[]) =>
      resource("aws:iam/policyAttachment:PolicyAttachment", "a", { roles: ["portal"] }, { roles: to });
    const own = backups();
    expect(outcome("roles-rights-of-this-stack", [own, attached([own])])).toBe("pass");
    expect(outcome("roles-rights-of-this-stack", [own, attached([])])).toBe("unknown");
    expect(outcome("roles-rights-of-this-stack", [own])).toBe("fail");
  });
});

describe("a key's policy", () => {
  const own = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:root" },
    Action: "kms:*",
    Resource: "*",
  };
  const key = (...more: object[]) => {
    const policy = JSON.stringify({ Statement: [own, ...more] });
    return resource("aws:kms/key:Key", "key", { deletionWindowInDays: 30, policy });
  };

  it.each<[string, object[], string]>([
    ["the account", [], "pass"],
    ["everybody", [{ ...own, Principal: "*", Action: "kms:Decrypt" }], "fail"],
    [
      "everybody in the account",
      [{ ...own, Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": "123456789012" } } }],
      "pass",
    ],
    ["another account", [{ ...own, Principal: { AWS: "999988887777" } }], "unknown"],
    ["a service", [{ ...own, Principal: service }], "fail"],
    [
      "a service for the account",
      [{ ...own, Action: "kms:Decrypt", Principal: service, Condition: here }],
      "pass",
    ],
    ["a service to do everything", [{ ...own, Principal: service, Condition: here }], "fail"],
    ["nobody more", [{ ...own, Effect: "Deny", Principal: "*" }], "pass"],
  ])("lets in %s", (_, more, expected) => {
    const others = [key(), key()].map((k, i) => ({ ...k, urn: `${k.urn}-${i}` }));
    expect(outcome("resources-admit-nobody-from-outside", [key(...more), ...others])).toBe(expected);
  });

  const [root, role] = [own.Principal.AWS, "arn:aws:iam::123456789012:role/break-glass"];
  const unchecked = { bypassPolicyLockoutSafetyCheck: true };
  const keptFor = (spared: readonly string[]) => {
    const Condition = spared.length > 0 ? { ArnNotEquals: { "aws:PrincipalArn": spared } } : {};
    const denial = { Effect: "Deny", Principal: "*", Action: "kms:PutKeyPolicy", Resource: "*", Condition };
    return JSON.stringify({ Statement: [own, denial] });
  };

  it.each<[string, object, string]>([
    ["the account's", {}, "pass"],
    ["KMS's default", { policy: undefined }, "pass"],
    ["nobody's", { policy: JSON.stringify({ Statement: [] }) }, "fail"],
    ["a service's", { policy: JSON.stringify({ Statement: [{ ...own, Principal: service }] }) }, "fail"],
    ["not known yet", { policy: unknown }, "unknown"],
    ["nobody's to change", { policy: keptFor([]) }, "fail"],
    ["one role's to change", { policy: keptFor([role]) }, "pass"],
    ["one role's to change, which KMS does not check", { policy: keptFor([role]), ...unchecked }, "fail"],
    [
      "the root user's to change, which KMS does not check",
      { policy: keptFor([root]), ...unchecked },
      "pass",
    ],
  ])("is %s", (_, change, expected) => {
    const { props, ...rest } = key();
    expect(outcome("encryption-keys-last", [{ ...rest, props: { ...props, ...change } }])).toBe(expected);
  });
});
