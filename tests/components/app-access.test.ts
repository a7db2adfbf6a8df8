import { expect, it } from "vitest";
import { AppAccess } from "../../components/app-access.ts";
import { declare, inputsOf, only, tags } from "./support/declare.ts";

const access = () =>
  new AppAccess("access", {
    permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
    services: ["portal", "web-shop"],
    stack: "prod",
    teamSlug: "example",
    database: { arn: "arn:aws:rds:eu-central-1:123456789012:db:portal", resourceId: "db-ABC" },
    tags,
  });
const statements = (inputs: Readonly<Record<string, unknown>>[], property: string) =>
  inputs.flatMap((i) => (i[property] as { Statement: unknown[] }).Statement);

it("takes tokens of this team alone", async () => {
  expect(only(await declare(access), "OpenIdConnectProvider")).toMatchObject({
    url: "https://oidc.vercel.com/example",
    clientIdLists: ["https://vercel.com/example"],
  });
});

it("gives each service a role that only its own production can take on", async () => {
  const roles = inputsOf(await declare(access), "Role");
  const conditions = (project: string) => ({
    Principal: { Federated: "arn:OpenIdConnectProvider:access" },
    Condition: {
      StringEquals: {
        "oidc.vercel.com/example:aud": "https://vercel.com/example",
        "oidc.vercel.com/example:sub": `owner:example:project:${project}:environment:production`,
      },
    },
  });
  expect(statements(roles, "assumeRolePolicy")).toMatchObject([
    conditions("portal-prod"),
    conditions("web-shop-prod"),
  ]);
});

it("lets each role log in as its own user of this database, and nothing else", async () => {
  const user = "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-ABC";
  expect(statements(inputsOf(await declare(access), "RolePolicy"), "policy")).toEqual([
    { Effect: "Allow", Action: "rds-db:connect", Resource: `${user}/portal` },
    { Effect: "Allow", Action: "rds-db:connect", Resource: `${user}/web_shop` },
  ]);
});

it("refuses the role of a service that it does not know", async () => {
  await expect(declare(() => access().roleArn("intranet"))).rejects.toThrow("intranet has no role");
});
