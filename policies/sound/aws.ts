/** What properties of AWS's resources may be. Numbers are those of AWS's own references, where nothing else is named. */
import { instanceClass } from "../effects/instance-class.ts";
import {
  between,
  filled,
  flag,
  ifSet,
  is,
  like,
  oneOf,
  reference,
  type Sound,
  type SoundProperties,
} from "./sound.ts";

const timeSpan = like(
  /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
  "a span of hours such as 01:00-02:00",
);
const weekSpan = like(
  /^[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d$/i,
  "a span of a week such as sun:03:30-sun:04:30",
);
const peering = like(/^pcx-[0-9a-f]{8,17}$/, "a peering connection");
/** A class that is no longer made is refused at the next change of it. */
const sold: Sound = {
  wanted: "a class that AWS still offers",
  holds: (value) => typeof value === "string" && instanceClass(value)?.sold === true,
};
const minutesPerDay = 1440;

export const awsProperties: Readonly<Record<string, SoundProperties>> = {
  "aws:acm/certificateValidation:CertificateValidation": { "validationRecordFqdns.*": reference },
  "aws:backup/plan:Plan": {
    // A job that has not begun, or ended, within its window is cancelled; AWS's own defaults are 8 h and 7 d.
    "rules.*.startWindow": ifSet(between(60, minutesPerDay, "minutes")),
    "rules.*.completionWindow": ifSet(between(120, 7 * minutesPerDay, "minutes")),
  },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
    "recoveryPointSelection.algorithm": oneOf("LATEST_WITHIN_WINDOW", "RANDOM_WITHIN_WINDOW"),
    "recoveryPointSelection.includeVaults.*": reference,
    "recoveryPointSelection.recoveryPointTypes.*": oneOf("SNAPSHOT", "CONTINUOUS"),
    "recoveryPointSelection.recoveryPointTypes": filled,
    "recoveryPointSelection.includeVaults": filled,
    // What is older than a week is not what an outage would be restored from.
    "recoveryPointSelection.selectionWindowDays": between(1, 7, "days"),
    startWindowHours: ifSet(between(1, 168, "hours")),
  },
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": {
    iamRoleArn: reference,
    protectedResourceType: is("RDS"),
    "restoreMetadataOverrides.dbSubnetGroupName": reference,
    // Somebody, or something, has to look at what was restored; until then it is a second copy of customers' data.
    validationWindowHours: between(1, 72, "hours"),
  },
  "aws:backup/selection:Selection": { iamRoleArn: reference, resources: filled },
  "aws:cloudfront/distribution:Distribution": {
    "defaultCacheBehavior.cachedMethods.*": oneOf("GET", "HEAD", "OPTIONS"),
    "orderedCacheBehaviors.*.cachedMethods.*": oneOf("GET", "HEAD", "OPTIONS"),
    "origins.*.customOriginConfig.httpPort": between(1, 65_535),
    "origins.*.customOriginConfig.ipAddressType": ifSet(oneOf("ipv4", "ipv6", "dualstack")),
    "origins.*.customOriginConfig.originKeepaliveTimeout": ifSet(between(1, 300, "seconds")),
    "origins.*.customOriginConfig.originReadTimeout": ifSet(between(1, 180, "seconds")),
    "customErrorResponses.*.responsePagePath": ifSet(like(/^\/[\w./-]+$/, "a path")),
    "origins.*.originShield.enabled": ifSet(flag),
    "origins.*.originShield.originShieldRegion": ifSet(filled),
    priceClass: ifSet(oneOf("PriceClass_100", "PriceClass_200", "PriceClass_All")),
  },
  "aws:cloudfront/function:Function": { runtime: is("cloudfront-js-2.0") },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    "customHeadersConfig.items.*.override": flag,
    "securityHeadersConfig.contentSecurityPolicy.override": flag,
    "securityHeadersConfig.strictTransportSecurity.preload": is(true),
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    "s3DeliveryConfigurations.*.suffixPath": like(/^\/?[\w{}-]+(\/[\w{}-]+)*\/?$/, "a path of fields"),
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    outputFormat: oneOf("json", "plain", "w3c", "raw", "parquet"),
  },
  "aws:ec2/flowLog:FlowLog": { iamRoleArn: reference, logDestinationType: is("cloud-watch-logs") },
  "aws:ec2/route:Route": { vpcPeeringConnectionId: ifSet(reference) },
  "aws:ec2/routeTable:RouteTable": { vpcId: reference },
  "aws:ec2/subnet:Subnet": { cidrBlock: like(/^(10|172|192)\./, "a private range (RFC 1918)") },
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": {
    autoAccept: is(true),
    vpcPeeringConnectionId: peering,
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    family: like(/^(valkey([7-9]|[1-9]\d)|redis7)$/, "of an engine in support"),
    "parameters.*.name": filled,
    "parameters.*.value": filled,
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    authTokenUpdateStrategy: oneOf("ROTATE", "SET"),
    engine: oneOf("valkey", "redis"),
    engineVersion: like(/^([7-9]|[1-9]\d)\.\d+$/, "a version in support"),
    finalSnapshotIdentifier: ifSet(filled),
    "logDeliveryConfigurations.*.destination": filled,
    "logDeliveryConfigurations.*.destinationType": oneOf("cloudwatch-logs", "kinesis-firehose"),
    "logDeliveryConfigurations.*.logFormat": oneOf("json", "text"),
    maintenanceWindow: weekSpan,
    nodeType: sold,
    parameterGroupName: reference,
    port: between(1024, 65_535),
    replicationGroupId: filled,
    snapshotWindow: timeSpan,
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    "clientIdLists.*": like(
      /^(sts\.amazonaws\.com|https:\/\/vercel\.com\/[\w-]+)$/,
      "AWS's or the team's audience",
    ),
  },
  "aws:iam/policy:Policy": {
    delayAfterPolicyCreationInMs: ifSet(between(0, 60_000, "ms")),
    "policy.Version": is("2012-10-17"),
  },
  "aws:rds/instance:Instance": {
    backupWindow: timeSpan,
    copyTagsToSnapshot: is(true),
    databaseInsightsMode: oneOf("standard", "advanced"),
    dbName: filled,
    engine: is("postgres"),
    instanceClass: sold,
    // Major versions with standard support at the end of 2026 (RDS release calendars).
    engineVersion: like(/^(1[4-9]|[2-9]\d)(\.\d+)?$/, "a version in support"),
    masterUserSecretKmsKeyId: reference,
    monitoringRoleArn: reference,
    performanceInsightsRetentionPeriod: between(7, 731, "days"),
    port: between(1150, 65_535),
    storageType: oneOf("gp3", "io1", "io2"),
    username: filled,
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    family: like(/^postgres(1[4-9]|[2-9]\d)$/, "of a version in support"),
    "parameters.*.applyMethod": ifSet(oneOf("immediate", "pending-reboot")),
  },
  "aws:sns/topicPolicy:TopicPolicy": { "policy.Version": is("2012-10-17") },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    "rules.*.abortIncompleteMultipartUpload.daysAfterInitiation": between(1, 365, "days"),
    "rules.*.transitions.*.days": ifSet(between(0, 3650, "days")),
    "rules.*.transitions.*.storageClass": oneOf("STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR"),
  },
  "aws:wafv2/webAcl:WebAcl": {
    // Whether it blocks or lets in is for the rules of the firewall.
    "rules.*.statement.geoMatchStatement.countryCodes.*": like(/^[A-Z]{2}$/, "a country"),
  },
  "pulumi:providers:aws": {
    // Providers take everything as text. The region is checked against a list that lags behind AWS.
    skipCredentialsValidation: is("false"),
    skipRegionValidation: oneOf("true", "false"),
  },
  "aws:s3/bucket:Bucket": { objectLockEnabled: ifSet(flag) },
};
