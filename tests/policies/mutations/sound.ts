import { type Mutation, on, set, unset } from "./mutation.ts";

export const soundMutations: readonly Mutation[] = [
  {
    rule: "properties-sound",
    title: "Slack asks for an event that the provider refuses",
    change: on(
      "pagerduty:index/slackConnection:SlackConnection",
      set("configs.0.events.9", "incident.reopened"),
    ),
  },
  {
    rule: "properties-sound",
    title: "bots are not looked at",
    change: on(
      "vercel:index/firewallConfig:FirewallConfig",
      set("managedRulesets.botProtection.active", false),
    ),
  },
  {
    rule: "properties-sound",
    title: "snapshots without the tags by which backups are found",
    change: on("aws:rds/instance:Instance", set("copyTagsToSnapshot", false)),
  },
  {
    rule: "properties-sound",
    title: "a machine that AWS no longer offers",
    change: on("aws:rds/instance:Instance", set("instanceClass", "db.m3.2xlarge")),
  },
  {
    rule: "properties-sound",
    title: "a week of a second database",
    change: on(
      "aws:backup/restoreTestingSelection:RestoreTestingSelection",
      set("validationWindowHours", 168),
    ),
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
    title: "incidents that only whoever declared them may see the times of",
    change: on("datadog:index/incidentType:IncidentType", set("configuration.editableTimestamps", false)),
  },
];
