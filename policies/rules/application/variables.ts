/** The environment of the services. */
import { type Project, project, variable, variablesOf } from "../../declared/application.ts";
import { eachRule } from "../../each-rule.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";

/** What a service cannot run without: its stores, its AWS role, its sessions. */
const needed = [
  "DATABASE_HOST",
  "DATABASE_PORT",
  "DATABASE_NAME",
  "DATABASE_USER",
  "AWS_ROLE_ARN",
  "AWS_REGION",
  "REDIS_HOST",
  "REDIS_PORT",
  "REDIS_AUTH_TOKEN",
  "SESSION_SECRET",
];

/** Names of secrets; what a framework compiles into the page is public by its prefix. */
const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|KEY|DSN|WEBHOOK/;
const publicName = /^(NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|VITE)_/;

/** A login to the database that does not expire, alone or within an address. */
const databasePassword = /^(DATABASE|DB|POSTGRES|PG)_?(URL|PASSWORD|PASS|DSN)$/;

/** Requirements, "Health and monitoring": every trace, every tenth profile. */
const sampleRates = { SENTRY_TRACES_SAMPLE_RATE: 1, SENTRY_PROFILES_SAMPLE_RATE: 0.1 } as const;

export const variableRules: readonly Rule[] = [
  eachRule({
    id: "app-variables-complete",
    item: "APP-04",
    each: project,
    check: (app, stack) => {
      const present = variablesOf(app, stack);
      return needed
        .filter((key) => !present.has(key))
        .map((key) => ({ observed: `${key} is not set for production`, wanted: "set" }));
    },
  }),
  resourceRule({
    id: "app-secrets-marked-sensitive",
    item: "APP-05",
    type: variable,
    check: ({ props }) =>
      isSecret(props.key) && props.sensitive !== true
        ? { observed: `${props.key} can be read in Vercel's dashboard`, wanted: "sensitive" }
        : undefined,
  }),
  resourceRule({
    id: "app-secrets-for-production-alone",
    item: "APP-05",
    type: variable,
    check: ({ props }) => {
      const others = (props.targets ?? []).filter((target) => target !== "production");
      return isSecret(props.key) && others.length > 0
        ? { observed: `${props.key} is given to ${others.join(" and ")}`, wanted: "for production alone" }
        : undefined;
    },
  }),
  // Terraform provider's documentation of vercel_project: inline and separate variables undo each other.
  resourceRule({
    id: "app-variables-declared-apart",
    item: "APP-04",
    type: project,
    check: ({ props }) =>
      props.environments?.length
        ? { observed: "variables are declared inline", wanted: "declared as resources of their own" }
        : undefined,
  }),
  resourceRule({
    id: "app-database-without-password",
    item: "APP-11",
    type: variable,
    check: ({ props }) =>
      databasePassword.test(props.key)
        ? { observed: `${props.key} holds a lasting login to the database`, wanted: "IAM authentication" }
        : undefined,
  }),
  eachRule({
    id: "app-traces-sampled",
    item: "APP-06",
    each: project,
    check: (app, stack) => sampled(app, stack, "SENTRY_TRACES_SAMPLE_RATE"),
  }),
  eachRule({
    id: "app-profiles-sampled",
    item: "APP-06",
    each: project,
    check: (app, stack) => sampled(app, stack, "SENTRY_PROFILES_SAMPLE_RATE"),
  }),
];

function isSecret(key: string): boolean {
  return secretName.test(key) && !publicName.test(key);
}

function sampled(app: Project, stack: Stack, key: keyof typeof sampleRates): Violation | undefined {
  const rate = variablesOf(app, stack).get(key);
  if (!rate) return { observed: `${key} is not set for production`, wanted: String(sampleRates[key]) };
  return Number(rate.props.value) === sampleRates[key]
    ? undefined
    : { resource: rate as Resource, observed: `${key} has another value`, wanted: String(sampleRates[key]) };
}
