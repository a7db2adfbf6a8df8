import { describe, expect, it } from "vitest";
import { applicationRules } from "../../../../policies/rules/application.ts";
import { unknownSecret } from "../../../../policies/unknown-value.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(applicationRules, id, resources, stack).outcome;

const portal = resource("vercel:index/project:Project", "portal");
const variable = (key: unknown, props: Props = {}) =>
  resource(
    "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
    String(key),
    { key, targets: ["production"], sensitive: false, ...props },
    { projectId: [portal] },
  );

describe("app-secrets-marked-sensitive", () => {
  it.each([
    ["SESSION_SECRET", { sensitive: true }, "pass"],
    ["SESSION_SECRET", {}, "fail"],
    ["STRIPE_KEY", {}, "fail"],
    ["SENTRY_DSN", {}, "fail"],
    ["DATABASE_HOST", {}, "pass"],
    // Compiled into the page, so there is nothing to hide.
    ["NEXT_PUBLIC_MAP_TOKEN", {}, "pass"],
    ["SESSION_SECRET", { sensitive: unknown }, "unknown"],
    [unknown, {}, "unknown"],
  ])("%s with %j: %s", (key, props, expected) => {
    expect(outcome("app-secrets-marked-sensitive", [variable(key, props)])).toBe(expected);
  });

  it("does not tell the secret", () => {
    const { messages } = judge(applicationRules, "app-secrets-marked-sensitive", [
      variable("SESSION_SECRET", { value: "a session secret" }),
    ]);
    expect(messages.join()).not.toContain("a session secret");
  });
});

describe("app-variables-complete", () => {
  const stores = ["DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_USER"];
  const cache = ["REDIS_HOST", "REDIS_PORT", "REDIS_AUTH_TOKEN"];
  const telemetry = ["DATADOG_SITE", "DATADOG_RUM_APPLICATION_ID", "DATADOG_RUM_CLIENT_TOKEN"];
  const all = [...stores, ...cache, ...telemetry, "AWS_ROLE_ARN", "AWS_REGION", "SESSION_SECRET"];
  const set = (keys: readonly string[]) => [portal, ...keys.map((key) => variable(key))];

  it("asks for what a service cannot run without, and for no more", () => {
    expect(outcome("app-variables-complete", set(all))).toBe("pass");
  });

  it.each(all)("misses %s", (key) => {
    expect(outcome("app-variables-complete", set(all.filter((other) => other !== key)))).toBe("fail");
  });
});

it.each([
  ["DATABASE_PASSWORD", "fail"],
  ["DATABASE_URL", "fail"],
  ["PGPASSWORD", "fail"],
  ["DATABASE_HOST", "pass"],
  ["PASSWORD_RESET_URL", "pass"],
])("%s as a login to the database: %s", (key, expected) => {
  expect(outcome("app-database-without-password", [variable(key)])).toBe(expected);
});

describe("sample rates", () => {
  const traces = (props: Props) => [portal, variable("SENTRY_TRACES_SAMPLE_RATE", props)];

  it.each([
    ["1.0", traces({ value: "1.0" }), "pass"],
    ["1", traces({ value: "1" }), "pass"],
    ["0.99", traces({ value: "0.99" }), "fail"],
    ["all", traces({ value: "all" }), "fail"],
    ["1.0 for previews", traces({ value: "1.0", targets: ["preview"] }), "fail"],
    ["nothing", [portal], "fail"],
    ["what is not known yet", traces({ value: unknown }), "unknown"],
  ])("%s: %s", (_, resources, expected) => {
    expect(outcome("app-traces-sampled", resources)).toBe(expected);
  });

  it("are each project's own", () => {
    const other = resource("vercel:index/project:Project", "shop");
    expect(outcome("app-traces-sampled", [other, ...traces({ value: "1.0" })])).toBe("fail");
  });
});

describe("app-secrets-strong", () => {
  const secret = (value: unknown) => [
    resource("vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable", "secret", {
      key: "SESSION_SECRET",
      value,
      targets: ["production"],
    }),
  ];

  it.each([
    ["what comes with the deployment", secret(unknown), "pass"],
    ["what a stack file has encrypted", secret(unknownSecret), "pass"],
    ["what a team has generated", secret("9f86d081884c7d659a2feaa0c55ad015"), "pass"],
    ["a word", secret("change-me-please-change-me"), "fail"],
    ["nothing", secret(""), "fail"],
  ])("%s is a secret", (_, resources, expected) => {
    expect(outcome("app-secrets-strong", resources)).toBe(expected);
  });

  it("does not tell the secret", () => {
    const { messages } = judge(applicationRules, "app-secrets-strong", secret("hunter2-hunter2"));
    expect(messages.join()).not.toContain("hunter2");
  });

  it("is not asked of what is no secret", () => {
    expect(outcome("app-secrets-strong", [variable("AWS_REGION", { value: "eu-central-1" })])).toBe("pass");
  });
});

