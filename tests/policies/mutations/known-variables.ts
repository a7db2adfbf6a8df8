import { type Mutation, on, set } from "./mutation.ts";

const variable = "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable";
const named = (name: string) => ({ type: variable, name });

export const knownVariableMutations: readonly Mutation[] = [
  {
    rule: "app-variables-known",
    title: "all that the service asks goes through somebody's proxy",
    also: ["app-variables-complete"],
    change: on(named("portal-database-port"), set("key", "HTTPS_PROXY")),
  },
  {
    rule: "app-database-user-its-own",
    title: "the service logs in as the master user",
    change: on("aws:rds/instance:Instance", set("username", "portal")),
  },
  {
    rule: "app-secrets-for-one-purpose",
    title: "sessions are signed with the cache's token",
    change: (r) =>
      r.type === variable && r.props["key"] === "SESSION_SECRET"
        ? { ...r, propertyDependencies: { ...r.propertyDependencies, value: [cachePassword] } }
        : r,
  },
  {
    rule: "app-secrets-for-one-purpose",
    title: "the origin is proved by what sessions are signed with",
    also: ["edge-origin-authenticated"],
    change: on("aws:cloudfront/distribution:Distribution", (r) => ({
      ...r,
      propertyDependencies: {
        ...r.propertyDependencies,
        origins: [
          ...(r.propertyDependencies["origins"] ?? []).filter((urn) => !urn.endsWith("-secret")),
          sessionPassword,
        ],
      },
    })),
  },
  {
    rule: "app-variables-known",
    title: "a secret by whose name Node.js loads another's code",
    also: ["app-variables-complete"],
    change: on(named("portal-session-secret"), set("key", "BASH_ENV")),
  },
  {
    rule: "secrets-encrypted-in-state",
    title: "the origin's secret is plain among the distribution's origins",
    change: on("aws:cloudfront/distribution:Distribution", (r) => ({ ...r, additionalSecretOutputs: [] })),
  },
  {
    rule: "secrets-encrypted-in-state",
    title: "the cache's token is plain where it is made",
    change: on({ type: "random:index/randomPassword:RandomPassword", name: "portal-cache" }, (r) => ({
      ...r,
      additionalSecretOutputs: [],
    })),
  },
];

const cachePassword =
  "urn:pulumi:prod::readiness::readiness:index:Cache$random:index/randomPassword:RandomPassword::portal-cache";
const sessionPassword =
  "urn:pulumi:prod::readiness::readiness:index:App$random:index/randomPassword:RandomPassword::portal-session-secret";
