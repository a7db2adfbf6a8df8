/** What is known of resource types as such: facts of the vendors, not choices of this stack. */

/**
 * AWS types whose resources take no tags, as far as stacks use them. A type that is missing here is taken
 * to take tags, so a new one fails until somebody has looked.
 */
export const typesWithoutTags: ReadonlySet<string> = new Set([
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:backup/restoreTestingSelection:RestoreTestingSelection",
  "aws:backup/selection:Selection",
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:backup/vaultNotifications:VaultNotifications",
  "aws:backup/vaultPolicy:VaultPolicy",
  "aws:cloudfront/cachePolicy:CachePolicy",
  "aws:cloudfront/monitoringSubscription:MonitoringSubscription",
  "aws:cloudfront/originAccessControl:OriginAccessControl",
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:ec2/route:Route",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:kms/alias:Alias",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
  "aws:route53/keySigningKey:KeySigningKey",
  "aws:route53/queryLog:QueryLog",
  "aws:route53/record:Record",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketMetric:BucketMetric",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
]);

/** AWS types that keep what customers entered. */
export const storesOfCustomerData: ReadonlySet<string> = new Set([
  "aws:backup/vault:Vault",
  "aws:dynamodb/table:Table",
  "aws:efs/fileSystem:FileSystem",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
]);

/** Types whose deletion loses something that a deployment cannot make again. */
export const typesWithState: ReadonlySet<string> = new Set([
  ...storesOfCustomerData,
  // Whatever a key encrypted is lost with the key; a new zone has other name servers than the registrar knows.
  "aws:kms/key:Key",
  // A lock that is gone is no drift that anybody sees.
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:route53/zone:Zone",
  // Without the signatures that the parent zone promises, the domain is answered to nobody.
  "cloudflare:index/zoneDnssec:ZoneDnssec",
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
  "aws:route53/keySigningKey:KeySigningKey",
]);

/** Types that their vendor has retired, and what to declare instead. */
export const retiredTypes: readonly {
  readonly pattern: RegExp;
  readonly successor: string;
  /** Major version of the provider that has the successor. */
  readonly since?: number;
}[] = [
  // AWS WAF Classic: end of support 30 September 2025 (AWS WAF developer guide).
  { pattern: /^aws:waf(regional)?\//, successor: "of aws:wafv2" },
  // Marked deprecated in the provider's version 7.
  { pattern: /^aws:s3\/\w+V2:/, successor: "the type without V2", since: 7 },
  // Legacy in the CloudFront developer guide: no SSE-KMS, no new regions.
  { pattern: /^aws:cloudfront\/originAccessIdentity:/, successor: "OriginAccessControl" },
  // No new instance types since 2023, closed to new accounts since October 2024 (EC2 Auto Scaling user guide).
  { pattern: /^aws:ec2\/launchConfiguration:/, successor: "LaunchTemplate" },
  // Superseded twice, last by Event Orchestration (PagerDuty's documentation).
  {
    pattern: /^pagerduty:index\/((e|serviceE)ventRule|ruleset(Rule)?):/,
    successor: "an event orchestration",
  },
  // Gone from PagerDuty's API description.
  { pattern: /^pagerduty:index\/responsePlay:/, successor: "an escalation policy" },
  // Marked deprecated in the provider: only the v2 API's downtimes are offered any more.
  { pattern: /^datadog:index\/downtime:/, successor: "DowntimeSchedule" },
];

/**
 * The property by which people tell what stands in an account of Vercel's, Datadog's or PagerDuty's, which stacks
 * share; what belongs to such a thing, as a service's integration, or to people is left out.
 */
export const namesInSharedAccounts: Readonly<Record<string, string>> = {
  "datadog:index/apiKey:ApiKey": "name",
  "datadog:index/dashboard:Dashboard": "title",
  "datadog:index/incidentType:IncidentType": "name",
  "datadog:index/logsIndex:LogsIndex": "name",
  "datadog:index/logsMetric:LogsMetric": "name",
  "datadog:index/monitor:Monitor": "name",
  "datadog:index/rumApplication:RumApplication": "name",
  "datadog:index/serviceLevelObjective:ServiceLevelObjective": "name",
  "datadog:index/spansMetric:SpansMetric": "name",
  "datadog:index/statusPage:StatusPage": "name",
  "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable": "name",
  "datadog:index/syntheticsTest:SyntheticsTest": "name",
  "datadog:pagerduty/serviceObject:ServiceObject": "serviceName",
  "pagerduty:index/businessService:BusinessService": "name",
  "pagerduty:index/escalationPolicy:EscalationPolicy": "name",
  "pagerduty:index/schedule:Schedule": "name",
  "pagerduty:index/service:Service": "name",
  "pagerduty:index/tag:Tag": "label",
  "pagerduty:index/team:Team": "name",
  "vercel:index/network:Network": "name",
  "vercel:index/project:Project": "name",
};
