import { expect, it } from "vitest";
import { deployPermissions } from "../../../../components/deploy-access/permissions.ts";
import { rightsRules } from "../../../../policies/rules/deployment/rights.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

type Statements = readonly object[];

const shipped: Statements = deployPermissions("portal-deploy", {
  product: "portal",
  regions: ["eu-central-1"],
});
const home = resource("pulumi:providers:aws", "home", { region: "eu-central-1" });
const afar = resource("pulumi:providers:aws", "afar", { region: "us-west-2" });
const component = resource("readiness:index:DeployAccess", "portal-deploy");
const within = (r: Registration) => ({ ...r, parent: component.urn });
const document = (Statement: unknown) => ({ policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
const github = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "portal-deploy", {
  url: "https://token.actions.githubusercontent.com",
});

/** The access of a stack: a role, what grants it its rights, and what bounds it. */
function access(granted: unknown = shipped, bounds: unknown = shipped): Registration[] {
  const of = (name: string, statements: unknown) =>
    resource(
      "aws:iam/policy:Policy",
      name,
      statements === unknown ? { policy: unknown } : document(statements),
    );
  const policies = [of("portal-deploy-grants", granted), of("portal-deploy", bounds)] as const;
  const role = resource(
    "aws:iam/role:Role",
    "portal-deploy-update",
    { assumeRolePolicy: "{}" },
    { assumeRolePolicy: [github], permissionsBoundary: [policies[1]] },
  );
  const attachment = resource(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "portal-deploy-update",
    {},
    { role: [role], policyArn: [policies[0]] },
  );
  return [home, afar, component, ...[github, ...policies, role, attachment].map(within)];
}

const bound = resource("aws:iam/policy:Policy", "portal-deploy");
const bounded = (name: string, props = {}) => ({
  ...declare("aws:iam/role:Role", name, home, props),
  propertyDependencies: { permissionsBoundary: [bound.urn] },
});
const declare = (type: string, name = "new", provider = home, props = {}) => ({
  ...resource(type, name, props),
  provider: provider.urn,
});
const database = declare("aws:rds/instance:Instance", "db");
const judged = (resources: readonly Registration[], stack = "prod") =>
  judge(rightsRules, "deploy-rights-cover-resources", resources, stack);

it.each(["prod", "staging"])("holds in %s for what the access was made for", (stack) => {
  expect(judged([...access(), database], stack)).toEqual({ outcome: "pass", messages: [""] });
});

it.each([
  ["a service without rights", declare("aws:dynamodb/table:Table"), "takes is not known"],
  ["a machine", declare("aws:ec2/instance:Instance"), "takes is not known"],
  ["a rule of events, which is no log", declare("aws:cloudwatch/eventRule:EventRule"), "is not known"],
  [
    "another region",
    declare("aws:sns/topic:Topic", "new", afar),
    "sns:* in us-west-2 is missing from the policies of portal-deploy-update",
  ],
  [
    "a region of its own",
    declare("aws:sns/topic:Topic", "new", home, { region: "us-west-2" }),
    "in us-west-2",
  ],
  ["a role of another product", bounded("shop"), "iam:CreateRole"],
  ["a role without the boundary", declare("aws:iam/role:Role", "portal-new"), "iam:CreateRole"],
  ["a policy that more than this role could have", declare("aws:iam/policy:Policy"), "iam:CreatePolicy"],
  ["a role like its own", bounded("portal-deploy-more"), "is denied by"],
])("fails for %s", (_, added, said) => {
  const { outcome, messages } = judged([...access(), added]);
  expect(outcome).toBe("fail");
  expect(messages[0]).toMatch(new RegExp(`^${added.name}: .*${said.replace("*", "\\*")}.* \\(CI-04\\)`));
});

it.each<[string, Registration]>([
  [
    "a global service, whichever region declares it",
    declare("aws:cloudfront/distribution:Distribution", "a", afar),
  ],
  ["a role of this product", bounded("new", { name: "portal-new" })],
  [
    "a token issuer",
    declare("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "portal-access", home, {
      url: "https://oidc.vercel.com/example",
    }),
  ],
])("holds for %s", (_, added) => {
  expect(judged([...access(), added]).outcome).toBe("pass");
});

it.each<[string, Registration[], string, string]>([
  ["its policies", access([]), "fail", "missing from the policies"],
  ["its boundary", access(shipped, []), "fail", "missing from the permissions boundary"],
  [
    "a denial",
    access([...shipped, { Effect: "Deny", Action: "rds:Delete*", Resource: "*" }]),
    "fail",
    "denied by the policies",
  ],
  ["policies that nobody knows yet", access(unknown), "unknown", "policy is only known"],
  ["a boundary that nobody knows yet", access(shipped, unknown), "unknown", "policy is only known"],
  ["no access at all", [home], "fail", "no Role is declared"],
  [
    "no boundary",
    access().map((r) => ({
      ...r,
      propertyDependencies: { ...r.propertyDependencies, permissionsBoundary: [] },
    })),
    "fail",
    "its permissions boundary is not of this stack",
  ],
])("finds the database kept from the deployment by %s", (_, resources, outcome, said) => {
  const found = judged([...resources, database]);
  expect(found).toMatchObject({ outcome, messages: expect.arrayContaining([expect.stringContaining(said)]) });
});

it("tells of a cause once, however many resources have it", () => {
  const topics = ["a", "b"].map((name) => declare("aws:sns/topic:Topic", name, afar));
  expect(judged([...access(), ...topics]).messages).toHaveLength(1);
});
