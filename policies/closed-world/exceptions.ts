/**
 * What stacks declare and no rule reads, because readiness does not hang on it: nobody reaches data by it, nobody is
 * paged by it, and nothing is watched through it.
 */

export interface Exception {
  readonly type: string;
  /** As `leavesOf` gives it; what is below it too. */
  readonly path: string;
  /** Why readiness does not hang on it. */
  readonly reason: string;
}

/** Properties whose changes the engine may pass over: by type. */
export const ignorable: Readonly<Record<string, readonly string[]>> = {
  // It began with the first deployment, and the program names the next one each week.
  "datadog:index/downtimeSchedule:DowntimeSchedule": ["recurringSchedule.recurrences[0].start"],
  // A window that has begun cannot be moved.
  "pagerduty:index/maintenanceWindow:MaintenanceWindow": ["startTime"],
};

export const exceptions: readonly Exception[] = [
  ...because("a text that people read", {
    "aws:cloudfront/distribution:Distribution": ["comment"],
    "aws:cloudfront/function:Function": ["comment"],
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["alarmDescription"],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": ["comment"],
    "aws:ec2/securityGroup:SecurityGroup": ["description"],
    "aws:elasticache/parameterGroup:ParameterGroup": ["description"],
    "aws:elasticache/replicationGroup:ReplicationGroup": ["description"],
    "aws:elasticache/subnetGroup:SubnetGroup": ["description"],
    "aws:iam/policy:Policy": ["description"],
    "aws:iam/role:Role": ["description"],
    "aws:kms/key:Key": ["description"],
    "aws:rds/parameterGroup:ParameterGroup": ["description"],
    "aws:rds/subnetGroup:SubnetGroup": ["description"],
    "aws:route53/zone:Zone": ["comment"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["description"],
    "datadog:index/dashboard:Dashboard": ["description"],
    "datadog:index/downtimeSchedule:DowntimeSchedule": ["message"],
    "datadog:index/incidentType:IncidentType": ["description"],
    "datadog:index/incidentUserDefinedRole:IncidentUserDefinedRole": ["description"],
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": ["description"],
    "datadog:index/sloCorrection:SloCorrection": ["description"],
    "pagerduty:index/businessService:BusinessService": ["description", "pointOfContact"],
    "pagerduty:index/escalationPolicy:EscalationPolicy": ["description"],
    "pagerduty:index/maintenanceWindow:MaintenanceWindow": ["description"],
    "pagerduty:index/schedule:Schedule": ["description"],
    "pagerduty:index/service:Service": ["description"],
    "pagerduty:index/team:Team": ["description"],
    "pagerduty:index/user:User": ["description"],
    "pagerduty:index/userContactMethod:UserContactMethod": ["label"],
    "pagerduty:index/webhookSubscription:WebhookSubscription": ["description"],
    "vercel:index/firewallConfig:FirewallConfig": ["rules.rules.*.description"],
  }),
  ...because("a name that nothing goes by", {
    "aws:backup/plan:Plan": ["name"],
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": ["name"],
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": ["name"],
    "aws:backup/selection:Selection": ["name"],
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyName"],
    "aws:iam/policy:Policy": ["policy.Statement.*.Sid"],
    "aws:iam/rolePolicy:RolePolicy": ["policy.Statement.*.Sid"],
    "aws:route53/keySigningKey:KeySigningKey": ["name"],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["rules.*.id"],
    "aws:s3/bucketPolicy:BucketPolicy": ["policy.Statement.*.Sid"],
    "aws:sns/topicPolicy:TopicPolicy": ["policy.Statement.*.Sid"],
    "aws:wafv2/webAcl:WebAcl": ["rules.*.visibilityConfig.metricName", "visibilityConfig.metricName"],
    "datadog:index/incidentPostmortemTemplate:IncidentPostmortemTemplate": ["name"],
    "datadog:index/incidentNotificationTemplate:IncidentNotificationTemplate": ["name"],
    "datadog:index/logsIndex:LogsIndex": ["exclusionFilters.*.name", "tags.*"],
    "pagerduty:index/schedule:Schedule": ["layers.*.name"],
    "pagerduty:index/user:User": ["name"],
    "vercel:index/firewallConfig:FirewallConfig": ["rules.rules.*.name"],
  }),
  ...because("how a page looks", {
    "datadog:index/dashboard:Dashboard": [
      "layoutType",
      "reflowType",
      "widgets.*.groupDefinition.layoutType",
      "widgets.*.groupDefinition.widgets.*.manageStatusDefinition.colorPreference",
      "widgets.*.groupDefinition.widgets.*.manageStatusDefinition.displayFormat",
      "widgets.*.groupDefinition.widgets.*.manageStatusDefinition.hideZeroCounts",
      "widgets.*.groupDefinition.widgets.*.manageStatusDefinition.showPriority",
      "widgets.*.groupDefinition.widgets.*.manageStatusDefinition.sort",
      "widgets.*.groupDefinition.widgets.*.manageStatusDefinition.title",
      "widgets.*.groupDefinition.widgets.*.noteDefinition.backgroundColor",
      "widgets.*.groupDefinition.widgets.*.noteDefinition.fontSize",
      "widgets.*.groupDefinition.widgets.*.noteDefinition.textAlign",
      "widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition.showErrorBudget",
      "widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition.timeWindows",
      "widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition.viewMode",
      "widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition.viewType",
      "widgets.*.groupDefinition.widgets.*.timeseriesDefinition.markers.*.label",
      "widgets.*.groupDefinition.widgets.*.timeseriesDefinition.requests.*.displayType",
      "widgets.*.groupDefinition.widgets.*.timeseriesDefinition.requests.*.metadatas",
      "widgets.*.groupDefinition.widgets.*.timeseriesDefinition.showLegend",
    ],
    "datadog:index/downtimeSchedule:DowntimeSchedule": ["displayTimezone"],
    "datadog:index/statusPage:StatusPage": ["visualizationType"],
    "datadog:index/statusPageComponent:StatusPageComponent": ["position"],
    "datadog:slack/channel:Channel": [
      "display.muteButtons",
      "display.notified",
      "display.snapshot",
      "display.tags",
    ],
  }),
  ...because("what an update costs, not what it leads to", {
    "aws:cloudwatch/logDelivery:LogDelivery": ["s3DeliveryConfigurations.*.enableHiveCompatiblePath"],
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
      "rules.*.bucketKeyEnabled",
    ],
  }),
];

function because(reason: string, paths: Readonly<Record<string, readonly string[]>>): readonly Exception[] {
  return Object.entries(paths).flatMap(([type, of]) => of.map((path) => ({ type, path, reason })));
}
