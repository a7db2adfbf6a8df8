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
    rule: "app-secrets-for-one-purpose",
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
];

const cachePassword =
  "urn:pulumi:prod::readiness::readiness:index:Cache$random:index/randomPassword:RandomPassword::portal-cache";
