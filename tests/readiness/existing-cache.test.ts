/** A cache that is there already, by what facts tell of it. */
import { describe, expect, it } from "vitest";
import { whenReadable } from "../../policies/unknown-value.ts";
import { declaredStack } from "../../readiness/inputs/declared-stack.ts";
import { type Config, writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import { replicationGroupId, writeCacheFacts } from "./parts/existing-cache.ts";
import { type Changes, existingConfig, flowLogId, ingress } from "./parts/existing-database.ts";
import { run } from "./project.ts";

const encrypted = { secure: "AAABAMcGtHDraogfM3Qk4WyaNp3F/syk2cjHPQTb6Hu6ps8=" };
const cache = { kind: "existing", replicationGroupId, nodeType: "cache.m7g.large", nodes: 2, flowLogId };

interface Told {
  readonly changes?: Changes;
  readonly recorded?: Date;
  readonly config?: (config: Config) => Readonly<Record<string, unknown>>;
  readonly stacks?: readonly ("staging" | "prod")[];
}

/** The reports on the fixtures' stacks with a cache that is there already. */
async function judged({ changes, recorded, config = () => ({}), stacks = ["prod"] }: Told = {}) {
  const cwd = temporary();
  for (const stack of stacks) {
    let peered = "";
    writeChanged(cwd, stack, (given) => {
      peered = Reflect.get(given["readiness:network"] ?? {}, "privateNetworkCidr");
      return { "readiness:cache": cache, "secrets:CACHE_TOKEN": encrypted, ...config(given) };
    });
    writeCacheFacts(cwd, stack, {
      peered,
      ...(changes && { changes }),
      ...(recorded && { recorded }),
    });
  }
  const result = await run(["check", "--all", "--format", "json"], { cwd });
  if (result.stderr !== "") throw new Error(result.stderr);
  return reportIn(result).stacks.map((stack) => ({
    ...stack,
    of: (...outcomes: readonly string[]) =>
      stack.findings.filter(({ kind, outcome }) => kind === "policy" && outcomes.includes(outcome)),
  }));
}

const messages = (found: readonly { readonly message: string }[]) => found.map(({ message }) => message);

/** What is asked of the group's own settings. */
const own = [
  "cache-clients-private",
  "cache-fails-over",
  "cache-in-own-subnets",
  "cache-logs-arrive",
  "cache-logs-delivered",
  "cache-logs-kept",
  "cache-multi-zone",
  "cache-parameters-sound",
  "cache-patched",
  "cache-replicated",
  "cache-settings-sound",
  "cache-snapshots-retained",
  "cache-storage-encrypted",
  "cache-storage-key-own",
  "cache-tls-required",
  "cache-token-generated",
  "cache-windows-apart",
];

/** Of the network of another program's database: nothing is made. */
const notMade = ({ "readiness:network": network }: Config) => {
  const { cidr: _, zones: __, logRetentionDays: ___, peeringConnectionId: ____, ...way } = Object(network);
  return { "readiness:network": way };
};

describe("a cache that is there already", () => {
  it.each<[string, NonNullable<Told["config"]>]>([
    ["beside a database of the stack's own", () => ({})],
    [
      "beside a database that is there too",
      (config) => ({
        ...notMade(config),
        "readiness:database": existingConfig({})["readiness:database"],
      }),
    ],
    [
      "beside a database elsewhere",
      (config) => ({
        ...notMade(config),
        "readiness:database": { kind: "external", provider: "neon" },
        "secrets:DATABASE_URL": encrypted,
      }),
    ],
  ])("%s: staging is GO, and production lacks nothing that is declared or told", async (_, config) => {
    for (const { stack, of, verdict } of await judged({ config, stacks: ["staging", "prod"] })) {
      // Who may delete the database's key is for its tests.
      const found = messages(of("fail", "error", "unknown")).filter((said) => !/BAK-05/.test(said));
      expect(found).toEqual([]);
      if (stack === "staging") expect(verdict).toBe("GO");
      else expect(of("pass").map(({ by }) => by)).toEqual(expect.arrayContaining(own));
    }
  });

  it("is watched by its name, and told to the services", async () => {
    const cwd = temporary();
    writeChanged(cwd, "prod", () => ({
      "readiness:cache": { ...cache, user: "portal" },
      "secrets:CACHE_TOKEN": encrypted,
    }));
    const { stack } = await declaredStack(cwd, "prod");
    const texts = (type: string, key: string) =>
      stack.resources
        .filter((one) => one.type === type)
        .map(({ props }) => String(whenReadable(() => props[key])));
    const queries = texts("datadog:index/monitor:Monitor", "query").filter((query) =>
      query.includes("aws.elasticache."),
    );
    expect(queries.length).toBeGreaterThanOrEqual(8);
    for (const query of queries) expect(query).toContain(`{replication_group:${replicationGroupId}}`);
    const keys = texts("vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable", "key");
    expect(keys.filter((key) => key.startsWith("REDIS_")).toSorted()).toEqual([
      "REDIS_AUTH_TOKEN",
      "REDIS_HOST",
      "REDIS_PORT",
      "REDIS_USER",
    ]);
    expect(stack.resources.filter(({ type }) => type.startsWith("aws:elasticache/"))).toEqual([]);
  });

  it("is unknown by facts that are too old, and fails nothing", async () => {
    const [prod] = await judged({ recorded: new Date(Date.now() - 40 * 86_400_000) });
    expect(messages(prod?.of("fail", "error") ?? [])).toEqual([]);
    expect(prod?.of("unknown").map(({ by }) => by)).toEqual(expect.arrayContaining(own));
  });

  it.each<[string, Changes, string, string]>([
    [
      "plain",
      { cache: { transitEncryptionEnabled: false } },
      "cache-tls-required",
      "transitEncryptionEnabled is false",
    ],
    [
      "plain for some",
      { cache: { transitEncryptionMode: "preferred" } },
      "cache-tls-required",
      "transitEncryptionMode is preferred",
    ],
    [
      "open to who reaches it",
      { login: { authTokenEnabled: false } },
      "cache-token-generated",
      "it asks nobody for a token",
    ],
    [
      "open by a user without a password",
      { cache: { userGroupIds: ["sessions"] }, defaultUser: { accessString: "on ~* +@all" } },
      "cache-token-generated",
      "authenticationMode.type is no-password",
    ],
    [
      "readable on its disks",
      { cache: { atRestEncryptionEnabled: false } },
      "cache-storage-encrypted",
      "atRestEncryptionEnabled is false",
    ],
    ["under AWS's key", { cache: { kmsKeyId: "" } }, "cache-storage-key-own", "kmsKeyId is not set"],
    ["in one zone", { cache: { multiAzEnabled: false } }, "cache-multi-zone", "multiAzEnabled is false"],
    ["of one node", { cache: { numCacheClusters: 1 } }, "cache-replicated", "numCacheClusters is 1"],
    [
      "never copied",
      { cache: { snapshotRetentionLimit: 0 } },
      "cache-snapshots-retained",
      "snapshotRetentionLimit is 0",
    ],
    ["out of support", { cache: { engineVersion: "5.0" } }, "cache-settings-sound", "engineVersion is 5.0"],
    [
      "never patched",
      { cache: { autoMinorVersionUpgrade: false } },
      "cache-patched",
      "autoMinorVersionUpgrade is false",
    ],
    [
      "open to the internet",
      { cacheGroup: { ingress: [ingress(["0.0.0.0/0"], 6379)] } },
      "cache-clients-private",
      "0.0.0.0/0 may connect",
    ],
    [
      "in the account's default network",
      { cache: { subnetGroupName: "default" } },
      "cache-in-own-subnets",
      "subnetGroupName is default",
    ],
    [
      "full, and refuses writes",
      { cacheParameters: { parameters: [{ name: "maxmemory-policy", value: "noeviction" }] } },
      "cache-parameters-sound",
      "maxmemory-policy",
    ],
    ["silent", { cache: { logDeliveryConfigurations: [] } }, "cache-logs-delivered", "slow-log goes nowhere"],
  ])("fails where it is %s, with a remedy for its owner", async (_, changes, rule, message) => {
    const [prod] = await judged({ changes });
    const failed = prod?.of("fail").find(({ by }) => by === rule);
    expect(failed?.message).toContain(message);
    expect(failed?.remedy).toContain("Its owner does; this stack only reads it");
    expect(prod?.verdict).toBe("NO-GO");
  });

  it("whose users log in by passwords or IAM needs no token", async () => {
    const [prod] = await judged({
      changes: { cache: { userGroupIds: ["sessions"] }, login: { authTokenEnabled: false } },
    });
    expect(messages(prod?.of("fail", "error", "unknown") ?? [])).toEqual([]);
    const [byRole] = await judged({
      changes: {
        cache: { userGroupIds: ["sessions"] },
        login: { authTokenEnabled: false },
        user: { authenticationMode: { passwordCount: 0, type: "iam" } },
      },
    });
    expect(messages(byRole?.of("fail", "error", "unknown") ?? [])).toEqual([]);
  });

  it.each<[string, Changes, string]>([
    ["it was withheld", { cache: { atRestEncryptionEnabled: "[withheld]" } }, "cache-storage-encrypted"],
    ["nobody has asked of its login", { login: undefined }, "cache-token-generated"],
    [
      "nobody has read of its users",
      { cache: { userGroupIds: ["sessions"] }, users: undefined },
      "cache-token-generated",
    ],
    ["nobody has read of its clients", { cacheGroup: undefined }, "cache-clients-private"],
    ["nobody has read of its key", { cacheKey: undefined }, "cache-storage-key-own"],
    ["nobody has read of its logs", { "slow-log": undefined }, "cache-logs-arrive"],
  ])("stays unknown where %s", async (_, changes, rule) => {
    const [prod] = await judged({ changes });
    expect(prod?.of("unknown").map(({ by }) => by)).toContain(rule);
    expect(messages(prod?.of("fail", "error") ?? [])).toEqual([]);
  });
});

it.each<[object, string]>([
  [{ "secrets:CACHE_TOKEN": undefined }, 'readiness:cache.kind: found no value for "CACHE_TOKEN"'],
  [{ "readiness:cache": { ...cache, nodes: 0 } }, "readiness:cache.nodes: found 0, must be"],
  [
    { "readiness:cache": { ...cache, replicationGroupId: "Sessions" } },
    'readiness:cache.replicationGroupId: found "Sessions", must be the id of a replication group',
  ],
  [
    {
      "readiness:network": {
        kind: "static-ips",
        addresses: ["198.51.100.7"],
        cidr: "10.40.0.0/16",
        zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        logRetentionDays: 30,
      },
    },
    'readiness:cache.kind: found "existing" with network.kind static-ips, must be "none"',
  ],
])("is refused in a line where it cannot be: %#", async (config, said) => {
  const cwd = temporary();
  writeChanged(cwd, "staging", () => ({
    "readiness:cache": cache,
    "secrets:CACHE_TOKEN": encrypted,
    ...config,
  }));
  const { status, stderr } = await run(["check", "--stack", "staging"], { cwd });
  expect(stderr).toContain(said);
  expect(status).toBe(2);
});
