/** Variables by name: what a runtime or a library takes from its environment reroutes, blinds or opens the service. */
import { databaseInstance } from "../../aws.ts";
import { project, variable, variablesOf } from "../../declared/application.ts";
import { password } from "../../declared/secrets.ts";
import { eachRule } from "../../each-rule.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const cacheGroup = resourceType<object>("aws:elasticache/replicationGroup:ReplicationGroup");

/** Those that the rules know, and judge where their value matters. */
const known =
  /^(APP_(ENVIRONMENT|URL)|AWS_(REGION|ROLE_ARN)|DATABASE_(HOST|NAME|PORT|USER)|REDIS_(AUTH_TOKEN|HOST|PORT)|SESSION_SECRET|DATADOG_(RUM_APPLICATION_ID|RUM_CLIENT_TOKEN|SITE)|SENTRY_(DSN|ENVIRONMENT|PROFILES_SAMPLE_RATE|TRACES_SAMPLE_RATE)|OTEL_(RESOURCE_ATTRIBUTES|SERVICE_NAME|TRACES_SAMPLER)|ORIGIN_SECRET|CRON_SECRET)$/;

/** Read by runtimes, clients and libraries themselves, or built into what every browser gets. */
const reserved =
  /^(NODE_|npm_|LD_|PG[A-Z]|OTEL_|DD_|AWS_|VERCEL_|NEXT_|NUXT_|VITE_|PUBLIC_|REACT_APP_|GATSBY_|ASTRO_|REDIS_|DATABASE_|DATADOG_|SENTRY_|LOG_|SSL_|DEBUG$|(HTTPS?|ALL|NO)_PROXY$)/i;

export const knownVariableRules: readonly Rule[] = [
  resourceRule({
    id: "app-variables-known",
    item: "APP-04",
    type: variable,
    check: ({ props: { key, sensitive } }, { review }) => {
      const ownSecret = sensitive === true && !reserved.test(key);
      if (known.test(key) || ownSecret || review.hasPath(variable.token, `variable.${key}`)) return undefined;
      return { doubt: `no rule knows what ${key} does (in reviewed.yaml: path variable.${key})` };
    },
  }),
  eachRule({
    id: "app-secrets-for-one-purpose",
    item: "APP-05",
    each: project,
    check: (app, stack) => {
      const present = variablesOf(app, stack);
      const tokens = stack.ofType(cacheGroup).flatMap((c) => linked(c as Resource, "authToken", password));
      const sourceOf = (key: string) => {
        const declared = present.get(key);
        return declared ? linked(declared as Resource, "value", password) : [];
      };
      const masters = stack.ofType(databaseInstance).map(({ props }) => props.username);
      const user = present.get("DATABASE_USER");
      return [
        ...(sourceOf("SESSION_SECRET").some((source) => tokens.includes(source))
          ? [{ observed: "sessions are signed with the cache's token", wanted: "a secret of their own" }]
          : []),
        ...(sourceOf("REDIS_AUTH_TOKEN").every((source) => tokens.includes(source))
          ? []
          : [{ observed: "REDIS_AUTH_TOKEN is another secret than the cache's token", wanted: "the same" }]),
        ...(user && masters.includes(user.props.value ?? "")
          ? [{ observed: "the service logs in as the database's master user", wanted: "a user of its own" }]
          : []),
      ];
    },
  }),
];
