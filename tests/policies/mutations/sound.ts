import { type Mutation, on, set, unset } from "./mutation.ts";

export const soundMutations: readonly Mutation[] = [
  {
    rule: "properties-sound",
    title: "snapshots without the tags by which backups are found",
    change: on("aws:rds/instance:Instance", set("copyTagsToSnapshot", false)),
  },
  {
    rule: "properties-sound",
    title: "a cache whose slow commands go nowhere",
    change: on(
      "aws:elasticache/replicationGroup:ReplicationGroup",
      unset("logDeliveryConfigurations.0.destination"),
    ),
  },
  {
    rule: "properties-sound",
    title: "an update on an incident that does not say which",
    change: on(
      "datadog:index/incidentNotificationTemplate:IncidentNotificationTemplate",
      set("content", "Something is wrong."),
    ),
  },
];
