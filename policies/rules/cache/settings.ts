/** Settings of the cache that are sound as ElastiCache leaves them, and must not be made worse. */
import type * as aws from "@pulumi/aws";
import { about, logGroup, names, ownKey } from "../../aws.ts";
import { othersLogs } from "../../declared/log-groups.ts";
import { eachRule } from "../../each-rule.ts";
import { clash, windowsOverlap } from "../../effects/time-window.ts";
import { all, present } from "../../expect.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { awsProperties } from "../../sound/aws.ts";
import { unsoundParameters } from "../../sound/parameters.ts";
import { alike, is, off, unlooked, unsound, whereSet } from "../../sound/sound.ts";
import { valkeyParameters } from "../../sound/valkey.ts";
import { whenKnown } from "../../unknown-value.ts";

export const cache = resourceType<aws.elasticache.ReplicationGroupArgs>(
  "aws:elasticache/replicationGroup:ReplicationGroup",
);
const parameterGroup = resourceType<aws.elasticache.ParameterGroupArgs>(
  "aws:elasticache/parameterGroup:ParameterGroup",
);

const settings = whereSet({
  ipDiscovery: is("ipv4"),
  networkType: is("ipv4"),
  // Where its data comes from, or who else logs in.
  ...alike(
    [
      "authTokenWo",
      "globalReplicationGroupId",
      "securityGroupNames",
      "snapshotArns",
      "snapshotName",
      "userGroupIds",
    ],
    unlooked,
  ),
});
/** Of one's own, `properties-sound` asks what it is made of; who logs in to another's is asked of its users. */
const { engine, engineVersion, nodeType } = awsProperties[cache.token] ?? {};
const { userGroupIds: _, ...common } = settings;
const ofAnother = Object.fromEntries(
  Object.entries({ ...common, engine, engineVersion, nodeType }).flatMap(([key, sound]) =>
    sound ? [[key, sound]] : [],
  ),
);

export const settingsRules: readonly Rule[] = [
  resourceRule({
    id: "cache-settings-sound",
    item: "CACHE-08",
    existing: ({ props }, { tier }) =>
      tier === "production" ? unsound({ props }, { applyImmediately: off }) : undefined,
    type: cache,
    check: ({ props, read }, { tier }) => [
      ...all(present(props, "engine")),
      ...unsound({ props }, read ? ofAnother : settings),
      ...(tier === "production" ? unsound({ props }, { applyImmediately: off }) : []),
      ...(new Set(props.preferredCacheClusterAzs).size === 1 && (props.numCacheClusters ?? 0) > 1
        ? [{ observed: "all of its nodes lie in one zone", wanted: "in several" }]
        : []),
    ],
  }),
  resourceRule({
    id: "cache-parameters-sound",
    item: "CACHE-08",
    type: cache,
    check: (group, { review }) => {
      const [parameters] = linked(group as Resource, "parameterGroupName", parameterGroup);
      if (!parameters)
        return names(group as Resource, "parameterGroupName", parameterGroup, "a parameter group");
      const set = parameters.props.parameters ?? [];
      const values = Object.fromEntries(set.map(({ name, value }) => [name, value]));
      const found = [
        // ElastiCache's own drops nothing that has no end. What is read tells of that alone which was changed.
        ...(parameters.read ? [] : all(present(values, "maxmemory-policy"))),
        ...unsoundParameters(values, valkeyParameters, { type: parameters.type, review }),
        ...(Object.keys(values).length === set.length
          ? []
          : [{ observed: "a parameter is set twice", wanted: "once" }]),
      ];
      return about(parameters as Resource, found);
    },
  }),
  resourceRule({
    id: "cache-windows-apart",
    item: "CACHE-05",
    existing: ({ props }) => clash(props.snapshotWindow, props.maintenanceWindow),
    type: cache,
    check: ({ props: { snapshotWindow, maintenanceWindow } }) => {
      if (!snapshotWindow || !maintenanceWindow) {
        return { observed: "AWS chooses when it is backed up or restarted", wanted: "said in UTC" };
      }
      return windowsOverlap(snapshotWindow, maintenanceWindow) === false
        ? undefined
        : { observed: `${maintenanceWindow} is not apart from ${snapshotWindow}`, wanted: "apart" };
    },
  }),
  resourceRule({
    id: "cache-final-snapshot",
    item: "CACHE-05",
    tiers: ["production"],
    // What is only read is deleted by nobody here.
    needs: { cache: ["valkey"] },
    type: cache,
    check: ({ props }) => present(props, "finalSnapshotIdentifier"),
  }),
  eachRule({
    id: "cache-logs-arrive",
    item: "CACHE-06",
    each: cache,
    check: (group, stack) => {
      const deliveries = group.props.logDeliveryConfigurations ?? [];
      const groups = linked(group as Resource, "logDeliveryConfigurations", logGroup);
      if (deliveries.length === 0) return { observed: "its logs go nowhere", wanted: "delivered" };
      return [
        ...unsound(group, { "logDeliveryConfigurations.*.destinationType": is("cloudwatch-logs") }),
        ...(groups.length < deliveries.length
          ? [{ doubt: "some of its logs go to log groups that this stack does not declare" }]
          : []),
        ...deliveries
          .flatMap(({ destination }) => whenKnown(() => destination) ?? [])
          .filter((name) => !groups.some((g) => whenKnown(() => g.props.name) === name))
          .map((name) => ({ observed: `a log goes to ${name}`, wanted: "to a log group of this stack" })),
        ...othersLogs(stack, group as Resource, groups),
        ...groups.flatMap((g) => about(g as Resource, ownKey(g as Resource, "kmsKeyId"))),
      ];
    },
  }),
];
