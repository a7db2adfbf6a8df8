import { describe, expect, it } from "vitest";
import { PrivateNetwork } from "../../components/app/private-network.ts";
import { App, type AppArgs } from "../../components/app.ts";
import { defaultServiceLevels } from "../../model/service-levels/targets.ts";
import { declare, inputsOf, only, tags } from "./support/declare.ts";

const service: AppArgs["service"] = {
  name: "portal",
  repository: "example/portal",
  branch: "main",
  framework: "nextjs",
  path: "/",
  pages: { login: "/sign-in" },
  routes: {
    list: "/api/orders",
    read: "/api/orders/1",
    write: "/api/orders/drafts",
    analytics: "/api/analytics",
    search: "/api/search",
  },
  healthPath: "/api/health",
  crons: [],
  maxDurationSeconds: 30,
  inlineScripts: "nonce",
  checks: {},
  secrets: ["PARTNER_LOGIN"],
  serviceLevels: defaultServiceLevels,
};

const args: AppArgs = {
  service,
  stack: "prod",
  tier: "production",
  domain: "portal.example.com",
  way: { kind: "cloudfront", originSecret: "an origin secret", ownsDomain: true },
  vercel: { teamId: "team_example", region: "fra1" },
  database: { host: "db.example.com", port: 5432, name: "portal" },
  cache: { host: "cache.example.com", port: 6379, authToken: "a token" },
  aws: { roleArn: "arn:role", region: "eu-central-1" },
  secrets: { PARTNER_LOGIN: "a login" },
  environment: { EXAMPLE_SITE: "example.com", EXAMPLE_CLIENT_TOKEN: "a client token" },
};

const app = (change: Partial<AppArgs> = {}, preview = false) =>
  declare(() => new App("portal", { ...args, ...change }), preview);

/** Every variable's value is a secret of the protocol. */
const valueIs = (value: string) => ({ value: { value } });

interface FirewallRule {
  readonly name: string;
  readonly conditionGroups: readonly { readonly conditions: readonly Readonly<Record<string, string>>[] }[];
  readonly action: { readonly rateLimit?: { readonly keys: readonly string[] } };
}
const twice = (condition: object) => [condition, condition];
const firewall = async (change: Partial<AppArgs> = {}) =>
  (only(await app(change), "FirewallConfig")["rules"] as { rules: FirewallRule[] }).rules;

describe("the environment", () => {
  const variables = async () =>
    new Map(inputsOf(await app(), "ProjectEnvironmentVariable").map((v) => [v["key"], v]));

  it("is for production alone", async () => {
    for (const [key, { targets }] of await variables()) expect(targets, String(key)).toEqual(["production"]);
  });

  it("hides secrets, and what is named like one", async () => {
    const sensitive = [...(await variables()).values()].filter((v) => v["sensitive"]).map((v) => v["key"]);
    expect(sensitive.sort()).toEqual([
      "EXAMPLE_CLIENT_TOKEN",
      "PARTNER_LOGIN",
      "REDIS_AUTH_TOKEN",
      "SESSION_SECRET",
    ]);
  });

  it("says where the stores are, as text", async () => {
    const all = await variables();
    expect(all.get("DATABASE_PORT")).toMatchObject(valueIs("5432"));
    expect(all.get("DATABASE_USER")).toMatchObject(valueIs("portal"));
    expect(all.get("REDIS_PORT")).toMatchObject(valueIs("6379"));
  });
});

describe("the firewall", () => {
  it("lets nothing into production without CloudFront's secret, before anything else counts", async () => {
    const [lock] = await firewall();
    const header = { type: "header", key: "x-origin-secret" };
    const production = { type: "environment", op: "eq", value: "production" };
    const spared = { type: "path", op: "pre", value: "/.well-known/acme-challenge/", neg: true };
    expect(lock).toMatchObject({
      action: { action: "deny" },
      conditionGroups: [
        { conditions: [production, { ...header, op: "nex" }, spared] },
        { conditions: [production, { ...header, op: "neq", value: "an origin secret" }, spared] },
      ],
    });
  });

  it("lets Vercel's clock in at the paths that it calls, with the secret that the service has", async () => {
    const declared = await app({ service: { ...service, crons: ["/api/cron/a"] } });
    const [lock] = (only(declared, "FirewallConfig")["rules"] as { rules: FirewallRule[] }).rules;
    const strangers = lock?.conditionGroups.map(({ conditions }) => conditions[2]);
    expect(strangers).toEqual([
      ...twice({ type: "path", op: "ninc", values: ["/api/cron/a"] }),
      ...twice({ type: "header", key: "authorization", op: "nex" }),
      ...twice({ type: "header", key: "authorization", op: "neq", value: "Bearer generated" }),
    ]);
    const secret = inputsOf(declared, "ProjectEnvironmentVariable").find((v) => v["key"] === "CRON_SECRET");
    expect(secret).toMatchObject({ sensitive: true, ...valueIs("generated") });
  });

  it("counts by the customer's address, not by CloudFront's", async () => {
    const limits = (await firewall()).flatMap((rule) => rule.action.rateLimit ?? []);
    expect(limits).toHaveLength(2);
    for (const { keys } of limits) expect(keys).toEqual(["header:x-viewer-address"]);
  });

  it.each([
    ["/", { login: "/sign-in" }, {}, ["pre /sign-in", "pre /api"]],
    ["/", { start: "/", "sign-in": "/in" }, { login: "sign-in" }, ["pre /in", "pre /api"]],
    ["/", {}, {}, ["pre /login", "pre /api"]],
    ["/shop", {}, {}, ["pre /shop/login", "pre /shop/api"]],
    ["/", { start: "/" }, { login: "start" }, ["eq /", "pre /api"]],
  ])(
    "limits a service at %s with the pages %j and roles %j at %j",
    async (path, pages, pageRoles, limited) => {
      const rules = await firewall({ service: { ...service, path, pages, pageRoles } });
      const paths = rules
        .flatMap((rule) => rule.conditionGroups.flatMap((group) => group.conditions))
        .filter(({ type, neg }) => type === "path" && !neg)
        .map(({ op, value }) => `${op} ${value}`);
      expect(paths).toEqual(limited);
    },
  );
});

