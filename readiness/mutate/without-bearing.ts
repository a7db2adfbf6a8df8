/**
 * Mutants that weaken nothing: a tightening, an equivalent value, one that the vendor refuses, a cosmetic. No rule has to
 * notice them. A property that has no bearing whatever its value is in `policies/closed-world/exceptions.ts` instead.
 */

import { pagingWithoutBearing } from "./paging-without-bearing.ts";

export interface WithoutBearing {
  readonly type: string;
  readonly path: string;
  readonly operators: readonly string[];
  readonly reason: string;
}

/** By type and path; the path is empty where the resource as a whole is meant. */
export type Rows = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

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
      "": ["removed"],
      rules: gone,
      "rules.*": ["dropped"],
      "rules.*.status": ["reversed"],
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
  ...Object.entries(pagingWithoutBearing).flatMap(([reason, rows]) => because(reason, rows)),
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
