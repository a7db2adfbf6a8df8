/**
 * Mutants that weaken nothing: a tightening, an equivalent value, one that the vendor refuses, a cosmetic. No rule has to
 * notice them. A property that has no bearing whatever its value is in `policies/closed-world/exceptions.ts` instead.
 */

export interface WithoutBearing {
  readonly type: string;
  readonly path: string;
  readonly operators: readonly string[];
  readonly reason: string;
}

<<<<<<< HEAD
export const withoutBearing: readonly WithoutBearing[] = [
  {
    type: "pagerduty:index/user:User",
    path: "jobTitle",
    operators: ["deleted", "emptied"],
    reason: "what a policy asks of titles is that those of the leaders are among them",
  },
  {
    type: "pagerduty:index/tagAssignment:TagAssignment",
    path: "",
    operators: ["removed"],
    reason: "a tag by which people find things",
  },
  {
    type: "pagerduty:index/userContactMethod:UserContactMethod",
    path: "countryCode",
    operators: ["set to 1000000000"],
    reason: "an e-mail address has no country",
  },
  {
    type: "pagerduty:index/userContactMethod:UserContactMethod",
    path: "sendShortEmail",
    operators: ["set to true"],
    reason: "a shorter text of the same incident",
  },
  {
    type: "pagerduty:index/userNotificationRule:UserNotificationRule",
    path: "startDelayInMinutes",
    operators: ["very small"],
    reason: "told sooner",
  },
  {
    type: "pagerduty:index/webhookSubscription:WebhookSubscription",
    path: "events",
    operators: ["widened"],
    reason: "told more",
  },
  {
    type: "pagerduty:index/webhookSubscription:WebhookSubscription",
    path: "events.*",
    operators: ["dropped"],
    reason: "no time is counted from who has an incident",
  },
  {
    type: "pagerduty:index/schedule:Schedule",
    path: "overflow",
    operators: ["set to true"],
    reason: "how far a page of the schedule shows",
  },
  {
    type: "pagerduty:index/escalationPolicy:EscalationPolicy",
    path: "numLoops",
    operators: ["very small", "deleted"],
    reason: "SEV3 is repeated once more, and SEV4 need not be",
  },
  {
    type: "pagerduty:index/escalationPolicy:EscalationPolicy",
    path: "rules.*.escalationDelayInMinutes",
    operators: ["very small"],
    reason: "the next person is told sooner",
  },
  {
    type: "pagerduty:index/escalationPolicy:EscalationPolicy",
    path: "rules.*.targets.*.type",
    operators: ["deleted"],
    reason: "the default, a person",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "alertGroupingTimeout",
    operators: ["set"],
    reason: "nothing is grouped",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "scheduledActions",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "supportHours",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "incidentUrgencyRule.duringSupportHours",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "incidentUrgencyRule.outsideSupportHours",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "configs",
    operators: ["widened"],
    reason: "told more",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "configs.*.events",
    operators: ["widened"],
    reason: "told more",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "configs.*.events.*",
    operators: ["dropped"],
    reason: "comments and notes; who has an incident, and how it stands, is asked for",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "",
    operators: ["added to what is there"],
    reason: "one more channel of the same workspace",
  },
  {
    type: "datadog:index/incidentType:IncidentType",
    path: "configuration.allowWorkflows",
    operators: ["set to false"],
    reason: "no workflow of the stack depends on it",
  },
  {
    type: "datadog:index/incidentType:IncidentType",
    path: "isDefault",
    operators: ["deleted", "flipped"],
    reason: "which type the form offers first",
  },
  {
    type: "datadog:index/incidentUserDefinedRole:IncidentUserDefinedRole",
    path: "",
    operators: ["added to what is there"],
    reason: "one more role",
  },
  {
    type: "datadog:index/incidentPostmortemTemplate:IncidentPostmortemTemplate",
    path: "",
    operators: ["added to what is there"],
    reason: "one more template that asks for the same",
  },
  {
    type: "datadog:index/incidentUserDefinedField:IncidentUserDefinedField",
    path: "",
    operators: ["added to what is there"],
    reason: "one more field",
  },
  {
    type: "datadog:index/incidentUserDefinedField:IncidentUserDefinedField",
    path: "validValues",
    operators: ["widened"],
    reason: "one more choice",
  },
  {
    type: "datadog:index/incidentUserDefinedField:IncidentUserDefinedField",
    path: "validValues.*",
    operators: ["dropped"],
    reason: "one choice less, and none that is counted",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "renotifyOns",
    operators: ["set", "widened"],
    reason: "told more often",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "renotifyOns.*",
    operators: ["dropped"],
    reason: "neither severity nor status",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "conditions",
    operators: ["widened"],
    reason: "a second condition that holds where the first does",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "conditions.*.values",
    operators: ["widened"],
    reason: "told of more",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "handles.*",
    operators: ["dropped"],
    reason: "somebody whom the page and the channel reach as well",
  },
];
=======
/** By type and path; the path is empty where the resource as a whole is meant. */
type Rows = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const gone = ["deleted", "emptied"];