describe("the project", () => {
  it("is one for each stack, and runs beside the database", async () => {
    expect(only(await app({ stack: "staging" }), "Project")).toMatchObject({
      name: "portal-staging",
      gitRepository: { repo: "example/portal", productionBranch: "main" },
      resourceConfig: { functionDefaultRegions: ["fra1"] },
    });
  });

  it("tells the service below which address customers see it", async () => {
    const declared = await app({ service: { ...service, path: "/shop" } });
    const url = inputsOf(declared, "ProjectEnvironmentVariable").find((v) => v["key"] === "APP_URL");
    expect(url).toMatchObject(valueIs("https://portal.example.com/shop"));
  });

  it("has the customers' host name where CloudFront calls it so, beside its own", async () => {
    const hosts = async (ownsDomain: boolean) =>
      inputsOf(
        await app({ way: { kind: "cloudfront", originSecret: "an origin secret", ownsDomain } }),
        "ProjectDomain",
      ).map(({ domain }) => domain);
    expect(await hosts(true)).toEqual(["portal.origin.portal.example.com", "portal.example.com"]);
    expect(await hosts(false)).toEqual(["portal.origin.portal.example.com"]);
  });

  it("has the customers' host name alone behind Vercel's own edge, and counts by address there", async () => {
    const declared = await app({ way: { kind: "vercel", rateLimitPer5Minutes: 900, owaspRules: false } });
    expect(inputsOf(declared, "ProjectDomain").map(({ domain }) => domain)).toEqual(["portal.example.com"]);
    const { managedRulesets, rules } = only(declared, "FirewallConfig");
    expect(managedRulesets).toEqual({ botProtection: { action: "log", active: true } });
    const limits = Object(rules).rules.flatMap(
      ({ action }: { readonly action: { readonly rateLimit?: object } }) => action.rateLimit ?? [],
    );
    expect(limits).toContainEqual(
      expect.objectContaining({ algo: "fixed_window", keys: ["ip"], limit: 900, window: 300 }),
    );
    expect(JSON.stringify(rules)).not.toContain("header");
  });

  it("releases step by step in production and at once in staging", async () => {
    const { stages } = only(await app(), "ProjectRollingRelease");
    expect(stages).toEqual([{ targetPercentage: 10, duration: 10 }, { targetPercentage: 100 }]);
    expect(inputsOf(await app({ tier: "staging" }), "ProjectRollingRelease")).toEqual([]);
  });

  it("is the same in a preview, where nothing is known yet", async () => {
    const names = async (preview: boolean) =>
      (await app({}, preview)).map(({ type, name }) => `${type} ${name}`).sort();
    expect(await names(true)).toEqual(await names(false));
  });
});

describe("PrivateNetwork", () => {
  const settings = { privateNetworkCidr: "10.60.0.0/20" };
  const vercel = { teamId: "team_example", region: "fra1" };
  const network = { settings, vercel, label: "portal-prod", routeTableId: "rtb-1", tags };

  it("has no way into the VPC before Vercel has asked for one", async () => {
    const declared = await declare(() => new PrivateNetwork("private", network));
    expect(declared.map(({ type }) => type)).toEqual(["PrivateNetwork", "Network"]);
    expect(only(declared, "Network")).toMatchObject({ name: "portal-prod" });
  });

  it("accepts the peering and routes its own range to it", async () => {
    const peered = { ...network, settings: { ...settings, peeringConnectionId: "pcx-0a1b2c3d4e5f60718" } };
    const declared = await declare(() => new PrivateNetwork("private", peered));
    expect(only(declared, "VpcPeeringConnectionAccepter")).toMatchObject({
      vpcPeeringConnectionId: "pcx-0a1b2c3d4e5f60718",
      autoAccept: true,
    });
    expect(only(declared, "Route")).toMatchObject({
      routeTableId: "rtb-1",
      destinationCidrBlock: "10.60.0.0/20",
    });
  });
});
