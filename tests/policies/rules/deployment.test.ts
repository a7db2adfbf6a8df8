import { describe, expect, it } from "vitest";
import { deploymentRules } from "../../../policies/rules/deployment.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[]) =>
  judge(deploymentRules, id, resources).outcome;

const issuer = "token.actions.githubusercontent.com";
const github = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "github", {
  url: `https://${issuer}`,
});
const claims = { aud: "sts.amazonaws.com", sub: "repo:example/portal:environment:prod" };

/** A role that tokens with these claims are exchanged for. */
function role(change: Props = {}, operator = "StringEquals", from = github): readonly Registration[] {
  const wanted = Object.entries({ ...claims, ...change }).filter(([, value]) => value !== undefined);
  const condition = Object.fromEntries(wanted.map(([name, value]) => [`${issuer}:${name}`, value]));
  const assumeRolePolicy = { Statement: [{ Effect: "Allow", Condition: { [operator]: condition } }] };
  return [from, resource("aws:iam/role:Role", "role", { assumeRolePolicy }, { assumeRolePolicy: [from] })];
}

describe("a role of the deployment", () => {
  it.each([
    ["one audience", role(), "pass"],
    ["audiences by pattern", role({ aud: "*" }), "fail"],
    ["several audiences", role({ aud: ["a", "b"] }), "fail"],
    ["no audience", role({ aud: "" }), "fail"],
    ["any audience", role({ aud: undefined }), "fail"],
    ["an audience that is compared as a pattern without one", role({}, "StringLike"), "pass"],
    ["an audience, if there is one", role({}, "StringEqualsIfExists"), "fail"],
    ["all of no audiences", role({}, "ForAllValues:StringEquals"), "fail"],
    ["all audiences but one", role({}, "StringNotEquals"), "fail"],
    ["an audience that is not known yet", role({ aud: unknown }), "unknown"],
  ])("takes tokens for %s", (_, resources, expected) => {
    expect(outcome("deploy-role-for-one-audience", resources)).toBe(expected);
  });

  it.each([
    ["repo:example/portal:environment:prod", "pass"],
    ["repo:example@123/portal@456:environment:prod", "pass"],
    ["repo:example@123/portal:environment:prod", "fail"],
    ["repo:example/portal@456:environment:prod", "fail"],
    ["repo:example@123/portal@*:environment:prod", "fail"],
    ["repo:example/portal:environment:*", "fail"],
    ["repo:example/portal:ref:refs/heads/main", "fail"],
    ["repo:example/*:environment:prod", "fail"],
    ["fork-of-repo:example/portal:environment:prod", "fail"],
    ["repo:example/portal:environment:prod:more", "fail"],
    ["repo:example:environment:prod", "fail"],
    [undefined, "fail"],
    [unknown, "unknown"],
  ])("takes tokens for %s: %s", (sub, expected) => {
    expect(outcome("deploy-role-for-one-environment", role({ sub }))).toBe(expected);
  });

  it.each([
    ["refs/heads/main", "pass"],
    ["refs/heads/release/2026", "pass"],
    ["refs/heads/*", "fail"],
    ["refs/tags/v1", "fail"],
    ["refs/pull/1/merge", "fail"],
    [undefined, "fail"],
    [unknown, "unknown"],
  ])("takes tokens for %s: %s", (ref, expected) => {
    expect(outcome("deploy-role-for-one-branch", role({ ref }))).toBe(expected);
    const preview = role({ ref, sub: "repo:example/portal:environment:prod-preview" });
    expect(outcome("preview-role-for-one-branch", preview)).toBe(expected);
  });

  it("of somebody else is none", () => {
    const other = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "vercel", {
      url: "https://oidc.vercel.com/team",
    });
    const resources = role({ aud: "*" }, "StringEquals", other);
    expect(judge(deploymentRules, "deploy-role-for-one-audience", resources).messages.join()).toContain(
      "no Role that this rule looks at is declared",
    );
  });
});

