import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../model/config/stack-spec.ts";
import { securityHeaders } from "./headers.ts";
import { challengePath, type Origin, originSecretHeader, viewerAddressHeader } from "./origin.ts";

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
  readonly priceClass: Settings<"edge", "cloudfront">["priceClass"];
  /** Whether the service at "/" is called by the customers' host name. */
  readonly forwardHost: boolean;
  /** Origins that pages may call besides their own; see `securityHeaders`. */
  readonly connectSources: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** CloudFront's managed policies, by the ids of its developer guide ("Use managed cache policies" and so on). */
const managedPolicy = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  allViewerAndCloudFrontHeaders: "33f36d7e-f396-46d9-90e0-52428a34d9dc",
} as const;

/** Every error status that CloudFront caches (developer guide, "Configure error response behavior"). */
const cachedErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;

/** Seconds beyond a service's own: Vercel's answer that time is up has to arrive before CloudFront gives up. */
const patience = 10;

/**
 * The customer's one way in. Services are not cached here, since Vercel's own network caches what a response
 * allows. The service at "/" sees the customers' host name, and CloudFront-Viewer-Address, by which Vercel knows
 * CloudFront for a proxy and its visitors apart; the others see their own name (`originHost`), since a domain belongs
 * to one project of Vercel's, and CloudFront has no policy that sends the one header without the other.
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
      securityHeaders(args.connectSources, "nonce"),
      child,
    );
    const lax = args.origins.some(({ inlineScripts }) => inlineScripts === "unsafe")
      ? new aws.cloudfront.ResponseHeadersPolicy(
          `${name}-inline`,
          securityHeaders(args.connectSources, "unsafe"),
          child,
        )
      : headers;
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
      originRequestPolicyId:
        args.forwardHost && origin.path === "/"
          ? managedPolicy.allViewerAndCloudFrontHeaders
          : managedPolicy.allViewerExceptHostHeader,
      responseHeadersPolicyId: origin.inlineScripts === "unsafe" ? lax.id : headers.id,
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
    // Before Vercel has the domain's certificate, and whenever that is renewed, it is asked over plain HTTP; what it is
    // asked is no secret, and CloudFront's must not travel so.
    const challenge = { ...root, service: `${root.service}-challenge` };
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
            ...atVercel(origin, "https-only"),
            customHeaders: [{ name: originSecretHeader, value: args.originSecret }],
          })),
          {
            originId: "static",
            domainName: args.staticBucket.bucketRegionalDomainName,
            originAccessControlId: accessControl.id,
          },
          ...(args.forwardHost ? [atVercel(challenge, "http-only")] : []),
        ],
        defaultCacheBehavior: fromService(root),
        orderedCacheBehaviors: [
          { ...fromBucket, pathPattern: "/static/*" },
          ...(args.forwardHost
            ? [
                {
                  ...fromService(root),
                  viewerProtocolPolicy: "allow-all",
                  targetOriginId: challenge.service,
                  pathPattern: `${challengePath}*`,
                },
              ]
            : []),
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

/**
 * CloudFront asks anew where a read has run out of time, as often as it may connect; where that takes as long as the
 * function, each is a function more. So Vercel is the first to give up, and all attempts together take no longer.
 */
function atVercel({ service, host, maxDurationSeconds }: Origin, originProtocolPolicy: string) {
  const seconds = maxDurationSeconds + patience;
  return {
    originId: service,
    domainName: host,
    connectionAttempts: 2,
    connectionTimeout: 5,
    responseCompletionTimeout: seconds,
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy,
      originSslProtocols: ["TLSv1.2"],
      originReadTimeout: seconds,
    },
  };
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
