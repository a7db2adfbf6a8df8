import { expect, it } from "vitest";
import { boundaryPermissions, deployPermissions } from "../../components/deploy-access/permissions.ts";
import { DeployAccess } from "../../components/deploy-access.ts";
import { chosenParts } from "../../model/parts.ts";
import { type Declared, declare, inputsOf, tags } from "./support/declare.ts";

const args = {
  repository: "example/portal-readiness",
  product: "portal",
  stack: "prod",
  tier: "production",
  regions: ["eu-central-1", "eu-west-1"],
  databaseUsers: ["portal", "web_shop"],
  evidenceKey: "alias/portal-evidence-prod",
  tags,
} as const;
const access = () => new DeployAccess("portal-deploy", args);
const named = (declared: readonly Declared[], type: string, name: string) =>
  declared.find((d) => d.type === type && d.name === name)?.inputs;
const statementsIn = (document: unknown) => (document as { Statement: Record<string, unknown>[] }).Statement;
const statement = (sid: string) => {
  const found = deployPermissions("portal-deploy", args).find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no statement ${sid}`);
  return found;
};

it("gives each role to the jobs of one environment of one repository", async () => {
  const declared = await declare(access);
  const subjects = ["update", "preview"].map((job) => {
    const role = named(declared, "Role", `portal-deploy-${job}`);
    return statementsIn(role?.["assumeRolePolicy"])[0]?.["Condition"];
  });
  const condition = (environment: string) => ({
    StringEquals: {
      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub": `repo:example/portal-readiness:environment:${environment}`,
      "token.actions.githubusercontent.com:ref": "refs/heads/main",
    },
  });
  expect(subjects).toEqual([condition("prod"), condition("prod-preview")]);
});

it("lets previews of staging be of any branch, and updates of main alone", async () => {
  const declared = await declare(() => new DeployAccess("portal-deploy", { ...args, tier: "staging" }));
  const trust = (job: string) => JSON.stringify(named(declared, "Role", `portal-deploy-${job}`));
  expect(trust("preview")).not.toContain("refs/heads");
  expect(trust("update")).toContain('"refs/heads/main"');
});

it("names a repository by its ids where they are given", async () => {
  const repositoryIds = { owner: 123, repository: 456 };
  const declared = await declare(() => new DeployAccess("portal-deploy", { ...args, repositoryIds }));
  const role = named(declared, "Role", "portal-deploy-update");
  expect(JSON.stringify(role?.["assumeRolePolicy"])).toContain(
    '"repo:example@123/portal-readiness@456:environment:prod"',
  );
});

it("bounds the role that updates by more than it grants: apps log in to the database, updates do not", async () => {
  const declared = await declare(access);
  const deploy = named(declared, "Role", "portal-deploy-update");
  expect(deploy).toMatchObject({ permissionsBoundary: "arn:Policy:portal-deploy" });
  const granted = JSON.stringify(named(declared, "RolePolicy", "portal-deploy-update")?.["policy"]);
  expect(granted).toContain("rds:*");
  expect(granted).not.toContain("rds-db");
  const bounds = statementsIn(named(declared, "Policy", "portal-deploy")?.["policy"]);
  expect(bounds.find(({ Action }) => Action === "rds-db:connect")).toMatchObject({
    Effect: "Allow",
    Resource: ["arn:aws:rds-db:*:*:dbuser:*/portal", "arn:aws:rds-db:*:*:dbuser:*/web_shop"],
  });
  expect(bounds.at(-1)).toMatchObject({
    Effect: "Deny",
    Action: expect.arrayContaining(["secretsmanager:GetSecretValue"]),
    Resource: "*",
  });
});

it("keeps passwords and customers' data from updates as from previews", async () => {
  const declared = await declare(access);
  const [update, preview] = ["update", "preview"].map(
    (job) => named(declared, "RolePolicy", `portal-deploy-${job}-no-secrets`)?.["policy"],
  );
  expect(update).toEqual(preview);
});

it("lets previews read, but nothing secret and nothing of customers", async () => {
  const declared = await declare(access);
  const attached = named(declared, "RolePolicyAttachment", "portal-deploy-preview");
  expect(attached).toMatchObject({ policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
  const denied = statementsIn(named(declared, "RolePolicy", "portal-deploy-preview-no-secrets")?.["policy"]);
  expect(denied.every(({ Effect }) => Effect === "Deny")).toBe(true);
  expect(JSON.stringify(denied)).toContain("secretsmanager:GetSecretValue");
  expect(denied.at(-1)).toMatchObject({ Resource: "arn:aws:s3:::portal-*/*" });
});

it("lets previews decrypt evidence alone, as S3 reads it", async () => {
  const declared = await declare(access);
  const granted = statementsIn(named(declared, "RolePolicy", "portal-deploy-preview-evidence")?.["policy"]);
  expect(granted).toMatchObject([
    {
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/portal-evidence-prod" } },
    },
  ]);
});

it("tags everything that takes tags", async () => {
  const declared = await declare(access);
  for (const type of ["OpenIdConnectProvider", "Policy", "Role"]) {
    expect(inputsOf(declared, type).map((inputs) => inputs["tags"])).not.toContainEqual(undefined);
  }
});

it("grants rights to roles of the product alone, and under the boundary alone", () => {
  expect(statement("BoundRoles")).toMatchObject({
    Effect: "Allow",
    Resource: "arn:aws:iam::*:role/portal-*",
    Condition: { StringLike: { "iam:PermissionsBoundary": "arn:aws:iam::*:policy/portal-deploy-*" } },
  });
  expect(statement("NoWayOut")).toMatchObject({ Effect: "Deny", Resource: "*" });
});

it("keeps its own rights out of the deployment's reach", () => {
  expect(statement("NotItself")).toMatchObject({
    Effect: "Deny",
    NotAction: ["iam:Get*", "iam:List*"],
    Resource: expect.arrayContaining([
      "arn:aws:iam::*:role/portal-deploy-*",
      "arn:aws:iam::*:policy/portal-deploy-*",
    ]),
  });
});

it("works in the stack's regions and where global services are run from, and can start no machine", () => {
  const { Action, Condition } = statement("Services");
  expect(Condition).toEqual({
    StringEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1", "us-east-1"] },
  });
  expect(Action).not.toContain("ec2:*");
  expect(JSON.stringify(deployPermissions("portal-deploy", args))).not.toMatch(
    /RunInstances|"\*:\*"|"iam:\*"/,
  );
});

it("grants nothing of a service that the stack's parts never use", () => {
  const actions = (chosen: Parameters<typeof chosenParts>[0]) =>
    deployPermissions("portal-deploy", { ...args, parts: chosenParts(chosen) }).flatMap(
      ({ Action = [] }) => Action,
    );
  const ofCloudFront = ["acm:*", "cloudfront:*", "wafv2:*"];
  expect(actions(() => undefined)).toEqual(expect.arrayContaining([...ofCloudFront, "elasticache:*"]));
  const others = actions((part) => part === "edge" && { kind: "vercel" });
  for (const action of ofCloudFront) expect(others).not.toContain(action);
  expect(others).toContain("route53:*");
  expect(actions((part) => part === "cache" && { kind: "none", because: "of it" })).not.toContain(
    "elasticache:*",
  );
  // What is only read is not changed.
  const reading = actions((part) => part === "cache" && { kind: "existing" });
  expect(reading).not.toContain("elasticache:*");
  expect(reading).toEqual(expect.arrayContaining(["elasticache:Describe*", "elasticache:List*"]));
});

it("fits into a managed policy", () => {
  // IAM quotas: 6,144 characters without white space; 10,240 of a role's own policies.
  const document = { Version: "2012-10-17", Statement: boundaryPermissions("portal-deploy", args) };
  expect(JSON.stringify(document).length).toBeLessThan(6_144);
});
