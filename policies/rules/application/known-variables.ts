/** Variables by name: what a runtime or a library takes from its environment reroutes, blinds or opens the service. */
import { about, databaseInstance } from "../../aws.ts";
import { firewall, project, variable, variablesOf } from "../../declared/application.ts";
import { distribution } from "../../declared/edge.ts";
import { password } from "../../declared/secrets.ts";
import { eachRule } from "../../each-rule.ts";
import { isComponent, linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { unknownSecret, whenReadable } from "../../unknown-value.ts";

const cacheGroup = resourceType<object>("aws:elasticache/replicationGroup:ReplicationGroup");

const sentryKey = resourceType<object>("sentry:index/sentryKey:SentryKey");

/** Those that the rules know, and judge where their value matters. */
const known =
  /^(APP_(ENVIRONMENT|URL)|AWS_(REGION|ROLE_ARN)|DATABASE_(HOST|NAME|PORT|URL|USER)|PGSSLMODE|REDIS_(AUTH_TOKEN|HOST|PORT|USER)|SESSION_SECRET|DATADOG_(RUM_APPLICATION_ID|RUM_CLIENT_TOKEN|SITE)|SENTRY_(ENVIRONMENT|PROFILES_SAMPLE_RATE|TRACES_SAMPLE_RATE)|OTEL_(RESOURCE_ATTRIBUTES|SERVICE_NAME|TRACES_SAMPLER|NODE_RESOURCE_DETECTORS|EXPORTER_OTLP_(ENDPOINT|HEADERS|PROTOCOL|METRICS_(HEADERS|TEMPORALITY_PREFERENCE)))|ORIGIN_SECRET|CRON_SECRET)$/;

/** Harmless with such a value: errors go to Sentry itself; a flag of the service's own leads nowhere. */
const harmless = [
  { key: /^SENTRY_DSN$/, value: /^https:\/\/\w+@([\w-]+\.)*sentry\.io\/\d+$/ },
  { key: /^(FEATURE|FLAG)_\w+$/, value: /^(on|off|true|false|yes|no|enabled|disabled|\d{1,6})$/i },
];

/** Read by runtimes, clients and libraries themselves, or built into what every browser gets. */
const reserved =
  /^(NODE_|npm_|LD_|PG[A-Z]|OTEL_|DD_|AWS_|VERCEL_|NEXT_|NUXT_|VITE_|PUBLIC_|REACT_APP_|VUE_APP_|EXPO_PUBLIC_|GATSBY_|ASTRO_|REDIS_|DATABASE_|DATADOG_|SENTRY_|LOG_|SSL|DEBUG$|(HTTPS?|ALL|NO)_PROXY$)/i;

/** What a service is given to prove itself with; `SSLKEYLOGFILE` is none. */
const secretName = /(^|_)(SECRET|TOKEN|PASSWORD|PASSPHRASE|CREDENTIALS?|KEY|DSN|WEBHOOK)(_|$)/;

/** Secrets that one purpose has in several places. */
const purposes: Readonly<Record<string, string>> = {
  REDIS_AUTH_TOKEN: "the cache's token",
  [cacheGroup.token]: "the cache's token",
  ORIGIN_SECRET: "the origin's secret",
  [distribution.token]: "the origin's secret",
  [firewall.token]: "what the firewall demands",
};

/** What a firewall demands is what one of these sends. */
const sent = ["the origin's secret", "CRON_SECRET"];

export const knownVariableRules: readonly Rule[] = [
  resourceRule({
    id: "app-variables-known",
    item: "APP-04",
    type: variable,
    check: (declared, { review }) => {
      const { props } = declared;
      const { key, sensitive } = props;
      const ownSecret = sensitive === true && secretName.test(key) && !reserved.test(key);
      // Of the stack's own key only Sentry knows the value before it is made.
      if (key === "SENTRY_DSN" && linked(declared as Resource, "value", sentryKey).length > 0)
        return undefined;
      if (known.test(key) || ownSecret || review.hasPath(variable.token, `variable.${key}`)) return undefined;
      const row = harmless.find((h) => h.key.test(key));
      // Of a secret of the stack file only its name can be seen.
      if (row && (row.value.test(props.value ?? "") || props.value === unknownSecret)) return undefined;
      return { doubt: `no rule knows what ${key} does (in reviewed.yaml: path variable.${key})` };
    },
  }),
  stackRule({
    id: "app-secrets-for-one-purpose",
    item: "APP-05",
    checkStack: (stack) => [
      ...sharedSources(stack),
      ...sharedValues(stack),
      ...stack.ofType(variable).flatMap((declared) => otherToken(declared as Resource, stack)),
    ],
  }),
  eachRule({
    id: "app-database-user-its-own",
    item: "APP-11",
    each: project,
    check: (app, stack) => {
      const masters = stack.ofType(databaseInstance).map(({ props }) => props.username);
      const user = variablesOf(app, stack).get("DATABASE_USER");
      return user && masters.includes(user.props.value ?? "")
        ? { observed: "the service logs in as the database's master user", wanted: "a user of its own" }
        : undefined;
    },
  }),
];

/** Who has a generated secret for one purpose has it for every other that takes the same. */
function sharedSources(stack: Stack): readonly (Violation | Doubt)[] {
  const uses = new Map<Resource, Set<string>>();
  for (const taker of stack.resources) {
    if (isComponent(taker)) continue;
    for (const source of Object.values(taker.propertyDependencies).flat()) {
      if (source.type !== password.token) continue;
      uses.set(source, (uses.get(source) ?? new Set()).add(purposeOf(taker)));
    }
  }
  return [...uses].flatMap(([source, all]) => {
    const demanded = sent.some((purpose) => all.has(purpose));
    const purposes = [...all].filter((purpose) => !demanded || purpose !== "what the firewall demands");
    return purposes.length > 1
      ? about(source, { observed: `it is ${purposes.sort().join(", and ")}`, wanted: "a secret for each" })
      : [];
  });
}

function purposeOf({ type, props }: Resource): string {
  const name = type === variable.token ? String(props["key"]) : type;
  return purposes[name] ?? name;
}

/** The same of secrets that come from the config. */
function sharedValues(stack: Stack): readonly Violation[] {
  const secrets = stack.ofType(variable).flatMap((declared) => {
    const value = declared.props.sensitive === true ? whenReadable(() => declared.props.value) : undefined;
    return value && !value.includes(unknownSecret) ? [{ declared, value, key: declared.props.key }] : [];
  });
  return [...Map.groupBy(secrets, ({ value }) => value).values()].flatMap(([first, ...twins]) =>
    twins
      .filter(({ key }) => key !== first?.key)
      .map(({ declared, key }) => ({
        resource: declared as Resource,
        observed: `${key} is the same secret as ${first?.key}`,
        wanted: "a secret for each",
      })),
  );
}

/** What the service says to the cache is what the cache listens to. */
function otherToken(declared: Resource, stack: Stack): readonly (Violation | Doubt)[] {
  const tokens = stack.ofType(cacheGroup).flatMap((c) => linked(c as Resource, "authToken", password));
  if (declared.props["key"] !== "REDIS_AUTH_TOKEN") return [];
  return linked(declared, "value", password).every((source) => tokens.includes(source))
    ? []
    : about(declared, {
        observed: "REDIS_AUTH_TOKEN is another secret than the cache's token",
        wanted: "the same",
      });
}