export const withoutBearing: readonly WithoutBearing[] = [
  ...because("it is kept for longer", {
    "aws:cloudwatch/logGroup:LogGroup": { retentionInDays: ["zero", "very large"] },
    "aws:elasticache/replicationGroup:ReplicationGroup": { snapshotRetentionLimit: ["very large"] },
    "aws:rds/instance:Instance": { backupRetentionPeriod: ["very large"] },
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
      maxRetentionDays: ["deleted", "very large"],
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
      "rules.*.abortIncompleteMultipartUpload": ["deleted"],
      "rules.*.expiration": ["deleted"],
      "rules.*.expiration.days": ["very large"],
      "rules.*.noncurrentVersionExpiration": ["deleted"],
      "rules.*.noncurrentVersionExpiration.noncurrentDays": ["very large"],
    },
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
      "rule.defaultRetention.days": ["very large"],
    },
    "datadog:index/logsIndex:LogsIndex": { retentionDays: ["very large"] },
  }),
  ...because("more of what it is there for", {
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
      "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec": ["very large"],
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": { numCacheClusters: ["very large"] },
    "aws:rds/instance:Instance": { maxAllocatedStorage: ["very large"], monitoringInterval: ["very small"] },
    "datadog:index/logsIndex:LogsIndex": {
      dailyLimit: ["very large"],
      "exclusionFilters.*": ["dropped"],
      "exclusionFilters.*.isEnabled": ["flipped"],
      exclusionFilters: gone,
    },
    "random:index/randomPassword:RandomPassword": { length: ["very large"] },
  }),
  ...because("somebody is told sooner, or more often", {
    "datadog:index/monitor:Monitor": { renotifyInterval: ["very small"] },
    "datadog:index/sloCorrection:SloCorrection": { "": ["removed"], duration: ["zero", "very small"] },
    "datadog:index/syntheticsTest:SyntheticsTest": {
      "optionsList.monitorOptions.renotifyInterval": ["very small"],
      "optionsList.retry": gone,
      "optionsList.retry.count": ["deleted", "zero", "very small"],
      "optionsList.retry.interval": ["deleted", "zero", "very small"],
      "requestDefinition.timeout": ["deleted", "zero", "very small"],
    },
    "pagerduty:index/escalationPolicy:EscalationPolicy": {
      "rules.*.escalationDelayInMinutes": ["very small"],
    },
    "pagerduty:index/userNotificationRule:UserNotificationRule": { startDelayInMinutes: ["very small"] },
  }),
  ...because("a warning is no promise", {
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": {
      "thresholds.*.warning": ["deleted", "very large"],
      warningThreshold: ["deleted", "very large"],
    },
  }),
  ...because("the vendor refuses it", {
    "aws:cloudfront/distribution:Distribution": {
      "defaultCacheBehavior.allowedMethods": ["widened"],
      "defaultCacheBehavior.cachedMethods": ["emptied"],
      "defaultCacheBehavior.cachedMethods.*": ["dropped"],
      "orderedCacheBehaviors.*.allowedMethods": ["emptied", "widened"],
      "orderedCacheBehaviors.*.allowedMethods.*": ["dropped"],
      "orderedCacheBehaviors.*.cachedMethods": ["emptied"],
      "orderedCacheBehaviors.*.cachedMethods.*": ["dropped"],
      "origins.*.customOriginConfig.originKeepaliveTimeout": ["set to 1000000000"],
      "origins.*.customOriginConfig.originReadTimeout": ["set to 1000000000"],
    },
    "aws:ec2/subnet:Subnet": { availabilityZone: ["emptied"] },
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": { changeableForDays: ["zero", "very small"] },
    "aws:iam/role:Role": { maxSessionDuration: ["zero", "very small"] },
    "aws:kms/key:Key": { deletionWindowInDays: ["very large"] },
    "datadog:index/dashboard:Dashboard": {
      ...under("widgets.*.groupDefinition.widgets.*", { noteDefinition: ["set"] }),
      ...under("widgets.*.groupDefinition.widgets.*.timeseriesDefinition.requests.*", {
        apmQuery: ["set"],
        auditQuery: ["set"],
        logQuery: ["set"],
        networkQuery: ["set"],
        processQuery: ["set"],
        rumQuery: ["set"],
        securityQuery: ["set"],
        "queries.*.apmDependencyStatsQuery": ["set"],
        "queries.*.apmResourceStatsQuery": ["set"],
        "queries.*.cloudCostQuery": ["set"],
        "queries.*.metricQuery": ["set"],
        "queries.*.processQuery": ["set"],
      }),
    },
    "datadog:index/monitor:Monitor": { type: ["emptied"] },
    "pagerduty:index/userContactMethod:UserContactMethod": { countryCode: ["set to 1000000000"] },
  }),
  ...because("what stands in for it is the same", {
    "aws:iam/role:Role": { maxSessionDuration: ["deleted"] },
    "datadog:index/syntheticsTest:SyntheticsTest": { "requestDefinition.method": ["deleted"] },
    "vercel:index/firewallConfig:FirewallConfig": { teamId: gone },
    "vercel:index/network:Network": { teamId: gone },
    "vercel:index/project:Project": { teamId: gone },
    "vercel:index/projectDeploymentRetention:ProjectDeploymentRetention": { teamId: gone },
    "vercel:index/projectDomain:ProjectDomain": { teamId: gone },
    "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": { teamId: gone },
    "vercel:index/projectRollingRelease:ProjectRollingRelease": { teamId: gone },
  }),
  ...because("nothing goes by it", {
    "aws:cloudfront/distribution:Distribution": {
      priceClass: ["deleted"],
      // Origins are asked over TLS alone.
      "origins.*.customOriginConfig.httpPort": ["zero", "very large", "very small"],
    },
    "aws:ec2/routeTable:RouteTable": { "tags.*": gone },
    "aws:ec2/securityGroup:SecurityGroup": { "tags.*": gone },
    "aws:ec2/subnet:Subnet": { "tags.*": gone },
    "aws:ec2/vpc:Vpc": { "tags.*": gone },
    "aws:kms/alias:Alias": { "": ["removed"] },
    "pagerduty:index/tagAssignment:TagAssignment": { "": ["removed"] },
    "pagerduty:index/user:User": { jobTitle: gone },
  }),
  // STS lets a principal take a role in one way alone.
  ...because("nobody else takes the role", {
    "aws:iam/role:Role": { "assumeRolePolicy.Statement.*": ["Action widened"] },
  }),
  ...because("how a page looks", {
    "datadog:index/dashboard:Dashboard": {
      "widgets.*.groupDefinition.title": gone,
      ...under("widgets.*.groupDefinition.widgets.*.timeseriesDefinition", {
        title: gone,
        showLegend: ["deleted", "flipped"],
        customLinks: ["set"],
        description: ["set"],
        events: ["set"],
        legendColumns: ["set"],
        legendLayout: ["set"],
        legendSize: ["set"],
        rightYaxis: ["set"],
        titleAlign: ["set"],
        titleSize: ["set"],
        yaxis: ["set"],
        "markers.*.displayType": gone,
        "markers.*.label": gone,
        "requests.*.displayType": gone,
        "requests.*.metadatas": gone,
        "requests.*.metadatas.*": ["dropped"],
        "requests.*.metadatas.*.aliasName": gone,
        "requests.*.metadatas.*.expression": ["emptied"],
        "requests.*.onRightYaxis": ["set to true"],
        "requests.*.style": ["set"],
        "requests.*.formulas.*.alias": ["set"],
        "requests.*.formulas.*.cellDisplayMode": ["set"],
        "requests.*.formulas.*.conditionalFormats": ["set"],
        "requests.*.formulas.*.numberFormat": ["set"],
        "requests.*.formulas.*.style": ["set"],
      }),
      ...under("widgets.*.groupDefinition.widgets.*.noteDefinition", {
        backgroundColor: gone,
        description: ["set"],
        fontSize: [...gone, "zero", "very large", "very small"],
        hasPadding: ["set to false"],
        showTick: ["set to true"],
        textAlign: gone,
        tickEdge: ["set"],
        tickPos: ["set"],
        verticalAlign: ["set"],
      }),
      ...under("widgets.*.groupDefinition.widgets.*.serviceLevelObjectiveDefinition", {
        description: ["set"],
        titleAlign: ["set"],
        titleSize: ["set"],
      }),
      ...under("widgets.*.groupDefinition.widgets.*.manageStatusDefinition", {
        showLastTriggered: ["set to true"],
        summaryType: ["set"],
        titleAlign: ["set"],
        titleSize: ["set"],
      }),
    },
  }),
];

function under(place: string, paths: Rows[string]): Rows[string] {
  return Object.fromEntries(
    Object.entries(paths).map(([path, operators]) => [`${place}.${path}`, operators]),
  );
}

function because(reason: string, rows: Rows): readonly WithoutBearing[] {
  return Object.entries(rows).flatMap(([type, paths]) =>
    Object.entries(paths).map(([path, operators]) => ({ type, path, operators, reason })),
  );
}
>>>>>>> 7eddc23 (What weakens nothing is listed with its reason)
