import { drop, type Mutation, on, set, unset } from "./mutation.ts";

const project = "vercel:index/project:Project";
const variable = (name: string) => ({
  type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
  name: new RegExp(`-${name}$`),
});
const rollingRelease = "vercel:index/projectRollingRelease:ProjectRollingRelease";

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
    also: ["customer-data-in-one-geography"],
    title: "functions run wherever Vercel puts them",
    change: on(project, unset("resourceConfig.functionDefaultRegions")),
  },
  {
    rule: "app-host-name-attached",
    also: [
      "edge-origins-own",
      "edge-requests-reach-their-service",
      "edge-dns-origins-found",
      "edge-host-is-the-services",
      "edge-vercel-certificate-renewed",
    ],
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
    also: ["app-telemetry-named", "app-variables-known"],
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
    also: ["customer-data-in-one-geography"],
    title: "functions run where the private network is not",
    change: on(project, set("resourceConfig.functionDefaultRegions", ["syd1"])),
  },
  {
    rule: "app-host-name-attached",
    also: ["edge-host-is-the-services"],
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
    also: ["app-profiles-sampled", "app-variables-known"],
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
    rule: "generated-secrets-strong",
    title: "sessions are signed with eight characters",
    change: on(
      { type: "random:index/randomPassword:RandomPassword", name: /-session-secret$/ },
      set("length", 8),
    ),
  },
  {
    rule: "generated-secrets-strong",
    title: "the origin is proved by exclamation marks",
    change: on(
      { type: "random:index/randomPassword:RandomPassword", name: /-origin-secret$/ },
      set("overrideSpecial", "!"),
      set("special", true),
      set("lower", false),
      set("upper", false),
      set("numeric", false),
    ),
  },
];
