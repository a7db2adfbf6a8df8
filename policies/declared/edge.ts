/** What the rules of the edge look at. */
import type * as aws from "@pulumi/aws";
import { type Behaviour, originOf } from "../effects/cloudfront.ts";
import { equals } from "../expect.ts";
import { type Resource, resourceType, type Stack } from "../resource.ts";
import { projectDomain } from "./application.ts";

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

/**
 * Where an authority asks, over plain HTTP, whether a host is its owner's before it issues a certificate (RFC 8555,
 * 8.3): what it asks for is no secret, and there may be no certificate yet.
 */
export const challengePath = "/.well-known/acme-challenge/";

export function isChallenge({ pathPattern }: Behaviour): boolean {
  return pathPattern?.replace(/^\/?/, "/") === `${challengePath}*`;
}

/** The services behind a distribution, without its buckets and without what answers such questions alone. */
export function serviceOrigins({ props }: Distribution) {
  const { defaultCacheBehavior, orderedCacheBehaviors = [] } = props;
  const [challenges = [], others = []] = [true, false].map((challenge) =>
    orderedCacheBehaviors.filter((b) => isChallenge(b) === challenge).map((b) => b.targetOriginId),
  );
  const asked = [defaultCacheBehavior?.targetOriginId, ...others];
  return props.origins.filter(
    ({ originId, customOriginConfig }) =>
      customOriginConfig !== undefined && (asked.includes(originId) || !challenges.includes(originId)),
  );
}

/** The behaviours that lead to services, each with its origin. */
export function serviceBehaviours(site: Distribution) {
  return behaviours(site).flatMap(({ path, behaviour }) => {
    const origin = originOf(site.props, behaviour);
    return origin?.customOriginConfig ? [{ path, behaviour, origin }] : [];
  });
}

/** Host names that customers use: those of CloudFront, or of the projects where they reach Vercel's own edge. */
export function customersHosts(stack: Stack): readonly string[] {
  if (stack.declared.parts.edge.kind === "cloudfront")
    return stack.ofType(distribution).flatMap(({ props }) => props.aliases ?? []);
  return stack.ofType(projectDomain).map(({ props }) => props.domain);
}
