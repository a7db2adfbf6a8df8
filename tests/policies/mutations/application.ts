import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";

const project = "vercel:index/project:Project";
const role = { type: "aws:iam/role:Role", name: /-access-/ };
const rolePolicy = { type: "aws:iam/rolePolicy:RolePolicy", name: /-access-.*-database$/ };
const variable = (name: string) => ({
  type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
  name: new RegExp(`-${name}$`),
});
const rollingRelease = "vercel:index/projectRollingRelease:ProjectRollingRelease";

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

export const applicationMutations: readonly Mutation[] = [
  {
    rule: "app-git-connected",
    also: ["app-branch-proven"],
    title: "the project is connected to no repository",
    change: on(project, set("gitRepository.repo", "")),
  },
  {
    rule: "app-production-branch-named",
    also: ["app-branch-proven"],
    title: "the production branch is left to the repository's default",
    change: on(project, unset("gitRepository.productionBranch")),
  },
  {
    rule: "app-previews-protected",
    title: "everybody can look at previews",
    change: on(project, set("vercelAuthentication.deploymentType", "none")),
  },
  {
    rule: "app-previews-protected",
    title: "production's generated addresses are open",
    stack: "staging",
    change: on(project, set("vercelAuthentication.deploymentType", "only_preview_deployments")),
  },
  {
    rule: "app-forks-not-built-unasked",
    title: "pull requests of strangers are built",
    change: on(project, set("gitForkProtection", false)),
  },
  {
    rule: "app-source-maps-protected",
    title: "source maps are public",
    change: on(project, set("protectedSourcemaps", false)),
  },
  {
    rule: "app-region-chosen",
    title: "functions run wherever Vercel puts them",
    change: on(project, unset("resourceConfig.functionDefaultRegions")),
  },
  {
    rule: "app-host-name-attached",
    also: ["edge-origins-own", "edge-requests-reach-their-service", "edge-dns-origins-found"],
    title: "the project has no host name",
    change: drop("vercel:index/projectDomain:ProjectDomain"),
  },
  {
    rule: "app-released-gradually",
    title: "a release reaches everybody at once",
    change: drop(rollingRelease),
  },
  {
    rule: "app-released-gradually",
    title: "the first stage is watched for a minute",
    change: on(rollingRelease, set("stages.0.duration", 1)),
  },
  {
    rule: "app-releases-kept",
    title: "releases are deleted after a week",
    change: on(
      "vercel:index/projectDeploymentRetention:ProjectDeploymentRetention",
      set("expirationProduction", "1w"),
    ),
  },
  {
    rule: "app-old-pages-keep-working",
    title: "open pages meet the new release's API",
    change: on(project, unset("skewProtection")),
  },
  {
    rule: "app-production-built-first",
    title: "a hotfix waits behind previews",
    change: on(project, set("prioritiseProductionBuilds", false)),
  },
  {
    rule: "app-variables-complete",
    title: "the service does not know its cache",
    change: drop(variable("redis-host")),
  },
  {
    rule: "app-variables-complete",
    also: ["app-variables-for-production-alone"],
    title: "only previews know the database",
    stack: "staging",
    change: on(variable("database-host"), set("targets", ["preview"])),
  },
  {
    rule: "app-secrets-marked-sensitive",
    title: "the session secret can be read in the dashboard",
    change: on(variable("session-secret"), set("sensitive", false)),
  },
  {
    rule: "app-variables-for-production-alone",
    title: "previews get the cache's token",
    change: on(variable("redis-auth-token"), set("targets", ["production", "preview"])),
  },
  {
    rule: "app-variables-declared-apart",
    title: "a variable is declared inline",
    change: on(
      project,
      set("environments", [{ key: "EXAMPLE", value: "1", sensitive: false, targets: ["production"] }]),
    ),
  },
  {
    rule: "app-database-without-password",
    also: ["app-telemetry-named"],
    title: "the environment holds the database's password",
    change: on(
      variable("app-environment"),
      set("key", "DATABASE_PASSWORD"),
      set("value", "9f86d081884c7d659a2feaa0c55ad015"),
      set("sensitive", true),
    ),
  },
  {
    rule: "app-traces-sampled",
    title: "every tenth trace is kept",
    change: on(variable("sentry-traces-sample-rate"), set("value", "0.1")),
  },
  {
    rule: "app-profiles-sampled",
    title: "profiles are left to Sentry's default",
    change: drop(variable("sentry-profiles-sample-rate")),
  },
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
    rule: "app-branch-proven",
    also: ["alerts-watch-own-data", "graphs-draw-own-data"],
    title: "production is built from a branch that no evidence is of",
    change: on(project, set("gitRepository.productionBranch", "next")),
  },
  {
    rule: "app-previews-protected",
    title: "OPTIONS of every path are answered to everybody",
    change: on(project, set("optionsAllowlist", { paths: [{ value: "/" }] })),
  },
  {
    rule: "app-source-maps-protected",
    title: "the source is public",
    change: on(project, set("publicSource", true)),
  },
  {
    rule: "app-region-chosen",
    title: "functions run where the private network is not",
    change: on(project, set("resourceConfig.functionDefaultRegions", ["syd1"])),
  },
  {
    rule: "app-host-name-attached",
    title: "the host name leads elsewhere",
    change: on("vercel:index/projectDomain:ProjectDomain", set("redirect", "www.example.net")),
  },
  {
    rule: "app-old-pages-keep-working",
    title: "pages that are open for an hour meet the new release's API",
    change: on(project, set("skewProtection", "30 minutes")),
  },
  {
    rule: "app-variables-mean-this-stack",
    title: "the service's database is the cache",
    change: on(variable("database-host"), (r) => ({
      ...r,
      propertyDependencies: { ...r.propertyDependencies, value: [] },
    })),
  },
  {
    rule: "app-variables-mean-this-stack",
    title: "the service writes plain HTTP into its links",
    change: on(variable("app-url"), set("value", "http://portal.example.com")),
  },
  {
    rule: "app-variables-for-production-alone",
    title: "previews call themselves production",
    change: on(variable("app-environment"), set("targets", ["production", "preview"])),
  },
  {
    rule: "app-variables-complete",
    also: ["app-telemetry-named"],
    title: "a variable is set twice",
    change: on(variable("app-environment"), set("key", "DATABASE_NAME")),
  },
  {
    rule: "app-variables-mean-this-stack",
    title: "the service looks for the database at another port",
    change: on(variable("database-port"), set("value", "5433")),
  },
  {
    rule: "app-telemetry-named",
    title: "traces come under another name",
    change: on(variable("otel-service-name"), set("value", "shop")),
  },
  {
    rule: "app-released-gradually",
    title: "a release never reaches everybody",
    change: on(rollingRelease, unset("stages.1")),
  },
  {
    rule: "app-variables-do-no-harm",
    also: ["app-profiles-sampled"],
    title: "certificates of others are not looked at",
    change: on(
      variable("sentry-profiles-sample-rate"),
      set("key", "NODE_TLS_REJECT_UNAUTHORIZED"),
      set("value", "0"),
    ),
  },
  {
    rule: "app-secrets-strong",
    title: "sessions are signed with a word",
    change: on(variable("session-secret"), set("value", "changeme")),
  },
  {
    rule: "app-secrets-strong",
    title: "sessions are signed with eight characters",
    change: on(
      { type: "random:index/randomPassword:RandomPassword", name: /-session-secret$/ },
      set("length", 8),
    ),
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
