import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { type Change, prodConfig, prodSettings } from "../prod-config.ts";

const network = Object(prodSettings()["readiness:network"]);
const listed = {
  kind: "static-ips",
  cidr: network.cidr,
  zones: network.zones,
  logRetentionDays: network.logRetentionDays,
  addresses: ["198.51.100.7", "198.51.100.8"],
};
const external: Change = [["readiness:database"], { kind: "external", provider: "neon" }];
const noNetwork: Change = [["readiness:network"], { kind: "none", because: "the data is at Neon" }];
const noCache: Change = [["readiness:cache"], { kind: "none", because: "sessions live in the database" }];
const staticIps = (change: object = {}): Change => [["readiness:network"], { ...listed, ...change }];

const existing: Change = [
  ["readiness:database"],
  {
    kind: "existing-rds",
    identifier: "ledger-prod",
    databaseName: "ledger",
    instanceClass: "db.m7g.large",
    maxStorageGiB: 500,
    maxConnections: 400,
  },
];
const there: Change = [["readiness:network"], { kind: "static-ips", addresses: ["198.51.100.7"] }];
const peered = (more: object = {}): Change => [
  ["readiness:network"],
  { kind: "secure-compute", privateNetworkCidr: "10.60.0.0/20", ...more },
];

const secrets = { "secrets:DATABASE_URL": "postgresql://" };
const issuesOf = (changes: readonly Change[], more = secrets) =>
  checkConfig("prod", { ...prodConfig(...changes), ...more }).issues.map((i) => `${i.path}: ${i.message}`);

describe("the parts that hold the data", () => {
  it.each<[string, readonly Change[]]>([
    ["a database elsewhere, without network and cache", [external, noNetwork, noCache]],
    ["a database elsewhere, with a cache in the private network", [external]],
    ["the stack's own database behind listed addresses", [staticIps(), noCache]],
    ["an instance that is there already, behind listed addresses", [existing, there, noCache]],
    ["an instance that is there already, in a network that its owner peers", [existing, peered(), noCache]],
  ])("may be %s", (_, changes) => {
    expect(issuesOf(changes)).toEqual([]);
  });

  it.each<[string, readonly Change[], RegExp]>([
    ["a cache that listed addresses do not reach", [staticIps()], /^readiness:cache\.kind: .*must be "none"/],
    ["a cache without a network", [external, noNetwork], /^readiness:cache\.kind: .*must be "none"/],
    ["a database that nothing leads to", [noNetwork, noCache], /^readiness:network\.kind: found "none"/],
    ["a network that leads to nothing", [external, noCache], /^readiness:network\.kind: .*must be "none"/],
    [
      "a new network around an instance that is there already",
      [existing, noCache],
      /^readiness:network\.(cidr|zones|logRetentionDays): .*there is one already$/,
    ],
    [
      "a peering that its owner has to accept",
      [existing, peered({ peeringConnectionId: "pcx-0a1b2c3d4e5f60718" }), noCache],
      /^readiness:network\.peeringConnectionId: .*its owner accepts and routes it$/,
    ],
    [
      "a cache beside an instance that is there already",
      [existing, peered()],
      /^readiness:cache\.kind: .*must be "none", or "existing" behind secure-compute: a new cache/,
    ],
    [
      "an instance that is there already, and nothing that leads to it",
      [existing, noNetwork, noCache],
      /^readiness:network\.kind: found "none" with database\.kind existing-rds/,
    ],
    [
      "a private network of no size",
      [peered()],
      /^readiness:network\.(cidr|zones|logRetentionDays): missing/,
    ],
    [
      "a flow log of another form",
      [existing, there, noCache, [["readiness:database", "flowLogId"], "vpc-0a1b2c3d4e5f60718"]],
      /^readiness:database\.flowLogId: .*must be a flow log of a VPC such as fl-/,
    ],
    [
      "listed addresses before a database elsewhere",
      [external, staticIps(), noCache],
      /^readiness:network\.kind: found "static-ips", must be "none"/,
    ],
    [
      "a new database in no network",
      [there, noCache],
      /^readiness:network\.(cidr|zones|logRetentionDays): missing/,
    ],
    [
      "an address twice",
      [staticIps({ addresses: ["198.51.100.7", "198.51.100.7"] }), noCache],
      /^readiness:network\.addresses\[1\]: found "198.51.100.7" again/,
    ],
    [
      "a range among the addresses",
      [staticIps({ addresses: ["198.51.100.0/24"] }), noCache],
      /^readiness:network\.addresses\[0\]: found "198.51.100.0\/24", must be an IPv4 address/,
    ],
    [
      "a private range where it stood before",
      [[["readiness:vercel", "privateNetworkCidr"], "10.60.0.0/20"]],
      /^readiness:vercel\.privateNetworkCidr: .*must be readiness:network\.privateNetworkCidr$/,
    ],
    [
      "nothing, without a reason",
      [external, noNetwork, [["readiness:cache"], { kind: "none" }]],
      /^readiness:cache\.because: missing/,
    ],
    ...[" ", "TODO", "todo", "to do!", "n/a", "-", "none", "..."].map(
      (because): [string, readonly Change[], RegExp] => [
        `nothing, for the reason "${because}"`,
        [external, noNetwork, [["readiness:cache"], { kind: "none", because }]],
        /^readiness:cache\.because: found .*, must be why, /,
      ],
    ),
  ])("cannot be %s", (_, changes, message) => {
    expect([...new Set(issuesOf(changes).map((issue) => message.test(issue)))]).toEqual([true]);
  });

  it("need the login to a database elsewhere", () => {
    expect(issuesOf([external, noNetwork, noCache], {} as typeof secrets)).toEqual([
      expect.stringContaining("run `pulumi config set --secret secrets:DATABASE_URL`"),
    ]);
  });

  it("give that login to every service by themselves", () => {
    const [service] = Object(prodSettings()["readiness:services"]);
    const own: Change = [["readiness:services"], [{ ...service, secrets: ["DATABASE_URL"] }]];
    expect(issuesOf([external, noNetwork, noCache, own])).toEqual([expect.stringContaining("left out")]);
  });
});
