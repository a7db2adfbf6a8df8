/** The environment of the services. */
import type * as aws from "@pulumi/aws";
import type * as datadog from "@pulumi/datadog";
import type { Parts } from "../../../model/parts.ts";
import { about, databaseInstance, regionOf } from "../../aws.ts";
import { type Project, project, serviceOf, variable, variablesOf } from "../../declared/application.ts";
import { customersHosts } from "../../declared/edge.ts";
import { role } from "../../declared/roles.ts";
import { password } from "../../declared/secrets.ts";
import { eachRule } from "../../each-rule.ts";
import { harmOf } from "../../effects/variables.ts";
import { linked, type Resource, type ResourceType, resourceType, type Stack } from "../../resource.ts";
import { type Result, type Rule, resourceRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

const rumApplication = resourceType<datadog.RumApplicationArgs>(
  "datadog:index/rumApplication:RumApplication",
);
const cacheGroup = resourceType<aws.elasticache.ReplicationGroupArgs>(
  "aws:elasticache/replicationGroup:ReplicationGroup",
);

const datadogProvider = resourceType<datadog.ProviderArgs>("pulumi:providers:datadog");

/** What a service cannot run without; what the kinds of its parts add to it follows. */
const needed = ["SESSION_SECRET", "DATADOG_SITE", "DATADOG_RUM_APPLICATION_ID", "DATADOG_RUM_CLIENT_TOKEN"];

const neededForDatabase = [
  "DATABASE_HOST",
  "DATABASE_PORT",
  "DATABASE_NAME",
  "DATABASE_USER",
  "AWS_ROLE_ARN",
  "AWS_REGION",
];
const neededForCache = ["REDIS_HOST", "REDIS_PORT", "REDIS_AUTH_TOKEN"];

/** Requirements, "Health and monitoring": every trace, every tenth profile. */
const sampleRates = { SENTRY_TRACES_SAMPLE_RATE: 1, SENTRY_PROFILES_SAMPLE_RATE: 0.1 } as const;

function neededWith({ database, cache }: Parts): readonly string[] {
  return [
    ...needed,
    ...(database.kind === "external" ? ["DATABASE_URL"] : neededForDatabase),
    ...(cache.kind === "none" ? [] : neededForCache),
  ];
}

/** What variables have to take from this stack, by type. */
const stores: Readonly<Record<string, ResourceType<unknown>>> = {
  DATABASE_HOST: databaseInstance,
  REDIS_HOST: cacheGroup,
  REDIS_AUTH_TOKEN: password,
  AWS_ROLE_ARN: role,
  DATADOG_RUM_APPLICATION_ID: rumApplication,
  DATADOG_RUM_CLIENT_TOKEN: rumApplication,
};

/** Datadog's documentation, "Getting started with Datadog sites". */
const datadogSites = /^(((us3|us5|ap1|ap2)\.)?datadoghq\.com|datadoghq\.eu|(us2\.)?ddog-gov\.com)$/;

/** What is written down of the stores, where it is. */
function facts(app: Project, stack: Stack): readonly (readonly [key: string, values: readonly unknown[]])[] {
  const of = <Props>(key: string, type: ResourceType<Props>) => {
    const declared = variablesOf(app, stack).get(key);
    return declared ? linked(declared as Resource, "value", type) : [];
  };
  const [database] = of("DATABASE_HOST", databaseInstance);
  const [cache] = of("REDIS_HOST", cacheGroup);
  const port = (value: unknown, usual: number) => [String(value ?? usual)];
  return [
    ...(database
      ? ([
          ["DATABASE_PORT", port(database.props.port, 5432)],
          // An instance that is there already has other databases than the one it was made with.
          ...(database.read ? [] : [["DATABASE_NAME", [database.props.dbName]] as const]),
          ["AWS_REGION", [regionOf(database as Resource)]],
        ] as const)
      : []),
    ...(cache ? ([["REDIS_PORT", port(cache.props.port, 6379)]] as const) : []),
  ];
}

export const variableRules: readonly Rule[] = [
  eachRule({
    id: "app-variables-complete",
    item: "APP-04",
    each: project,
    check: (app, stack, { parts }) => {
      const present = variablesOf(app, stack);
      const keys = stack.attached(variable, "projectId", app).map(({ props }) => props.key);
      return [
        ...neededWith(parts)
          .filter((key) => !present.has(key))
          .map((key) => ({ observed: `${key} is not set for production`, wanted: "set" })),
        ...[...present.keys()]
          .filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key))
          .map((key) => ({ observed: `${key} is set twice`, wanted: "once" })),
      ];
    },
  }),
  eachRule({
    id: "app-variables-mean-this-stack",
    item: "APP-04",
    each: project,
    check: (app, stack, { parts }) => {
      const present = variablesOf(app, stack);
      const strange = [
        ...Object.entries(stores)
          // What another program's cache asks for is a secret of the config.
          .filter(([key]) => key !== "REDIS_AUTH_TOKEN" || parts.cache.kind !== "existing")
          .map(([key, type]) => [key, present.get(key), type] as const)
          .filter(
            ([, declared, type]) => declared && linked(declared as Resource, "value", type).length === 0,
          ),
        ...facts(app, stack)
          .map(([key, values]) => [key, present.get(key), values] as const)
          .filter(([, declared, values]) => declared && !values.includes(declared.props.value)),
      ];
      return [
        // Without one it is for the rule above to tell.
        ...strange.flatMap(([key, declared]) =>
          about(declared as Resource, { observed: `${key} is none of this stack's`, wanted: "its own" }),
        ),
        ...about(app as Resource, urlOf(present, stack)),
      ];
    },
  }),
  eachRule({
    id: "app-telemetry-named",
    item: "APP-04",
    each: project,
    // Monitors ask for the service by these names.
    check: (app, stack, context) => {
      const present = variablesOf(app, stack);
      const wanted = {
        OTEL_SERVICE_NAME: serviceOf(app),
        OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${context.stack}`,
        SENTRY_ENVIRONMENT: context.stack,
        APP_ENVIRONMENT: context.stack,
      };
      const site = present.get("DATADOG_SITE");
      const apis = stack
        .ofType(datadogProvider)
        .flatMap(({ props }) => props.apiUrl?.replace(/\/$/, "") ?? []);
      return [
        ...Object.entries(wanted)
          .filter(([key, value]) => !present.get(key)?.props.value?.split(",").includes(value))
          .map(([key, value]) => ({ observed: `${key} does not say so`, wanted: value })),
        ...(site && !datadogSites.test(site.props.value ?? "")
          ? [{ observed: "DATADOG_SITE is none of Datadog's", wanted: "such as datadoghq.eu" }]
          : []),
        ...(site && apis.some((url) => url !== `https://api.${site.props.value}`)
          ? [{ observed: "DATADOG_SITE is another than the monitors'", wanted: "the provider's" }]
          : []),
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

/** Customers come by HTTPS to a name of the edge's; the service writes it into links and cookies. */
function urlOf(present: ReturnType<typeof variablesOf>, stack: Stack): Result {
  const declared = present.get("APP_URL");
  if (!declared) return { observed: "APP_URL is not set", wanted: "set" };
  const hosts = customersHosts(stack);
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
