import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { StackSpec } from "../model/config/stack-spec.ts";
import type { Tier } from "../model/tier.ts";
import { AccessLogs } from "./edge/access-logs.ts";
import { Certificate } from "./edge/certificate.ts";
import { Distribution } from "./edge/distribution.ts";
import type { Origin } from "./edge/origin.ts";
import { QueryLogs } from "./edge/query-logs.ts";
import { WebFirewall } from "./edge/web-firewall.ts";
import { ZoneSigning } from "./edge/zone-signing.ts";
import { PrivateBucket } from "./private-bucket.ts";
import type { AwsTags } from "./tags.ts";

export interface EdgeArgs {
  readonly settings: StackSpec["edge"];
  /** Host name that customers use; its hosted zone belongs to the stack. */
  readonly domain: string;
  /** The services behind the domain; exactly one has the path "/". */
  readonly origins: readonly Origin[];
  /** Origins that pages may call besides their own, such as `rumIntake(site)`. */
  readonly connectSources: readonly string[];
  /** CloudFront's certificate, web ACL and log delivery live in us-east-1. */
  readonly usEast1: aws.Provider;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/**
 * The way of every request: DNS, TLS, firewall, CloudFront, then the service or the files below `/static/`.
 * By hand, once: delegate the domain to `nameServers` where its parent zone is kept, as the first deployment asks.
 */
export class Edge extends pulumi.ComponentResource {
  readonly zoneId: pulumi.Output<string>;
  readonly nameServers: pulumi.Output<string[]>;
  /** For the parent zone, in production. */
  readonly dsRecord: pulumi.Output<string> | undefined;
  readonly distributionId: pulumi.Output<string>;
  /** Bucket of the files below `/static/`; their keys begin with `static/`. */
  readonly staticBucket: pulumi.Output<string>;
  /** Secret: what CloudFront sends to the services as `originSecretHeader`. */
  readonly originSecret: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Edge", name, {}, opts);
    const { settings, domain, origins, usEast1, tier, tags } = args;
    const child = { parent: this };
    const production = tier === "production";

    const zone = new aws.route53.Zone(
      name,
      { name: domain, comment: `Managed by ${pulumi.getProject()}`, tags },
      {
        parent: this,
        protect: production,
        retainOnDelete: production,
        // The certificate of the same run waits for it.
        hooks: { afterCreate: [({ newOutputs }) => askForDelegation(domain, newOutputs?.["nameServers"])] },
      },
    );
    const certificate = new Certificate(
      `${name}-certificate`,
      { domain, zoneId: zone.zoneId, usEast1, tags },
      child,
    );
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
    this.#declareRecords(name, args, zone, distribution);
    new QueryLogs(
      `${name}-queries`,
      { domain, zoneId: zone.zoneId, retentionDays: settings.accessLogRetentionDays, usEast1, tags },
      child,
    );
    // Staging, which is made and thrown away, would leave its parent zone with a promise that nobody keeps.
    const signing = production
      ? new ZoneSigning(`${name}-signing`, { zoneId: zone.zoneId, usEast1, tier, tags }, child)
      : undefined;

    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.dsRecord = signing?.dsRecord;
    this.distributionId = distribution.id;
    this.staticBucket = files.bucket.id;
    this.originSecret = secret.result;
    this.registerOutputs({
      zoneId: this.zoneId,
      nameServers: this.nameServers,
      distributionId: this.distributionId,
      staticBucket: this.staticBucket,
    });
  }

  #declareRecords(name: string, args: EdgeArgs, zone: aws.route53.Zone, distribution: Distribution): void {
    const zoneId = zone.zoneId;
    const child = { parent: this };
    for (const type of ["A", "AAAA"]) {
      new aws.route53.Record(
        `${name}-${type.toLowerCase()}`,
        {
          zoneId,
          name: args.domain,
          type,
          aliases: [{ ...distribution.alias, evaluateTargetHealth: false }],
        },
        child,
      );
    }
    for (const origin of args.origins) {
      new aws.route53.Record(
        `${name}-origin-${origin.service}`,
        { zoneId, name: origin.host, type: "CNAME", ttl: 300, records: ["cname.vercel-dns.com"] },
        child,
      );
    }
    // AWS issues the domain's certificate, Let's Encrypt those of the origins on Vercel; nobody issues wildcards.
    new aws.route53.Record(
      `${name}-caa`,
      {
        zoneId,
        name: args.domain,
        type: "CAA",
        ttl: 3600,
        records: ['0 issue "amazon.com"', '0 issue "letsencrypt.org"', '0 issuewild ";"'],
      },
      child,
    );
  }
}

/** Said once, when the zone is there and the deployment goes on. */
function askForDelegation(domain: string, nameServers: unknown): void {
  pulumi.log.warn(
    `Delegate ${domain} now, at its registrar or in its parent zone, to ${[nameServers].flat().join(", ")}: ` +
      "this update waits for the domain's certificate, 75 minutes at most. Where it gives up, run it again.",
  );
}
