/** What weakens nothing of AWS's resources, and of what is generated for them. */
import { because, gone, type WithoutBearing } from "./rows.ts";

export const awsRows: readonly WithoutBearing[] = [
  ...because("it is kept for longer", {
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
      maxRetentionDays: ["deleted", "very large"],
    },
    "aws:cloudwatch/logGroup:LogGroup": { retentionInDays: ["zero", "very large"] },
    "aws:elasticache/replicationGroup:ReplicationGroup": { snapshotRetentionLimit: ["very large"] },
    "aws:rds/instance:Instance": { backupRetentionPeriod: ["very large"] },
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
  }),
  ...because("more of what it is there for", {
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
      "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec": ["very large"],
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": { numCacheClusters: ["very large"] },
    "aws:rds/instance:Instance": { maxAllocatedStorage: ["very large"], monitoringInterval: ["very small"] },
    "random:index/randomPassword:RandomPassword": { length: ["very large"], special: ["flipped"] },
  }),
  ...because("AWS refuses it", {
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": { changeableForDays: ["zero", "very small"] },
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
    "aws:iam/role:Role": { maxSessionDuration: ["zero", "very small"] },
    "aws:kms/key:Key": { deletionWindowInDays: ["very large"] },
    "aws:rds/instance:Instance": { allocatedStorage: ["deleted", "zero", "very small"] },
  }),
  ...because("what stands in for it is the same", {
    "aws:iam/role:Role": { maxSessionDuration: ["deleted"] },
    // What the older version lacks, no statement uses.
    "aws:kms/key:Key": { "policy.Version": gone },
  }),
  // A key's policy is about that key, and KMS's actions are all that a key knows.
  ...because("all that can be done with the key was allowed before", {
    "aws:kms/key:Key": { "policy.Statement.*": ["Action widened"] },
  }),
  ...because("whatever blocks blocks in any order, with any answer", {
    "aws:wafv2/webAcl:WebAcl": {
      "rules.*.priority": ["very large", "very small", "zero"],
      "rules.*.action.block": ["emptied"],
      "rules.*.action.block.customResponse": ["deleted"],
      "rules.*.action.block.customResponse.customResponseBodyKey": ["set"],
      "rules.*.action.block.customResponse.responseHeaders": ["set"],
    },
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
  }),
  // STS lets a principal take a role in one way alone.
  ...because("nobody else takes the role", {
    "aws:iam/role:Role": { "assumeRolePolicy.Statement.*": ["Action widened"] },
  }),
];
