/** The project's program with a cache beside what it declares, whatever the config says of one. */
import * as aws from "@pulumi/aws";

export * from "../../../index.ts";

new aws.elasticache.ReplicationGroup("stray-cache", {
  replicationGroupId: "stray-staging",
  description: "Sessions",
  engine: "valkey",
  nodeType: "cache.t4g.small",
});
