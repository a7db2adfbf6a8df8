import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { securityHeaders } from "./headers.ts";
import { type Origin, originSecretHeader, viewerAddressHeader } from "./origin.ts";

export interface DistributionArgs {
  readonly domain: string;
  /** The services behind it; exactly one has the path "/". */
  readonly origins: readonly Origin[];
  /** What every request to an origin proves itself with. */
  readonly originSecret: pulumi.Input<string>;
  /** Bucket of the files below `/static/`; their keys begin with `static/`. */
  readonly staticBucket: aws.s3.Bucket;
  /** Certificate of the domain, in us-east-1 and issued. */
  readonly certificateArn: pulumi.Input<string>;
  /** Web ACL of scope CLOUDFRONT. */
  readonly webAclArn: pulumi.Input<string>;
  readonly priceClass: StackSpec["edge"]["priceClass"];
  /** Origins that pages may call besides their own; see `securityHeaders`. */
  readonly connectSources: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** CloudFront's managed policies, by the ids of its developer guide ("Use managed cache policies" and so on). */
const managedPolicy = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;

/** Every error status that CloudFront caches (developer guide, "Configure error response behavior"). */
const cachedErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;

/**
 * The customer's one way in. Services are not cached here, since Vercel's own network caches what a response
 * allows; the host name that they see is their own (`originHost`), never the domain.
 *
 * By hand, once: have Vercel's support verify CloudFront as the team's proxy, or its protection against floods may
 * take CloudFront for one. The header by which Vercel would know by itself, CloudFront-Viewer-Address, is not sent
 * by a policy that leaves out the customer's Host.
 */
export class Distribution extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** CloudFront's name and zone, for alias records. */
  readonly alias: { readonly name: pulumi.Output<string>; readonly zoneId: pulumi.Output<string> };

  constructor(name: string, args: DistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Distribution", name, {}, opts);
    const child = { parent: this };

    const headers = new aws.cloudfront.ResponseHeadersPolicy(
      name,
      securityHeaders(args.connectSources),
      child,
    );
    const viewerAddress = new aws.cloudfront.Function(
      `${name}-viewer-address`,
      {
        runtime: "cloudfront-js-2.0",
        comment: `Sets ${viewerAddressHeader}`,
        code: setViewerAddress,
        tags: args.tags,
      },
      child,
    );
    const accessControl = new aws.cloudfront.OriginAccessControl(
      name,
      { originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
      child,
    );
    const https = {
      viewerProtocolPolicy: "redirect-to-https",
      compress: true,
      responseHeadersPolicyId: headers.id,
    };
    const fromService = (origin: Origin) => ({
      ...https,
      targetOriginId: origin.service,
      allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: managedPolicy.cachingDisabled,
      originRequestPolicyId: managedPolicy.allViewerExceptHostHeader,
      functionAssociations: [{ eventType: "viewer-request", functionArn: viewerAddress.arn }],
    });
    const fromBucket = {
      ...https,
      targetOriginId: "static",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: managedPolicy.cachingOptimized,
    };
    const [root, ...others] = rootFirst(args.origins);
    const distribution = new aws.cloudfront.Distribution(
      name,
      {
        enabled: true,
        comment: args.domain,
        aliases: [args.domain],
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass: args.priceClass,
        webAclId: args.webAclArn,
        viewerCertificate: {
          acmCertificateArn: args.certificateArn,
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1.2_2021",
        },
        origins: [
          ...args.origins.map((origin) => ({
            originId: origin.service,
            domainName: origin.host,
            customHeaders: [{ name: originSecretHeader, value: args.originSecret }],
            customOriginConfig: {
              httpPort: 80,
              httpsPort: 443,
              originProtocolPolicy: "https-only",
              originSslProtocols: ["TLSv1.2"],
            },
          })),
          {
            originId: "static",
            domainName: args.staticBucket.bucketRegionalDomainName,
            originAccessControlId: accessControl.id,
          },
        ],
        defaultCacheBehavior: fromService(root),
        orderedCacheBehaviors: [
          { ...fromBucket, pathPattern: "/static/*" },
          ...others.flatMap((origin) =>
            [origin.path, `${origin.path}/*`].map((pathPattern) => ({ ...fromService(origin), pathPattern })),
          ),
        ],
        // One customer's error must not be another's answer for the ten seconds that are CloudFront's default.
        customErrorResponses: cachedErrors.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
        restrictions: { geoRestriction: { restrictionType: "none" } },
        tags: args.tags,
      },
      { parent: this, additionalSecretOutputs: ["origins"] },
    );
    new aws.cloudfront.MonitoringSubscription(
      name,
      {
        distributionId: distribution.id,
        // Error rate by status, cache hit rate and origin latency come with this alone.
        monitoringSubscription: {
          realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" },
        },
      },
      child,
    );

    this.id = distribution.id;
    this.arn = distribution.arn;
    this.alias = { name: distribution.domainName, zoneId: distribution.hostedZoneId };
    this.registerOutputs({ id: this.id, arn: this.arn });
  }
}

const setViewerAddress = `function handler(event) {
  event.request.headers["${viewerAddressHeader}"] = { value: event.viewer.ip };
  return event.request;
}
`;

/**
 * The origins with that of "/" in front; of the others the longer path first, since CloudFront takes the first
 * pattern that matches.
 * @throws Error where not exactly one origin has "/"
 */
function rootFirst(origins: readonly Origin[]): [Origin, ...Origin[]] {
  const [root, ...more] = origins.filter((o) => o.path === "/");
  if (!root || more.length > 0) throw new Error('exactly one service must have the path "/"');
  const others = origins.filter((o) => o !== root);
  return [root, ...others.toSorted((a, b) => b.path.length - a.path.length)];
}
