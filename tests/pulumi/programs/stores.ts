/**
 * The stateful components of a production stack in one place of the code or in another: the config `stores:place`
 * says where, and `stores:aliases` whether the program tells where they were before.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Cache } from "../../../components/cache.ts";
import { Database } from "../../../components/database.ts";
import { Network } from "../../../components/network.ts";
import { PrivateBucket } from "../../../components/private-bucket.ts";

const config = new pulumi.Config("stores");
const moved = config.require("place") === "moved";
const told = config.requireBoolean("aliases");
const tags = {
  product: "shop",
  environment: pulumi.getStack(),
  owner: "tests",
  "managed-by": "pulumi",
} as const;
const shared = {
  region: "eu-central-1",
  tier: "production",
  permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
  tags,
} as const;

/** Where the stores are after they have moved. */
class Data extends pulumi.ComponentResource {
  constructor(name: string) {
    super("tests:index:Data", name);
  }
}

/** Name and options of a store: at the stack and with its first name, or in another component and with another. */
function place(name: string): [string, pulumi.ComponentResourceOptions] {
  if (!moved) return [name, {}];
  const before = { name, parent: pulumi.rootStackResource };
  return [`${name}-renamed`, { ...(data && { parent: data }), ...(told && { aliases: [before] }) }];
}

const data = moved ? new Data("shop-data") : undefined;
const network = new Network("shop-network", {
  ...shared,
  settings: { cidr: "10.0.0.0/16", zones: ["eu-central-1a", "eu-central-1b"], logRetentionDays: 365 },
});
const store = {
  ...shared,
  vpcId: network.vpcId,
  subnetIds: network.dataSubnetIds,
  clientCidrs: ["10.1.0.0/16"],
  logRetentionDays: 365,
};
const [databaseName, databaseOptions] = place("shop-db");
new Database(
  databaseName,
  {
    ...store,
    settings: {
      engineVersion: "17",
      instanceClass: "db.t4g.medium",
      multiAz: true,
      storageGiB: 50,
      maxStorageGiB: 100,
      backupRetentionDays: 35,
      maxConnections: 100,
    },
  },
  databaseOptions,
);
const [cacheName, cacheOptions] = place("shop-cache");
new Cache(
  cacheName,
  {
    ...store,
    settings: {
      kind: "valkey",
      engineVersion: "8.0",
      nodeType: "cache.t4g.small",
      nodes: 2,
      snapshotRetentionDays: 1,
    },
  },
  cacheOptions,
);
const [bucketName, bucketOptions] = place("shop-files");
new PrivateBucket(bucketName, { tier: "production", tags }, bucketOptions);

export const region = aws.config.region;
