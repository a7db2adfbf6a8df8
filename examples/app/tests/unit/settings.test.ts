import { describe, expect, it } from "vitest";
import { browserReporting } from "../../server/browser-reporting.ts";
import { where as cacheAt } from "../../server/cache.ts";
import { where as databaseAt } from "../../server/database.ts";
import { rate } from "../../server/sentry.ts";
import { commitOf, isSecure, siteOf } from "../../server/site.ts";

const stack = {
  DATABASE_HOST: "db.example.com",
  DATABASE_PORT: "5432",
  DATABASE_NAME: "app",
  DATABASE_USER: "portal",
  AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/portal",
  AWS_REGION: "eu-central-1",
  REDIS_HOST: "cache.example.com",
  REDIS_PORT: "6379",
  REDIS_AUTH_TOKEN: "token",
};

describe("by the stack's variables", () => {
  it("the database is reached over TLS, by Amazon's certificates and a token for each connection", () => {
    const settings = databaseAt(stack);
    expect(settings).toMatchObject({ host: "db.example.com", port: 5432, database: "app", user: "portal" });
    expect(settings.ssl).toMatchObject({
      ca: expect.arrayContaining([expect.stringContaining("BEGIN CERTIFICATE")]),
    });
    expect(settings.password).toBeTypeOf("function");
  });

  it("the cache is reached over TLS, by its token", () => {
    expect(cacheAt(stack)).toMatchObject({
      password: "token",
      socket: { host: "cache.example.com", port: 6379, tls: true },
    });
  });
});

it("addresses of one's own come first", () => {
  expect(databaseAt({ ...stack, DATABASE_URL: "postgres://localhost/x" })).toEqual({
    connectionString: "postgres://localhost/x",
  });
  expect(cacheAt({ ...stack, REDIS_URL: "redis://localhost" })).toMatchObject({ url: "redis://localhost" });
});

it("nothing is guessed where variables are missing", () => {
  expect(() => databaseAt({ ...stack, AWS_ROLE_ARN: undefined })).toThrow(/no database/);
  expect(() => cacheAt({ ...stack, REDIS_AUTH_TOKEN: undefined })).toThrow(/no cache/);
});

it("the cache is asked again ever more slowly, and never given up", () => {
  const { socket } = cacheAt(stack);
  const again = socket?.reconnectStrategy;
  if (typeof again !== "function") throw new Error("there is no strategy");
  const waits = [0, 3, 30].map((retries) => again(retries, new Error("gone")));
  expect(waits).toEqual([100, 800, 3_000]);
});

it.each([
  ["1.0", 1],
  ["0.1", 0.1],
  ["", 0],
  [undefined, 0],
  ["2", 0],
  ["all", 0],
])("the sample rate %j is %d", (written, share) => {
  expect(rate(written)).toBe(share);
});

it("the site is the customers' address", () => {
  expect(siteOf({ APP_URL: "https://portal.example.com" }).host).toBe("portal.example.com");
  expect(isSecure({ APP_URL: "https://portal.example.com" })).toBe(true);
  expect(isSecure({})).toBe(false);
});

it("the commit is Vercel's", () => {
  expect(commitOf({ VERCEL_GIT_COMMIT_SHA: "a", APP_COMMIT: "b" })).toBe("a");
  expect(commitOf({})).toBe("unknown");
});

describe("pages report to Datadog", () => {
  const variables = {
    DATADOG_RUM_APPLICATION_ID: "id",
    DATADOG_RUM_CLIENT_TOKEN: "token",
    DATADOG_SITE: "datadoghq.eu",
    OTEL_SERVICE_NAME: "portal",
    APP_ENVIRONMENT: "prod",
  };
  it("under the names that monitors look for", () => {
    expect(browserReporting(variables, 7)).toMatchObject({ service: "portal", env: "prod", userId: "7" });
    expect(browserReporting(variables)).not.toHaveProperty("userId");
  });

  it.each(["DATADOG_RUM_APPLICATION_ID", "DATADOG_RUM_CLIENT_TOKEN", "DATADOG_SITE"])(
    "not without %s",
    (name) => {
      expect(browserReporting({ ...variables, [name]: undefined })).toBeUndefined();
    },
  );
});
