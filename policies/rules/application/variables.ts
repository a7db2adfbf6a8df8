/** The environment of the services. */
import type * as aws from "@pulumi/aws";
import { about, databaseInstance } from "../../aws.ts";
import { type Project, project, variable, variablesOf } from "../../declared/application.ts";
import { distribution } from "../../declared/edge.ts";
import { role } from "../../declared/roles.ts";
import { password } from "../../declared/secrets.ts";
import { eachRule } from "../../each-rule.ts";
import { harmOf } from "../../effects/variables.ts";
import { linked, type Resource, type ResourceType, resourceType, type Stack } from "../../resource.ts";
import { type Result, type Rule, resourceRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

const cacheGroup = resourceType<aws.elasticache.ReplicationGroupArgs>(
  "aws:elasticache/replicationGroup:ReplicationGroup",
);

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

/** Requirements, "Health and monitoring": every trace, every tenth profile. */
const sampleRates = { SENTRY_TRACES_SAMPLE_RATE: 1, SENTRY_PROFILES_SAMPLE_RATE: 0.1 } as const;

/** What variables have to take from this stack, by type. */
const stores: Readonly<Record<string, ResourceType<unknown>>> = {
  DATABASE_HOST: databaseInstance,
  REDIS_HOST: cacheGroup,
  REDIS_AUTH_TOKEN: password,
  AWS_ROLE_ARN: role,
};

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
  eachRule({
    id: "app-variables-mean-this-stack",
    item: "APP-04",
    each: project,
    check: (app, stack) => {
      const present = variablesOf(app, stack);
      return [
        ...Object.entries(stores).flatMap(([key, type]) => {
          const declared = present.get(key);
          // Without one it is for the rule above to tell.
          return !declared || linked(declared as Resource, "value", type).length > 0
            ? []
            : about(declared as Resource, { observed: `${key} is none of this stack's`, wanted: "its own" });
        }),
        ...about(app as Resource, urlOf(present, stack)),
      ];
    },
  }),
  resourceRule({
    id: "app-variables-do-no-harm",
    item: "APP-04",
    type: variable,
    check: ({ props }) => {
      const harm = harmOf(props.key, whenReadable(() => props.value) ?? "");
      return harm ? { observed: `with ${props.key} as it is, ${harm}`, wanted: "left out" } : undefined;
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

/** Customers come by HTTPS to a name of the distribution's; the service writes it into links and cookies. */
function urlOf(present: ReturnType<typeof variablesOf>, stack: Stack): Result {
  const declared = present.get("APP_URL");
  if (!declared) return { observed: "APP_URL is not set", wanted: "set" };
  const hosts = stack.ofType(distribution).flatMap(({ props }) => props.aliases ?? []);
  const url = URL.parse(declared.props.value ?? "");
  return url?.protocol === "https:" && hosts.includes(url.hostname)
    ? undefined
    : {
        resource: declared as Resource,
        observed: "APP_URL is not where customers come",
        wanted: "https and the domain",
      };
}

function sampled(app: Project, stack: Stack, key: keyof typeof sampleRates): Violation | undefined {
  const rate = variablesOf(app, stack).get(key);
  if (!rate) return { observed: `${key} is not set for production`, wanted: String(sampleRates[key]) };
  return Number(rate.props.value) === sampleRates[key]
    ? undefined
    : { resource: rate as Resource, observed: `${key} has another value`, wanted: String(sampleRates[key]) };
}