describe("the boundary", () => {
  const denial = { Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" };
  const grant = (Action: unknown, more: Props = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
  const under = { Condition: { StringEquals: { "iam:PermissionsBoundary": unknown } } };
  const stack = (...Statement: readonly Props[]) => {
    const policy = resource("aws:iam/policy:Policy", "boundary", { policy: { Statement } });
    return [policy, resource("aws:iam/role:Role", "role", {}, { permissionsBoundary: [policy] })];
  };

  it.each([
    ["denies to lift it", stack(denial), "pass"],
    ["denies more than that", stack({ ...denial, Action: ["iam:Delete*", "s3:*"] }), "pass"],
    ["allows to lift it", stack({ ...denial, Effect: "Allow", ...under }), "fail"],
    ["denies it of one role", stack({ ...denial, Resource: "arn:aws:iam::1:role/a" }), "fail"],
    ["denies it at times", stack({ ...denial, Condition: { Bool: { "aws:ViaAWSService": true } } }), "fail"],
    ["denies something else", stack({ ...denial, Action: "iam:DeleteRole" }), "fail"],
    ["says nothing", stack(), "fail"],
    ["is not known yet", stack({ ...denial, Action: unknown }), "unknown"],
  ])("%s", (_, resources, expected) => {
    expect(outcome("boundary-cannot-be-lifted", resources)).toBe(expected);
  });

  it.each([
    "iam:CreateRole",
    "iam:PutRolePolicy",
    "iam:AttachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:*",
    "*",
    "IAM:putrole*",
  ])("lets nobody have %s but under it", (action) => {
    expect(outcome("boundary-cannot-be-lifted", stack(denial, grant([action])))).toBe("fail");
    expect(outcome("boundary-cannot-be-lifted", stack(denial, grant([action], under)))).toBe("pass");
  });

  it.each([
    ["rds-db:connect", "arn:aws:rds-db:*:*:dbuser:*/portal", "pass"],
    ["rds-db:connect", "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-A/portal", "pass"],
    ["rds-db:connect", "arn:aws:rds-db:*:*:dbuser:db-A/*", "fail"],
    ["rds-db:*", "*", "fail"],
    ["secretsmanager:GetSecretValue", "*", "fail"],
    ["secretsmanager:CreateSecret", "*", "pass"],
  ])("lets no role have %s on %s: %s", (action, Resource, expected) => {
    const resources = stack(denial, grant(action, { Resource }));
    expect(outcome("boundary-cannot-be-lifted", resources)).toBe(expected);
  });

  it("lets no role read passwords that it denies", () => {
    const passwords = { ...denial, Action: "secretsmanager:*GetSecretValue" };
    const all = grant("secretsmanager:*");
    expect(outcome("boundary-cannot-be-lifted", stack(denial, all))).toBe("fail");
    expect(outcome("boundary-cannot-be-lifted", stack(denial, all, passwords))).toBe("pass");
  });

  it("hands roles over to services that the stack has roles for", () => {
    const service = "backup.amazonaws.com";
    const here = { StringEquals: { "aws:SourceAccount": "123456789012" } };
    const passing = (...services: string[]) =>
      grant("iam:PassRole", {
        Resource: "arn:aws:iam::*:role/portal-*",
        Condition: { StringEquals: { "iam:PassedToService": services } },
      });
    const taken = {
      ...resource("aws:iam/role:Role", "taken", {
        assumeRolePolicy: {
          Statement: [
            { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole", Condition: here },
          ],
        },
      }),
    };
    const judged = (...services: string[]) =>
      outcome("boundary-cannot-be-lifted", [...stack(denial, passing(...services)), taken]);
    expect(judged(service)).toBe("pass");
    expect(judged(service, "lambda.amazonaws.com")).toBe("fail");
  });

  it("takes no dot of an action for any letter, and other actions as they are", () => {
    const harmless = ["sns:*", "iam:GetRole", "iam:CreateRoleX"];
    expect(outcome("boundary-cannot-be-lifted", stack(denial, grant(harmless)))).toBe("pass");
    const unknown = ["xiam:CreateRole", "iam.CreateRole", "batch:*"];
    expect(outcome("boundary-cannot-be-lifted", stack(denial, grant(unknown)))).toBe("unknown");
  });

  it("is asked for of every role", () => {
    expect(outcome("roles-bounded", stack(denial))).toBe("pass");
    expect(outcome("roles-bounded", [resource("aws:iam/role:Role", "role")])).toBe("fail");
  });

  it("that no role has is not judged", () => {
    const free = resource("aws:iam/policy:Policy", "other", { policy: { Statement: [] } });
    expect(outcome("boundary-cannot-be-lifted", [free])).toBe("pass");
  });
});

describe("the role of previews", () => {
  const [, own] = role({ sub: "repo:example/portal:environment:prod-preview" });
  const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const attached = (policyArn: unknown) =>
    resource(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "reads",
      { policyArn },
      { role: own ? [own] : [] },
    );
  const inline = (...Statement: readonly Props[]) =>
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "no-secrets",
      { policy: { Statement } },
      { role: own ? [own] : [] },
    );
  const deny = {
    Effect: "Deny",
    Action: ["secretsmanager:*", "rds:Download*", "rds-db:connect", "logs:*"],
    Resource: "*",
  };

  it.each([
    ["reads, and no secrets", [attached(readOnly), inline(deny)], "pass"],
    ["may do more", [attached("arn:aws:iam::aws:policy/AdministratorAccess"), inline(deny)], "fail"],
    ["may do what begins alike", [attached(`${readOnly}AndMore`), inline(deny)], "fail"],
    ["reads secrets", [attached(readOnly)], "fail"],
    ["is denied something else", [attached(readOnly), inline({ ...deny, Action: "s3:GetObject" })], "fail"],
    ["is allowed secrets", [attached(readOnly), inline({ ...deny, Effect: "Allow" })], "fail"],
    [
      "is allowed something by its own policy",
      [attached(readOnly), inline(deny, { ...deny, Effect: "Allow", Action: "s3:PutObject" })],
      "fail",
    ],
    ["has what is not known yet", [attached(unknown), inline(deny)], "unknown"],
  ])("%s", (_, more, expected) => {
    const stack = [github, ...(own ? [own] : []), ...more];
    expect(outcome("preview-role-reads-alone", stack)).toBe(expected);
  });

  it("is there", () => {
    expect(outcome("preview-role-reads-alone", role())).toBe("fail");
  });
});

describe("the role of updates", () => {
  const [, own] = role();
  const policyOf = (type: string, name: string, ...Statement: readonly Props[]) =>
    resource(type, name, { policy: { Statement } }, { role: own ? [own] : [] });
  const inline = (...Statement: readonly Props[]) =>
    policyOf("aws:iam/rolePolicy:RolePolicy", "rights", ...Statement);
  const all = { Effect: "Allow", Action: ["rds:*", "secretsmanager:*", "s3:*"], Resource: "*" };
  const deny = {
    Effect: "Deny",
    Action: ["secretsmanager:*Get*", "rds:Download*", "rds:StartExportTask", "rds:ModifyDBSnapshotAttribute"],
    Resource: "*",
  };
  const files = resource("aws:s3/bucket:Bucket", "portal-files", {});
  const noFiles = { Effect: "Deny", Action: "s3:GetObject", Resource: "arn:aws:s3:::portal-*/*" };
  const bounds = resource("aws:iam/policy:Policy", "bounds", { policy: { Statement: [deny, noFiles] } });
  const bounded = own && {
    ...own,
    propertyDependencies: { ...own.propertyDependencies, permissionsBoundary: [bounds.urn] },
  };
  const admin = resource(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "admin",
    { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    { role: own ? [own] : [] },
  );

  it.each([
    ["is denied secrets", [own, inline(all, deny)], "pass"],
    ["was never given any", [own, inline({ ...all, Action: "sns:*" })], "pass"],
    ["may read all of it", [own, inline(all)], "fail"],
    ["may read what nobody knows the text of", [own, admin], "fail"],
    ["may read what its boundary keeps from it", [bounded, bounds, inline(all), files], "pass"],
    ["may read customers' files", [own, inline(all, deny), files], "fail"],
    ["may read no customers' files", [own, inline(all, deny, noFiles), files], "pass"],
    ["has rights that are not known yet", [own, inline({ ...all, Action: unknown })], "unknown"],
  ])("%s", (_, more, expected) => {
    const stack = [github, ...more.flatMap((r) => r ?? [])];
    expect(outcome("deploy-role-reads-no-secrets", stack)).toBe(expected);
  });
});
