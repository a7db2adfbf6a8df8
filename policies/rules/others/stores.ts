/** Stores of data apart from an RDS instance: clusters, tables, volumes. */
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { openToInternet } from "../../aws.ts";
import { atLeast, equals } from "../../expect.ts";
import type { Resource } from "../../resource.ts";
import { ifSet, is } from "../../sound/sound.ts";
import { type Check, each, type Other } from "./other.ts";

/** Aurora, and what has its interface. */
const clusters = ["aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster", "aws:neptune/cluster:Cluster"];
const table = "aws:dynamodb/table:Table";
const clusterInstance = "aws:rds/clusterInstance:ClusterInstance";

/** What goes by itself, or is made anew, is not brought back. */
function isFleeting({ name, props }: Resource): boolean {
  return (
    (props["ttl"] as { readonly enabled?: boolean } | undefined)?.enabled === true ||
    /(^|[-_.])(locks?|sessions?|caches?|connections?)([-_.]|$)/i.test(name)
  );
}

/** It is made anew of another one. */
function isReplica({ props }: Resource): boolean {
  return Boolean(props["replicationSourceIdentifier"] || props["globalClusterIdentifier"]);
}

const restorable: Check = ({ props }, _stack, { tier }) =>
  atLeast(props, "backupRetentionPeriod", recoveryLevels[tier].retentionDays.pointInTime, "days");

const openGroups =
  (property: string): Check =>
  (resource, stack) =>
    openToInternet(stack, resource, property);

const instances: Check = (cluster, stack) => {
  const members = stack.attached({ token: clusterInstance }, "clusterIdentifier", cluster);
  return members.length === 1
    ? {
        observed: "it has one instance",
        wanted: "a second in another zone",
        mend: "declare another aws.rds.ClusterInstance of it, in another zone",
      }
    : undefined;
};

export const storeRules: readonly Other[] = [
  // Security Hub, RDS.2 and Redshift.1.
  {
    id: "stores-not-public",
    item: "DB-01",
    types: {
      ...each(
        [
          clusterInstance,
          "aws:redshift/cluster:Cluster",
          "aws:mq/broker:Broker",
          "aws:dms/replicationInstance:ReplicationInstance",
        ],
        { publiclyAccessible: ifSet(is(false)) },
      ),
      ...each(clusters, openGroups("vpcSecurityGroupIds")),
      "aws:elasticache/cluster:Cluster": openGroups("securityGroupIds"),
    },
  },
  // Security Hub, DynamoDB.2 and DocumentDB.2.
  {
    id: "stores-restorable",
    item: "DB-02",
    types: {
      ...each(clusters, restorable),
      [table]: (one) =>
        isFleeting(one) || (one.props["pointInTimeRecovery"] as { enabled?: boolean } | undefined)?.enabled
          ? undefined
          : { observed: "pointInTimeRecovery.enabled is false", wanted: "true" },
      // A day is what Neon keeps of a branch's history by itself.
      "neon:index/project:Project": ({ props }) =>
        typeof props["historyRetentionSeconds"] === "number"
          ? atLeast(props, "historyRetentionSeconds", 86_400, "seconds")
          : undefined,
    },
  },
  // Security Hub, RDS.27, DocumentDB.1, Neptune.1, EFS.1, EC2.3.
  {
    id: "stores-encrypted",
    item: "DB-03",
    types: {
      ...each(clusters, { storageEncrypted: is(true) }),
      ...each(["aws:efs/fileSystem:FileSystem", "aws:ebs/volume:Volume"], { encrypted: is(true) }),
      // Encrypted where nothing is said.
      "aws:redshift/cluster:Cluster": { encrypted: ifSet(is(true)) },
      "aws:opensearch/domain:Domain": { "encryptAtRest.enabled": is(true) },
    },
  },
  {
    id: "stores-survive-a-zone",
    item: "DB-05",
    tiers: ["production"],
    types: each(clusters.slice(0, 1), instances),
  },
  // Security Hub, RDS.7 and DynamoDB.6.
  {
    id: "stores-deletion-protected",
    item: "DB-06",
    tiers: ["production"],
    types: {
      ...each(clusters, (one: Resource) =>
        isReplica(one)
          ? undefined
          : [
              equals(one.props, "deletionProtection", true) ?? [],
              one.props["skipFinalSnapshot"] === true
                ? { observed: "skipFinalSnapshot is true", wanted: "false" }
                : [],
            ].flat(),
      ),
      [table]: (one) => (isFleeting(one) ? undefined : equals(one.props, "deletionProtectionEnabled", true)),
    },
  },
];
