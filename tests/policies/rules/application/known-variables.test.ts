import { describe, expect, it } from "vitest";
import { messageOf } from "../../../../model/finding.ts";
import { evaluate } from "../../../../policies/evaluate.ts";
import { knownVariableRules } from "../../../../policies/rules/application/known-variables.ts";
import { resource } from "../../support/linked.ts";
import { declared, stackOf, unknown } from "../../support/stack.ts";

const variable = "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable";
const app = declared("vercel:index/project:Project", { name: "portal" }, { name: "portal" });
const [token, own] = ["cache", "session"].map((name) =>
  declared("random:index/randomPassword:RandomPassword", { length: 64 }, { name }),
) as [ReturnType<typeof declared>, ReturnType<typeof declared>];
const cache = resource(
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "cache",
  { authToken: unknown },
  { authToken: [token] },
);
const database = declared("aws:rds/instance:Instance", { username: "dba" }, { name: "db" });

function set(
  key: string,
  value: unknown,
  more: object = {},
  from: readonly ReturnType<typeof declared>[] = [],
) {
  return resource(
    variable,
    key,
    { projectId: unknown, key, value, sensitive: false, targets: ["production"], ...more },
    { projectId: [app], ...(from.length > 0 ? { value: from } : {}) },
  );
}

function found(id: string, variables: readonly ReturnType<typeof declared>[], reviewed: object[] = []) {
  const rules = knownVariableRules.filter((rule) => rule.id === id);
  const stack = stackOf([app, token, own, cache, database, ...variables]);
  return evaluate(rules, stack, new Date(), { reviewed: reviewed as never })
    .filter((f) => f.outcome !== "pass")
    .map((f) => [f.outcome, messageOf(f, "prod").split(" (APP")[0]]);
}

describe("app-variables-known", () => {
  const id = "app-variables-known";

  it("holds for what rules know, and for secrets of the service's own", () => {
    expect(found(id, [set("APP_URL", "https://a"), set("STRIPE_KEY", "x", { sensitive: true })])).toEqual([]);
  });

  it.each([
    ["HTTPS_PROXY", {}],
    ["FEATURE_X", {}],
    ["NODE_EXTRA_CA_CERTS", { sensitive: true }],
    ["NEXT_PUBLIC_KEY", { sensitive: true }],
    ["PGHOST", { sensitive: true }],
    ["BASH_ENV", { sensitive: true }],
    ["SSLKEYLOGFILE", { sensitive: true }],
    ["SENTRY_DSN", { sensitive: true, value: "https://0123abcd@errors.example.net/1" }],
    ["REACT_APP_SECRET", { sensitive: true }],
  ])("is undecided about %s", (key, more) => {
    expect(found(id, [set(key, "x", { ...more })])).toEqual([
      ["unknown", `${key}: no rule knows what ${key} does (in reviewed.yaml: path variable.${key})`],
    ]);
  });

  it.each([
    ["FEATURE_SEARCH", "on"],
    ["SENTRY_DSN", "https://0123abcd@o4504.ingest.de.sentry.io/4505"],
    ["SENTRY_DSN", "[unknown secret]"],
  ])("holds for %s=%s", (key, value) => {
    expect(found(id, [set(key, value)])).toEqual([]);
  });

  it("is undecided about an address that comes with the deployment", () => {
    expect(found(id, [set("SENTRY_DSN", unknown)])).toEqual([["unknown", expect.any(String)]]);
  });

  it("takes a team's word", () => {
    const row = { type: variable, path: "variable.FEATURE_X", reason: "shows a button", owner: "web" };
    expect(found(id, [set("FEATURE_X", "x")], [row])).toEqual([]);
  });
});

describe("app-secrets-for-one-purpose", () => {
  const id = "app-secrets-for-one-purpose";
  const good = [
    set("SESSION_SECRET", unknown, { sensitive: true }, [own]),
    set("REDIS_AUTH_TOKEN", unknown, { sensitive: true }, [token]),
    set("DATABASE_USER", "portal"),
  ];

  it("holds where each has its own", () => {
    expect(found(id, good)).toEqual([]);
  });

  it.each([
    [
      "the cache's token signs sessions",
      set("SESSION_SECRET", unknown, {}, [token]),
      "SESSION_SECRET, and the",
    ],
    [
      "the cache gets another secret",
      set("REDIS_AUTH_TOKEN", unknown, {}, [own]),
      "REDIS_AUTH_TOKEN is another",
    ],
    ["a job is asked with it", set("CRON_SECRET", unknown, {}, [own]), "CRON_SECRET, and SESSION_SECRET"],
  ])("fails where %s", (_, changed, message) => {
    const variables = [...good.filter(({ name }) => name !== changed.name), changed];
    expect(found(id, variables)).toContainEqual(["fail", expect.stringContaining(message)]);
  });

  it("fails where one secret of the config has two names, which it does not show", () => {
    const twins = ["STRIPE_KEY", "MAIL_TOKEN"].map((key) => set(key, "s3cret", { sensitive: true }));
    expect(found(id, [...good, ...twins])).toEqual([
      ["fail", "MAIL_TOKEN: MAIL_TOKEN is the same secret as STRIPE_KEY, must be a secret for each"],
    ]);
  });

  it("says nothing of secrets that it cannot read", () => {
    const closed = ["STRIPE_KEY", "MAIL_TOKEN"].map((key) =>
      set(key, "[unknown secret]", { sensitive: true }),
    );
    expect(found(id, [...good, ...closed])).toEqual([]);
  });
});

describe("app-database-user-its-own", () => {
  const id = "app-database-user-its-own";

  it("holds for a user of the service's own, and fails for the master", () => {
    expect(found(id, [set("DATABASE_USER", "portal")])).toEqual([]);
    expect(found(id, [set("DATABASE_USER", "dba")])).toEqual([
      ["fail", expect.stringContaining("logs in as the database's master user")],
    ]);
  });

  it("is undecided while the user is not known", () => {
    expect(found(id, [set("DATABASE_USER", unknown)])).toEqual([["unknown", expect.any(String)]]);
  });
});
