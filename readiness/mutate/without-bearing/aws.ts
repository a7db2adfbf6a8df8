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
    "random:index/randomPassword:RandomPassword": { length: ["very large"], special: ["deleted", "flipped"] },
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
  ...because("KMS's own check of what a rule refuses: a policy that locks the account out", {
    "aws:kms/key:Key": { bypassPolicyLockoutSafetyCheck: ["set to true", "deleted", "flipped"] },
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
  ...because("what is left confines it as well", {
    "aws:iam/policy:Policy": { "": ["added"], "policy.Statement.*": ["Action widened", "Resource widened"] },
    "aws:iam/rolePolicy:RolePolicy": { "policy.Statement.*": ["Condition kms:ViaService deleted"] },
    "aws:kms/key:Key": { policy: ["deleted"] },
    "aws:s3/bucketPolicy:BucketPolicy": {
      "policy.Statement.*": [
        "Condition aws:SourceArn deleted",
        "Condition aws:SourceAccount deleted",
        "Condition s3:x-amz-acl deleted",
      ],
    },
    "aws:wafv2/webAcl:WebAcl": {
      // Beside addresses AWS reads no other key; five minutes are its own window.
      "rules.*.statement.rateBasedStatement.customKeys": ["set"],
      "rules.*.statement.rateBasedStatement.evaluationWindowSec": ["deleted"],
    },
    "aws:route53/record:Record": { records: ["widened"], "records.*": ["dropped", "emptied"] },
  }),
  ...because("it takes in more, or for longer", {
    "aws:backup/plan:Plan": { "rules.*.completionWindow": ["deleted"], "rules.*.startWindow": ["deleted"] },
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
      "recoveryPointSelection.selectionWindowDays": ["very small"],
      startWindowHours: ["deleted", "very small"],
    },
    "aws:backup/selection:Selection": {
      notResources: ["set"],
      conditions: gone,
      "conditions.*": ["dropped", "emptied"],
      "conditions.*.stringEquals": gone,
      "conditions.*.stringEquals.*": ["dropped"],
      "conditions.*.stringNotEquals": ["set"],
      "conditions.*.stringNotLikes": ["set"],
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
      loggingFilter: ["deleted"],
      "redactedFields.*.queryString": ["set"],
    },
  }),
  ...because("the service decides it as well", {
    "aws:acm/certificateValidation:CertificateValidation": {
      validationRecordFqdns: gone,
      "validationRecordFqdns.*": ["dropped"],
    },
    "aws:backup/vault:Vault": { name: gone },
    "aws:cloudfront/distribution:Distribution": {
      "customErrorResponses.*.errorCachingMinTtl": ["very small"],
    },
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
      // A service may send a stricter header of its own.
      "customHeadersConfig.items": ["widened"],
      "customHeadersConfig.items.*.override": ["flipped"],
      "securityHeadersConfig.contentSecurityPolicy.override": ["flipped"],
      // What a server is made of protects nothing.
      removeHeadersConfig: gone,
      "removeHeadersConfig.items": gone,
      "removeHeadersConfig.items.*": ["dropped"],
    },
    "aws:cloudwatch/logDelivery:LogDelivery": {
      "": ["added to what is there"],
      s3DeliveryConfigurations: [...gone, "widened"],
      "s3DeliveryConfigurations.*": ["dropped"],
    },
    "aws:s3/bucket:Bucket": { objectLockEnabled: ["set to true", "deleted"] },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
      "rules.*.abortIncompleteMultipartUpload.daysAfterInitiation": ["very small"],
      "rules.*.filter": ["deleted"],
    },
    "pulumi:providers:aws": { skipRegionValidation: ["reversed"] },
  }),
];