it.each([
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0", "fail"],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "1", "pass"],
  ["NODE_OPTIONS", "--inspect=0.0.0.0:9229", "fail"],
  ["NODE_OPTIONS", "--max-old-space-size=1024", "pass"],
  ["NODE_ENV", "development", "fail"],
  ["NODE_ENV", "production", "pass"],
  ["PGSSLMODE", "require", "fail"],
  ["PGSSLMODE", "verify-full", "pass"],
  ["OTEL_SDK_DISABLED", "true", "fail"],
  ["FEATURE", "0", "pass"],
  ["NODE_OPTIONS", unknown, "pass"],
])("%s of %s: %s", (key, value, expected) => {
  expect(outcome("app-variables-do-no-harm", [variable(key, { value })])).toBe(expected);
});

describe("app-variables-mean-this-stack", () => {
  const from = (key: string, of: readonly Registration[]) => ({
    ...variable(key, { value: unknown }),
    propertyDependencies: { projectId: [portal.urn], value: of.map(({ urn }) => urn) },
  });
  const database = resource("aws:rds/instance:Instance", "db");
  const cache = resource("aws:elasticache/replicationGroup:ReplicationGroup", "cache");
  const domain = resource("aws:cloudfront/distribution:Distribution", "site", {
    aliases: ["www.example.com"],
  });
  const url = (value: unknown) => variable("APP_URL", { value });
  const judged = (...more: readonly Registration[]) =>
    outcome("app-variables-mean-this-stack", [portal, database, cache, domain, ...more]);

  it("takes the stores of this stack", () => {
    const own = url("https://www.example.com/shop");
    expect(judged(own, from("DATABASE_HOST", [database]), from("REDIS_HOST", [cache]))).toBe("pass");
    expect(judged(own, from("DATABASE_HOST", [cache]))).toBe("fail");
    expect(judged(own, from("REDIS_HOST", []))).toBe("fail");
  });

  it.each([
    ["http://www.example.com", "fail"],
    ["https://www.example.org", "fail"],
    ["www.example.com", "fail"],
    [unknown, "unknown"],
  ])("is reached at %s: %s", (value, expected) => {
    expect(judged(url(value))).toBe(expected);
  });
});

it.each([
  ["APP_ENVIRONMENT", { targets: ["production"] }, "pass"],
  ["APP_ENVIRONMENT", { targets: ["production", "preview"] }, "fail"],
  ["APP_ENVIRONMENT", { customEnvironmentIds: ["env_1"] }, "fail"],
  ["NEXT_PUBLIC_NAME", { targets: ["production", "preview"] }, "pass"],
])("%s with %j is production's alone: %s", (key, props, expected) => {
  expect(outcome("app-variables-for-production-alone", [variable(key, props)])).toBe(expected);
});

describe("app-telemetry-named", () => {
  const names = (service: string, environment = "prod") => [
    portal,
    variable("OTEL_SERVICE_NAME", { value: service }),
    variable("OTEL_RESOURCE_ATTRIBUTES", { value: `a=b,deployment.environment.name=${environment}` }),
    variable("SENTRY_ENVIRONMENT", { value: "prod" }),
    variable("APP_ENVIRONMENT", { value: "prod" }),
  ];

  it.each([
    ["its service and stack", names("portal"), "pass"],
    ["another service", names("shop"), "fail"],
    ["another stack", names("portal", "staging"), "fail"],
    [
      "a site of Datadog's",
      [...names("portal"), variable("DATADOG_SITE", { value: "us5.datadoghq.com" })],
      "pass",
    ],
    [
      "a government's site",
      [...names("portal"), variable("DATADOG_SITE", { value: "ddog-gov.com" })],
      "pass",
    ],
    ["a site that is none", [...names("portal"), variable("DATADOG_SITE", { value: "example.com" })], "fail"],
    [
      "a site of a continent",
      [...names("portal"), variable("DATADOG_SITE", { value: "ap1.datadoghq.eu" })],
      "fail",
    ],
    ["nothing", [portal], "fail"],
  ])("what is measured is named after %s", (_, resources, expected) => {
    expect(outcome("app-telemetry-named", resources)).toBe(expected);
  });
});

describe("what is written down of a store", () => {
  const database = resource("aws:rds/instance:Instance", "db", { dbName: "web", region: "eu-west-1" });
  const host = {
    ...variable("DATABASE_HOST", { value: unknown }),
    propertyDependencies: { projectId: [portal.urn], value: [database.urn] },
  };
  const site = resource("aws:cloudfront/distribution:Distribution", "site", { aliases: ["www.example.com"] });
  const url = variable("APP_URL", { value: "https://www.example.com" });

  it.each([
    ["DATABASE_PORT", "5432", "pass"],
    ["DATABASE_PORT", "5433", "fail"],
    ["DATABASE_NAME", "web", "pass"],
    ["DATABASE_NAME", "other", "fail"],
    ["AWS_REGION", "eu-west-1", "pass"],
    ["AWS_REGION", "eu-central-1", "fail"],
  ])("%s of %s: %s", (key, value, expected) => {
    const resources = [portal, database, host, site, url, variable(key, { value })];
    expect(outcome("app-variables-mean-this-stack", resources)).toBe(expected);
  });
});
