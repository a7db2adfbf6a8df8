import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";

const project = "vercel:index/project:Project";
const firewall = "vercel:index/firewallConfig:FirewallConfig";
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
    title: "the project is connected to no repository",
    change: on(project, set("gitRepository.repo", "")),
  },
  {
    rule: "app-production-branch-named",
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
    also: ["edge-origins-own", "edge-requests-reach-their-service"],
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
    rule: "app-secrets-for-production-alone",
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
    title: "the environment holds the database's password",
    change: on(variable("app-environment"), set("key", "DATABASE_PASSWORD"), set("sensitive", true)),
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
    rule: "app-firewall-on",
    title: "the firewall is switched off",
    change: on(firewall, set("enabled", false)),
  },
  {
    rule: "app-firewall-managed-rules",
    title: "SQL injection is only logged",
    change: on(firewall, set("managedRulesets.owasp.sqli.action", "log")),
  },
  {
    rule: "app-firewall-managed-rules",
    title: "rules for scanners are switched off",
    change: on(firewall, set("managedRulesets.owasp.sd.active", false)),
  },
  {
    rule: "app-firewall-not-bypassed",
    title: "everybody who says so is spared the firewall",
    change: on(
      firewall,
      set("rules.rules.3", {
        name: "Partners",
        conditionGroups: [{ conditions: [{ type: "header", key: "x-partner", op: "ex" }] }],
        action: { action: "bypass" },
      }),
    ),
  },
  {
    rule: "app-firewall-lets-customers-in",
    title: "the page for log-ins is denied",
    change: on(
      firewall,
      set("rules.rules.3", {
        name: "Closed",
        conditionGroups: [{ conditions: [{ type: "path", op: "eq", value: "/login" }] }],
        action: { action: "deny" },
      }),
    ),
  },
  {
    rule: "app-api-rate-limited",
    title: "the API is limited for one country",
    stack: "staging",
    change: on(
      firewall,
      set("rules.rules.2.conditionGroups.0.conditions.1", { type: "geo_country", op: "eq", value: "AQ" }),
    ),
  },
  {
    rule: "app-login-rate-limited",
    title: "all customers share one limit",
    change: on(firewall, set("rules.rules.1.action.rateLimit.keys", ["ip"])),
  },
  {
    rule: "app-origin-locked",
    title: "the lock is for previews alone",
    change: on(firewall, set("rules.rules.0.conditionGroups.0.conditions.0.value", "preview")),
  },
  {
    rule: "app-api-rate-limited",
    title: "the API is not limited",
    change: on(firewall, unset("rules.rules.2")),
  },
  {
    rule: "app-login-rate-limited",
    title: "a password a second may be tried",
    change: on(firewall, set("rules.rules.1.action.rateLimit.limit", 600)),
  },
  {
    rule: "app-origin-locked",
    title: "any value of the header opens the origin",
    change: on(firewall, unset("rules.rules.0.conditionGroups.1")),
  },
  {
    rule: "app-origin-locked",
    title: "what comes around CloudFront is only logged",
    stack: "staging",
    change: on(firewall, set("rules.rules.0.action.action", "log")),
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
    title: "previews may take on the role",
    change: on(role, trust("sub", "owner:example:project:portal-prod:environment:preview")),
  },
  {
    rule: "app-role-for-production-alone",
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
];
