/** How the services log in to AWS and to the database. */
import type * as aws from "@pulumi/aws";
import { databaseInstance } from "../../aws.ts";
import { project } from "../../declared/application.ts";
import { equals } from "../../expect.ts";
import { listed, literalResources, type PolicyStatement, statementsOf } from "../../policy-document.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const oidcProvider = resourceType<aws.iam.OpenIdConnectProviderArgs>(
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
);
const role = resourceType<aws.iam.RoleArgs>("aws:iam/role:Role");
const rolePolicy = resourceType<aws.iam.RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy");

/** A role that tokens of Vercel are exchanged for. */
const isFederated = (r: Resource<unknown>) =>
  linked(r as Resource, "assumeRolePolicy", oidcProvider).some(({ props }) =>
    props.url.includes("vercel.com"),
  );

/** A policy of such a role. */
const isOfFederated = (policy: Resource<unknown>) =>
  linked(policy as Resource, "role", role).some(isFederated);

export const accessRules: readonly Rule[] = [
  resourceRule({
    id: "app-tokens-of-own-issuer",
    item: "APP-10",
    type: project,
    // Vercel's documentation, "OIDC federation": the global issuer signs for every team.
    check: ({ props }) => equals(props, "oidcTokenConfig.issuerMode", "team"),
  }),
  resourceRule({
    id: "app-role-for-one-audience",
    item: "APP-10",
    type: role,
    where: isFederated,
    check: ({ props }) =>
      statementsOf(props.assumeRolePolicy)
        .filter((statement) => !isExact(claim(statement, "aud")))
        .map(() => ({ observed: "tokens of any audience are taken", wanted: "one audience (StringEquals)" })),
  }),
  resourceRule({
    id: "app-role-for-production-alone",
    item: "APP-10",
    type: role,
    where: isFederated,
    check: ({ props }) =>
      statementsOf(props.assumeRolePolicy)
        .map((statement) => claim(statement, "sub"))
        .filter((subject) => !isExact(subject) || !/:project:[^:]+:environment:production$/.test(subject))
        .map((subject) => ({
          observed: subject ? `tokens for ${subject} are taken` : "tokens of any subject are taken",
          wanted: "production of one project (StringEquals)",
        })),
  }),
  resourceRule({
    id: "app-role-logs-in-alone",
    item: "APP-11",
    type: rolePolicy,
    where: isOfFederated,
    check: ({ props }) =>
      statementsOf(props.policy)
        .flatMap(({ Action }) => (Action === undefined ? ["anything but its exceptions"] : listed(Action)))
        .filter((action) => action !== "rds-db:connect")
        .map((action) => ({ observed: `it allows ${action}`, wanted: "rds-db:connect alone" })),
  }),
  resourceRule({
    id: "app-role-for-one-database",
    item: "APP-11",
    type: rolePolicy,
    where: isOfFederated,
    // The ARN of the database's user is not known before the database is; what it is made of is.
    check: (policy) => {
      const literal = statementsOf(policy.props.policy).flatMap(literalResources);
      return linked(policy as Resource, "policy", databaseInstance).length === 1 &&
        !literal.some((resource) => resource.includes("*"))
        ? undefined
        : { observed: "its resource is not one database of this stack", wanted: "one database" };
    },
  }),
];

/** What a statement demands of a claim such as `sub`, whoever issued the token. */
function claim({ Condition }: PolicyStatement, name: "aud" | "sub"): unknown {
  return Object.entries(Condition?.["StringEquals"] ?? {}).find(([key]) => key.endsWith(`:${name}`))?.[1];
}

function isExact(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !/[*?]/.test(value);
}
