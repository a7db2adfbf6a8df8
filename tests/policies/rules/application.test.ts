import { describe, expect, it } from "vitest";
import { applicationRules } from "../../../policies/rules/application.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(applicationRules, id, resources, stack).outcome;

const project = (props: Props = {}) => resource("vercel:index/project:Project", "portal", props);
const portal = project();
const variable = (key: unknown, props: Props = {}) =>
  resource(
    "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
    String(key),
    { key, targets: ["production"], sensitive: false, ...props },
    { projectId: [portal] },
  );
it.each([
  ["standard_protection_new", "pass"],
  ["all_deployments", "fail"],
  // How the SDK's documentation spells it, and the provider does not.
  ["standardProtectionNew", "fail"],
  ["only_preview_deployments", "fail"],
  ["none", "fail"],
  [unknown, "unknown"],
])("previews behind %s: %s", (deploymentType, expected) => {
  const app = project({ vercelAuthentication: { deploymentType } });
  expect(outcome("app-previews-protected", [app])).toBe(expected);
});

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
  const all = [...stores, ...cache, "AWS_ROLE_ARN", "AWS_REGION", "SESSION_SECRET"];
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

describe("the role of a service", () => {
  const vercel = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "vercel", {
    url: "https://oidc.vercel.com/example",
  });
  const role = (condition: Props, provider = vercel) =>
    resource(
      "aws:iam/role:Role",
      "portal",
      {
        assumeRolePolicy: {
          Statement: [{ Effect: "Allow", Principal: { Federated: unknown }, Condition: condition }],
        },
      },
      { assumeRolePolicy: [provider] },
    );
  const subject = (sub: unknown, operator = "StringEquals") => [
    vercel,
    role({ [operator]: { "oidc.vercel.com/example:sub": sub } }),
  ];

  it.each([
    ["one project's production", subject("owner:example:project:portal:environment:production"), "pass"],
    ["its previews", subject("owner:example:project:portal:environment:preview"), "fail"],
    ["every project", subject("owner:example:project:*:environment:production"), "fail"],
    ["a pattern", subject("owner:example:project:portal:environment:production", "StringLike"), "fail"],
    ["everybody", [vercel, role({})], "fail"],
    ["no role", [vercel], "fail"],
    ["what is not known yet", subject(unknown), "unknown"],
  ])("is for %s", (_, resources, expected) => {
    expect(outcome("app-role-for-production-alone", resources)).toBe(expected);
  });

  const owner = role({});
  const database = resource("aws:rds/instance:Instance", "db");
  const policy = (statement: Props, to: readonly Registration[] = [database], of = owner) => [
    vercel,
    database,
    owner,
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "database",
      {
        policy: {
          Statement: [{ Effect: "Allow", Action: "rds-db:connect", Resource: unknown, ...statement }],
        },
      },
      { role: [of], policy: to },
    ),
  ];

  it.each([
    ["one action", policy({}), "pass"],
    ["a list of it", policy({ Action: ["rds-db:connect"] }), "pass"],
    ["one more", policy({ Action: ["rds-db:connect", "s3:GetObject"] }), "fail"],
    ["all", policy({ Action: "*" }), "fail"],
    ["all but some", policy({ Action: undefined, NotAction: "iam:*" }), "fail"],
  ])("may do %s", (_, resources, expected) => {
    expect(outcome("app-role-logs-in-alone", resources)).toBe(expected);
  });

  it.each([
    ["one database", policy({}), "pass"],
    [
      "one database by its ARN",
      policy({ Resource: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-A/portal" }),
      "pass",
    ],
    ["every database", policy({ Resource: "*" }, []), "fail"],
    ["one and every", policy({ Resource: [unknown, "*"] }), "fail"],
    ["a database of another stack", policy({}, []), "fail"],
    [
      "a policy that is not known yet",
      [...policy({}).slice(0, 3), { ...policy({})[3], props: { policy: unknown } } as Registration],
      "unknown",
    ],
  ])("reaches %s", (_, resources, expected) => {
    expect(outcome("app-role-for-one-database", resources)).toBe(expected);
  });
});

describe("app-released-gradually", () => {
  const release = (first: Props) => [
    portal,
    resource(
      "vercel:index/projectRollingRelease:ProjectRollingRelease",
      "release",
      { stages: [first, { targetPercentage: 100 }] },
      { projectId: [portal] },
    ),
  ];

  it.each([
    ["a quarter for ten minutes", "prod", release({ targetPercentage: 25, duration: 10 }), "pass"],
    ["until somebody lets it go on", "prod", release({ targetPercentage: 25 }), "pass"],
    ["more than a quarter", "prod", release({ targetPercentage: 26, duration: 10 }), "fail"],
    ["for nine minutes", "prod", release({ targetPercentage: 25, duration: 9 }), "fail"],
    ["not", "prod", [portal], "fail"],
    ["not, in staging", "staging", [portal], "not-applicable"],
    ["at a share that is not known yet", "prod", release({ targetPercentage: unknown }), "unknown"],
  ])("released %s", (_, stack, resources, expected) => {
    expect(outcome("app-released-gradually", resources, stack)).toBe(expected);
  });
});
