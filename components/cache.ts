import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Settings } from "../model/config/stack-spec.ts";
import type { Tier } from "../model/tier.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { StoreSecurityGroup } from "./store-security-group.ts";
import type { AwsTags } from "./tags.ts";

export interface CacheArgs {
  readonly settings: Settings<"cache", "valkey">;
  /** The AWS region that it is in. */
  readonly region: string;
  readonly tier: Tier;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones or more where it has two nodes or more. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Address ranges that may connect. */
  readonly clientCidrs: readonly string[];
  /** Days that CloudWatch keeps the cache's logs. */
  readonly logRetentionDays: number;
  readonly tags: AwsTags;
}

/**
 * Valkey on ElastiCache, for clients with TLS and the AUTH token only. With two nodes or more they stand in
 * different zones and a replica takes over by itself.
 */
export class Cache extends pulumi.ComponentResource {
  /** Of the primary, whichever node it is. */
  readonly host: pulumi.Output<string>;
  readonly port = 6379;
  /** Secret. Letters and digits, so that it stands in a `rediss://` address as it is. */
  readonly authToken: pulumi.Output<string>;

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Cache", name, {}, opts);
    const { settings, tags } = args;
    const production = args.tier === "production";
    const replicated = settings.nodes > 1;
    const child = { parent: this };
    // Not after the component, so that renaming that in the code does not replace the cache.
    const groupId = `${tags.product}-cache-${tags.environment}`;

    const key = new EncryptionKey(
      name,
      {
        description: "Cache nodes, snapshots and logs",
        logGroups: { region: args.region, pattern: `/aws/elasticache/${groupId}/*` },
        tier: args.tier,
        tags,
      },
      child,
    );
    const subnets = new aws.elasticache.SubnetGroup(name, { subnetIds: [...args.subnetIds], tags }, child);
    const firewall = new StoreSecurityGroup(
      name,
      { store: "cache", vpcId: args.vpcId, port: this.port, clientCidrs: args.clientCidrs, tags },
      child,
    );
    const parameters = new aws.elasticache.ParameterGroup(
      name,
      {
        family: `valkey${Number.parseInt(settings.engineVersion, 10)}`,
        description: "Valkey that drops what was used least recently when it is full",
        parameters: [{ name: "maxmemory-policy", value: "allkeys-lru" }],
        tags,
      },
      child,
    );
    // ElastiCache takes 16 to 128 characters, of which only few symbols (User Guide, "Authenticating with AUTH").
    const token = new random.RandomPassword(name, { length: 64, special: false }, child);
    const logs = (["slow-log", "engine-log"] as const).map((logType) => ({
      logType,
      group: new aws.cloudwatch.LogGroup(
        `${name}-${logType}`,
        {
          name: `/aws/elasticache/${groupId}/${logType}`,
          retentionInDays: args.logRetentionDays,
          kmsKeyId: key.arn,
          tags,
        },
        child,
      ),
    }));

    const group = new aws.elasticache.ReplicationGroup(
      name,
      {
        replicationGroupId: groupId,
        description: `Cache of ${tags.product}`,
        engine: "valkey",
        engineVersion: settings.engineVersion,
        autoMinorVersionUpgrade: true,
        nodeType: settings.nodeType,
        port: this.port,
        parameterGroupName: parameters.name,

        numCacheClusters: settings.nodes,
        automaticFailoverEnabled: replicated,
        multiAzEnabled: replicated,

        subnetGroupName: subnets.name,
        securityGroupIds: [firewall.id],
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        atRestEncryptionEnabled: true,
        kmsKeyId: key.arn,
        authToken: token.result,
        // A new token is valid beside the old one until clients have it.
        authTokenUpdateStrategy: "ROTATE",

        // UTC, apart from the maintenance window.
        snapshotRetentionLimit: settings.snapshotRetentionDays,
        snapshotWindow: "02:00-03:00",
        maintenanceWindow: "sun:03:30-sun:04:30",
        ...(production && { finalSnapshotIdentifier: `${groupId}-final` }),
        logDeliveryConfigurations: logs.map(({ logType, group }) => ({
          logType,
          logFormat: "json",
          destinationType: "cloudwatch-logs",
          destination: group.name,
        })),
        tags,
      },
      { parent: this, protect: production, retainOnDelete: production },
    );

    this.host = group.primaryEndpointAddress;
    this.authToken = pulumi.secret(token.result);
    this.registerOutputs({ host: this.host });
  }
}
