/** An S3 bucket, and what is declared apart from it. */
import type * as aws from "@pulumi/aws";
import { resourceType } from "../resource.ts";

export const bucket = resourceType<aws.s3.BucketArgs>("aws:s3/bucket:Bucket");
export const publicAccess = resourceType<aws.s3.BucketPublicAccessBlockArgs>(
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
);
export const ownership = resourceType<aws.s3.BucketOwnershipControlsArgs>(
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
);
export const encryption = resourceType<aws.s3.BucketServerSideEncryptionConfigurationArgs>(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
);
export const versioning = resourceType<aws.s3.BucketVersioningArgs>(
  "aws:s3/bucketVersioning:BucketVersioning",
);
export const lifecycle = resourceType<aws.s3.BucketLifecycleConfigurationArgs>(
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
);
export const bucketPolicy = resourceType<aws.s3.BucketPolicyArgs>("aws:s3/bucketPolicy:BucketPolicy");
export const objectLock = resourceType<aws.s3.BucketObjectLockConfigurationArgs>(
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
);
