import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Settings } from "../model/config/stack-spec.ts";
import { AccessLogs } from "./edge/access-logs.ts";
import { Certificate } from "./edge/certificate.ts";
import { type DnsArgs, declareDns } from "./edge/declare-dns.ts";
import { Distribution } from "./edge/distribution.ts";
import type { Dns } from "./edge/dns/dns.ts";
import type { Origin } from "./edge/origin.ts";
import { WebFirewall } from "./edge/web-firewall.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface EdgeArgs extends DnsArgs {
  readonly settings: Settings<"edge", "cloudfront">;
  /** The services behind the domain; exactly one has the path "/". */
  readonly origins: readonly Origin[];
  /** Origins that pages may call besides their own, such as `rumIntake(site)`. */
  readonly connectSources: readonly string[];
}

/** The way of every request: DNS, TLS, firewall, CloudFront, then the service or the files below `/static/`. */
export class Edge extends pulumi.ComponentResource {
  readonly dns: Dns;
  readonly distributionId: pulumi.Output<string>;
  /** Bucket of the files below `/static/`; their keys begin with `static/`. */
  readonly staticBucket: pulumi.Output<string>;
  /** Secret: what CloudFront sends to the services as `originSecretHeader`. */
  readonly originSecret: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Edge", name, {}, opts);
    const { settings, domain, origins, tier, tags } = args;
    const { usEast1 } = args.providers;
    const child = { parent: this };
    const dns = declareDns(name, args, this);
    const certificate = new Certificate(`${name}-certificate`, { domain, dns, usEast1, tags }, child);
    const firewall = new WebFirewall(
      `${name}-firewall`,
      {
        rateLimitPer5Minutes: settings.rateLimitPer5Minutes,
        maxBodyKB: settings.maxBodyKB,
        logRetentionDays: settings.accessLogRetentionDays,
        usEast1,
        tier,
        tags,
      },
      child,
    );
    const files = new PrivateBucket(`${name}-static`, { tier, tags }, child);
    const secret = new random.RandomPassword(`${name}-origin-secret`, { length: 48, special: false }, child);
    const distribution = new Distribution(
      `${name}-distribution`,
      {
        domain,
        origins,
        originSecret: secret.result,
        staticBucket: files.bucket,
        certificateArn: certificate.arn,
        webAclArn: firewall.arn,
        priceClass: settings.priceClass,
        forwardHost: settings.forwardHost,
        connectSources: args.connectSources,
        tags,
      },
      child,
    );
    files.declarePolicy({
      Sid: "CloudFrontReads",
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: pulumi.interpolate`${files.bucket.arn}/*`,
      Condition: { StringEquals: { "AWS:SourceArn": distribution.arn } },
    });
    new AccessLogs(
      `${name}-access-logs`,
      {
        distributionArn: distribution.arn,
        retentionDays: settings.accessLogRetentionDays,
        tier,
        usEast1,
        tags,
      },
      child,
    );
    dns.toDistribution(name, distribution.alias);
    for (const { service, host } of origins) dns.toVercel(`${name}-origin-${service}`, host);
    // AWS issues the domain's certificate, Let's Encrypt those of the origins on Vercel.
    dns.limitIssuers(`${name}-caa`, ["amazon.com", "letsencrypt.org"]);

    this.dns = dns;
    this.distributionId = distribution.id;
    this.staticBucket = files.bucket.id;
    this.originSecret = secret.result;
    this.registerOutputs({
      distributionId: this.distributionId,
      staticBucket: this.staticBucket,
    });
  }
}
