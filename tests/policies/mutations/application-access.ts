import { type Change, type Mutation, on, set } from "./mutation.ts";

const project = "vercel:index/project:Project";
const role = { type: "aws:iam/role:Role", name: /-access-/ };
const rolePolicy = { type: "aws:iam/rolePolicy:RolePolicy", name: /-access-.*-database$/ };

/** Changes the conditions of a role's trust: their keys have dots, which `set` takes for steps. */
function trust(claim: "aud" | "sub", value: string | undefined): Change {
  return (r) => {
    const path = "assumeRolePolicy.Statement.0.Condition.StringEquals";
    const conditions = path
      .split(".")
      .reduce<unknown>((v, key) => (v as Record<string, unknown>)[key], r.props) as Record<string, unknown>;
    const others = Object.entries(conditions).filter(([key]) => !key.endsWith(`:${claim}`));
    const changed = value === undefined ? others : [...others, [`oidc.vercel.com/example:${claim}`, value]];
    return set(path, Object.fromEntries(changed))(r);
  };
}

export const applicationAccessMutations: readonly Mutation[] = [
  {
    rule: "app-tokens-of-own-issuer",
    title: "tokens come from the issuer of all teams",
    change: on(project, set("oidcTokenConfig.issuerMode", "global")),
  },
  {
    rule: "app-role-for-one-audience",
    title: "the role takes tokens of any audience",
    change: on(role, trust("aud", undefined)),
  },
  {
    rule: "app-role-for-production-alone",
    also: ["app-role-is-its-own"],
    title: "previews may take on the role",
    change: on(role, trust("sub", "owner:example:project:portal-prod:environment:preview")),
  },
  {
    rule: "app-role-for-production-alone",
    also: ["app-role-is-its-own"],
    title: "any project of the team may take on the role",
    stack: "staging",
    change: on(role, trust("sub", "owner:example:project:*:environment:production")),
  },
  {
    rule: "app-role-logs-in-alone",
    title: "the role may do anything with RDS",
    also: ["roles-rights-narrow"],
    change: on(rolePolicy, set("policy.Statement.0.Action", ["rds-db:connect", "rds:*"])),
  },
  {
    rule: "app-role-for-one-database",
    title: "the role may log in to every database of the account",
    also: ["roles-rights-narrow"],
    change: on(rolePolicy, set("policy.Statement.0.Resource", "*"), (r) => ({
      ...r,
      propertyDependencies: { ...r.propertyDependencies, policy: [] },
    })),
  },
  {
    rule: "app-role-for-one-database",
    title: "the role may log in to this database and to every other",
    also: ["roles-rights-narrow"],
    stack: "staging",
    change: on(rolePolicy, (r) => {
      const path = "policy.Statement.0.Resource";
      const { policy } = r.props as { policy: { Statement: readonly { Resource: string }[] } };
      return set(path, [policy.Statement[0]?.Resource, "*"])(r);
    }),
  },
  {
    rule: "app-role-is-its-own",
    title: "the role takes the tokens of another project",
    change: on(role, trust("sub", "owner:example:project:shop-prod:environment:production")),
  },
  {
    rule: "app-role-logs-in-alone",
    also: ["roles-rights-narrow"],
    title: "the role has AWS's policy for administrators",
    change: on(role, set("managedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"])),
  },
];
