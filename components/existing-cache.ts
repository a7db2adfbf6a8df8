import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../model/config/stack-spec.ts";
import { ExistingParts } from "./database/existing-parts.ts";

export interface ExistingCacheArgs {
  readonly settings: Pick<Settings<"cache", "existing">, "replicationGroupId" | "user" | "flowLogId">;
  /** Of its user, or its AUTH token. */
  readonly token: pulumi.Output<string>;
  /** What is read already, by another component of the stack. */
  readonly seen?: Set<string>;
}

/** What a resource does not tell of its replication group, for rules to see. */
class ExistingCacheLogin extends pulumi.ComponentResource {
  constructor(
    name: string,
    told: { readonly replicationGroupId: string; readonly authTokenEnabled: pulumi.Input<boolean> },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("readiness:index:ExistingCacheLogin", name, told, opts);
    this.registerOutputs();
  }
}

/**
 * Valkey or Redis OSS on a replication group that is there already: read, with all that its rules ask for, and never
 * changed.
 */
export class ExistingCache extends pulumi.ComponentResource {
  /** Of the primary, whichever node it is, or of the whole cluster. */
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Secret. */
  readonly authToken: pulumi.Output<string>;
  /** Whom the services log in as; nobody where an AUTH token is all. */
  readonly user: string | undefined;

  constructor(name: string, args: ExistingCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:ExistingCache", name, {}, opts);
    const { replicationGroupId, user, flowLogId } = args.settings;
    const child = { parent: this };
    const group = aws.elasticache.ReplicationGroup.get(name, replicationGroupId, {}, child);
    aws.elasticache.ParameterGroup.get(name, group.parameterGroupName, {}, child);
    const subnets = aws.elasticache.SubnetGroup.get(name, group.subnetGroupName, {}, child);

    const parts = new ExistingParts(name, this, args.seen);
    parts.network(subnets.vpcId, subnets.subnetIds);
    parts.securityGroups(group.securityGroupIds);
    parts.keys(group.kmsKeyId.apply((key) => [key]));
    parts.logGroups(
      group.logDeliveryConfigurations.apply((logs) =>
        (logs ?? []).flatMap(({ destination, destinationType }) =>
          destinationType === "cloudwatch-logs" ? [destination] : [],
        ),
      ),
    );
    parts.each(
      group.userGroupIds.apply((ids) => ids ?? []),
      (label, id) => {
        const { userIds } = aws.elasticache.UserGroup.get(label, id, {}, child);
        parts.each(
          userIds.apply((ids) => ids ?? []),
          (of, userId) => aws.elasticache.User.get(of, userId, {}, child),
        );
      },
    );
    if (flowLogId !== undefined) parts.flowLog(flowLogId);
    const { authTokenEnabled } = aws.elasticache.getReplicationGroupOutput(
      { replicationGroupId },
      parts.asking,
    );
    new ExistingCacheLogin(name, { replicationGroupId, authTokenEnabled }, child);

    // A cluster of several shards has no primary of its own.
    this.host = pulumi
      .all([group.primaryEndpointAddress, group.configurationEndpointAddress])
      .apply(([primary, cluster]) => primary || cluster);
    this.port = group.port.apply((port) => port ?? 6379);
    this.authToken = pulumi.secret(args.token);
    this.user = user;
    this.registerOutputs({ host: this.host });
  }
}
