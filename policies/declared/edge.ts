/** What the rules of the edge look at. */
import type * as aws from "@pulumi/aws";
import type { Behaviour } from "../effects/cloudfront.ts";
import { equals } from "../expect.ts";
import { type Resource, resourceType } from "../resource.ts";

/** Header by which CloudFront proves itself to the services; what sends it and what demands it must agree. */
export const originSecretHeader = "x-origin-secret";

/** Header with the customer's address: CloudFront sets it, the services count by it. */
export const viewerAddressHeader = "x-viewer-address";

export const distribution = resourceType<aws.cloudfront.DistributionArgs>(
  "aws:cloudfront/distribution:Distribution",
);

export const webAcl = resourceType<aws.wafv2.WebAclArgs>("aws:wafv2/webAcl:WebAcl");
export const logging = resourceType<aws.wafv2.WebAclLoggingConfigurationArgs>(
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
);

/** CloudFront looks for certificates and web ACLs there (developer guide, "Requirements for certificates"). */
const cloudFrontRegion = "us-east-1";

/** A resource that CloudFront uses lies in us-east-1, by its own region or its provider's. */
export function inCloudFrontRegion({ props, provider }: Resource<{ region?: string | undefined }>) {
  return equals({ region: props.region ?? provider?.props["region"] }, "region", cloudFrontRegion);
}

type Distribution = Resource<NonNullable<(typeof distribution)["props"]>>;

/** How requests are answered: by default and by path. `path` is for messages. */
export function behaviours({ props }: Distribution) {
  return [
    { path: "by default", behaviour: props.defaultCacheBehavior as Behaviour },
    ...(props.orderedCacheBehaviors ?? []).map((b) => ({ path: `for ${b.pathPattern}`, behaviour: b })),
  ];
}

/** The services behind a distribution, without its buckets. */
export function serviceOrigins({ props }: Distribution) {
  return props.origins.filter((origin) => origin.customOriginConfig !== undefined);
}
