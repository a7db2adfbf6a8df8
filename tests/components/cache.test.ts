import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { Cache, type CacheArgs } from "../../components/cache.ts";
import { declare, inputsOf, only, tags } from "./support/declare.ts";

const args: CacheArgs = {
  settings: {
    kind: "valkey",
    engineVersion: "8.0",
    nodeType: "cache.m7g.large",
    nodes: 3,
    snapshotRetentionDays: 7,
  },
  region: "eu-central-1",
  tier: "production",
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  clientCidrs: ["10.60.0.0/20"],
  logRetentionDays: 365,
  tags,
};

/** What a cache of these arguments declares. */
function cache(change: Partial<CacheArgs> = {}, preview = false) {
  return declare(() => new Cache("cache", { ...args, ...change }), preview);
}

it.each([
  [1, false],
  [2, true],
  [3, true],
])("with %i nodes fails over by itself: %s", async (nodes, expected) => {
  const declared = await cache({ settings: { ...args.settings, nodes } });
  expect(only(declared, "ReplicationGroup")).toMatchObject({
    numCacheClusters: nodes,
    automaticFailoverEnabled: expected,
    multiAzEnabled: expected,
  });
});

it("takes only clients with TLS and the generated token", async () => {
  const declared = await cache();
  expect(only(declared, "RandomPassword")).toMatchObject({ length: 64, special: false });
  expect(only(declared, "ReplicationGroup")).toMatchObject({
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    authToken: expect.objectContaining({ value: "generated" }),
  });
});

it("gives the token as a secret", async () => {
  let secret: boolean | undefined;
  await declare(async () => {
    const { authToken } = new Cache("cache", args);
    secret = await pulumi.isSecret(authToken);
  });
  expect(secret).toBe(true);
});

it("delivers both logs to groups of its own", async () => {
  const declared = await cache();
  const groups = inputsOf(declared, "LogGroup").map((group) => group["name"]);
  expect(groups).toEqual([
    "/aws/elasticache/portal-cache-prod/slow-log",
    "/aws/elasticache/portal-cache-prod/engine-log",
  ]);
  expect(only(declared, "ReplicationGroup")["logDeliveryConfigurations"]).toMatchObject([
    { logType: "slow-log", destination: groups[0] },
    { logType: "engine-log", destination: groups[1] },
  ]);
});

it.each([
  ["8.0", "valkey8"],
  ["7.2", "valkey7"],
])("takes the parameter family of version %s", async (engineVersion, family) => {
  const declared = await cache({ settings: { ...args.settings, engineVersion } });
  expect(only(declared, "ParameterGroup")["family"]).toBe(family);
});

it("leaves a last snapshot in production only", async () => {
  expect(only(await cache(), "ReplicationGroup")["finalSnapshotIdentifier"]).toBe("portal-cache-prod-final");
  const staging = only(await cache({ tier: "staging" }), "ReplicationGroup");
  expect(staging).not.toHaveProperty("finalSnapshotIdentifier");
});

it("declares the same in a preview, where nothing is known yet", async () => {
  const names = async (preview: boolean) =>
    (await cache({}, preview)).map(({ type, name }) => `${type} ${name}`).sort();
  expect(await names(true)).toEqual(await names(false));
});
