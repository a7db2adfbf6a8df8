import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AccessLogs } from "../../components/edge/access-logs.ts";
import { Certificate } from "../../components/edge/certificate.ts";
import { Distribution } from "../../components/edge/distribution.ts";
import { Cloudflare } from "../../components/edge/dns/cloudflare.ts";
import { rumIntake, securityHeaders } from "../../components/edge/headers.ts";
import type { Origin } from "../../components/edge/origin.ts";
import { cloudWatchRetention, upTo } from "../../components/edge/web-firewall.ts";
import { Edge } from "../../components/edge.ts";
import { PrivateBucket } from "../../components/private-bucket.ts";
import { originHost } from "../../model/evidence/dns-records.ts";
import { declare, inputsOf, only, tags } from "./support/declare.ts";

const domain = "portal.example.com";
const origin = (service: string, path: string): Origin => ({
  service,
  path,
  host: originHost(service, domain),
  maxDurationSeconds: 30,
  inlineScripts: "nonce",
});
const usEast1 = () => new aws.Provider("us-east-1", { region: "us-east-1" });

interface Behaviour {
  readonly targetOriginId: string;
  readonly pathPattern?: string;
}

describe("Edge", () => {
  const program = () =>
    new Edge("edge", {
      dns: { kind: "route53", queryLogRetentionDays: 365 },
      settings: {
        kind: "cloudfront",
        rateLimitPer5Minutes: 2000,
        priceClass: "PriceClass_100",
        accessLogRetentionDays: 365,
        forwardHost: true,
        maxBodyKB: 4_500,
      },
      domain,
      origins: [origin("portal", "/"), origin("shop", "/shop")],
      connectSources: [],
      providers: { usEast1: usEast1() },
      tier: "production",
      tags,
    });

  it("puts into us-east-1 what CloudFront looks for there, and nothing else", async () => {
    const declared = await declare(program, true);
    const there = declared.filter((d) => d.provider.includes("us-east-1")).map(({ type }) => type);
    expect(new Set(there)).toEqual(
      new Set([
        "Alias",
        "Certificate",
        "CertificateValidation",
        "WebAcl",
        "WebAclLoggingConfiguration",
        "LogGroup",
        "LogResourcePolicy",
        "LogDeliverySource",
        "LogDeliveryDestination",
        "Key",
        "LogDelivery",
      ]),
    );
  });

  it("leads the domain to CloudFront and each origin's name to Vercel", async () => {
    const records = inputsOf(await declare(program, true), "Record").filter(({ type }) => type);
    const named = (type: string) => records.filter((r) => r["type"] === type).map((r) => r["name"]);
    expect(named("A")).toEqual([domain]);
    expect(named("AAAA")).toEqual([domain]);
    expect(named("CNAME")).toEqual([`portal.origin.${domain}`, `shop.origin.${domain}`]);
  });
});

it("proves the domain to ACM by the record that ACM asks for", async () => {
  const option = {
    resourceRecordName: "_a.example.com.",
    resourceRecordType: "CNAME",
    resourceRecordValue: "_b.",
  };
  const records: Record<string, unknown>[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      if (type.endsWith(":DnsRecord")) records.push(inputs);
      return { id: name, state: { ...inputs, domainValidationOptions: [option] } };
    },
    call: () => ({}),
  });
  const parent = new pulumi.ComponentResource("example:index:Edge", "edge");
  const settings = { kind: "cloudflare", zoneId: "0123", zone: domain } as const;
  const dns = new Cloudflare("edge", { settings, domain, tier: "staging" }, parent);
  new Certificate("certificate", { domain, dns, usEast1: usEast1(), tags });
  await pulumi.runtime.disconnect();
  expect(records).toEqual([
    { zoneId: "0123", name: "_a.example.com", type: "CNAME", content: "_b", ttl: 60, proxied: false },
  ]);
});

describe("Distribution", () => {
  const program = (origins: readonly Origin[]) => () =>
    new Distribution("site", {
      domain,
      origins,
      originSecret: "an origin secret",
      staticBucket: new aws.s3.Bucket("files"),
      certificateArn: "arn:certificate",
      webAclArn: "arn:web-acl",
      priceClass: "PriceClass_100",
      forwardHost: true,
      connectSources: [],
      tags,
    });

  /** CloudFront's own resource; the component has the same short type. */
  const site = async (origins: readonly Origin[]) => {
    const found = inputsOf(await declare(program(origins)), "Distribution").find((d) => d["enabled"]);
    if (!found) throw new Error("no distribution is declared");
    return found;
  };

  it("asks the more specific service first, whatever the order of the config", async () => {
    const origins = [origin("shop", "/shop"), origin("portal", "/"), origin("returns", "/shop/returns")];
    const { defaultCacheBehavior, orderedCacheBehaviors } = await site(origins);
    expect((defaultCacheBehavior as Behaviour).targetOriginId).toBe("portal");
    const ordered = (orderedCacheBehaviors as Behaviour[]).map((b) => [b.pathPattern, b.targetOriginId]);
    expect(ordered).toEqual([
      ["/static/*", "static"],
      ["/.well-known/acme-challenge/*", "portal-challenge"],
      ["/shop/returns", "returns"],
      ["/shop/returns/*", "returns"],
      ["/shop", "shop"],
      ["/shop/*", "shop"],
    ]);
  });

  it.each([
    ["no service", [origin("shop", "/shop")]],
    ["two services", [origin("portal", "/"), origin("home", "/")]],
  ])("refuses %s at /", async (_, origins) => {
    await expect(declare(program(origins))).rejects.toThrow('exactly one service must have the path "/"');
  });

  it("gives the secret to the services and not to the bucket", async () => {
    const { origins } = await site([origin("portal", "/")]);
    const [service, bucket] = origins as Record<string, unknown>[];
    expect(service?.["customHeaders"]).toEqual([{ name: "x-origin-secret", value: "an origin secret" }]);
    expect(bucket).not.toHaveProperty("customHeaders");
  });

  it("tells the services the customer's address, whatever the customer claims", async () => {
    const declared = await declare(program([origin("portal", "/")]));
    const code = String(only(declared, "Function")["code"]);
    const handler = new Function(`${code}; return handler;`)() as (event: object) => { headers: object };
    const headers = { "x-viewer-address": { value: "192.0.2.1" }, accept: { value: "*/*" } };
    const request = handler({ viewer: { ip: "198.51.100.7" }, request: { headers } });
    expect(request.headers).toEqual({
      "x-viewer-address": { value: "198.51.100.7" },
      accept: { value: "*/*" },
    });
  });
});

describe("PrivateBucket", () => {
  const lifecycle = async (expireAfterDays?: number) => {
    const args = { tier: "staging", tags, ...(expireAfterDays && { expireAfterDays }) } as const;
    const declared = await declare(() => new PrivateBucket("store", args));
    return (only(declared, "BucketLifecycleConfiguration")["rules"] as Record<string, unknown>[])[0];
  };

  it("deletes objects by age only where it is told to", async () => {
    expect(await lifecycle(30)).toMatchObject({ expiration: { days: 30 } });
    expect(await lifecycle()).not.toHaveProperty("expiration");
  });

  it("denies plain HTTP to whomever it lets in", async () => {
    const reader = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" } as const;
    const declared = await declare(() =>
      new PrivateBucket("store", { tier: "staging", tags }).declarePolicy(reader),
    );
    const { Statement } = only(declared, "BucketPolicy")["policy"] as { Statement: unknown[] };
    expect(Statement).toEqual([
      expect.objectContaining({
        Effect: "Deny",
        Principal: "*",
        Resource: ["arn:Bucket:store", "arn:Bucket:store/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
      reader,
    ]);
  });
});

it("lets nothing but the site's own logs into the bucket of access logs", async () => {
  const declared = await declare(
    () =>
      new AccessLogs("logs", {
        distributionArn: "arn:site",
        retentionDays: 365,
        tier: "production",
        usEast1: usEast1(),
        tags,
      }),
  );
  const { Statement } = only(declared, "BucketPolicy")["policy"] as { Statement: unknown[] };
  expect(Statement[1]).toMatchObject({
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "s3:PutObject",
    Condition: { ArnLike: { "aws:SourceArn": "arn:LogDeliverySource:logs" } },
  });
  const { recordFields } = only(declared, "LogDelivery");
  expect(recordFields).toContain("c-ip");
  expect(recordFields).not.toContain("cs(Cookie)");
});

it.each([
  ["datadoghq.com", "https://browser-intake-datadoghq.com"],
  ["datadoghq.eu", "https://browser-intake-datadoghq.eu"],
  ["us3.datadoghq.com", "https://browser-intake-us3-datadoghq.com"],
  ["ap1.datadoghq.com", "https://browser-intake-ap1-datadoghq.com"],
])("sends real-user monitoring of %s to %s", (site, intake) => {
  expect(rumIntake(site)).toBe(intake);
});

it("lets pages call their own origin and those that it is told of", () => {
  const policy = JSON.stringify(securityHeaders(["https://api.example.com"], "nonce").securityHeadersConfig);
  expect(policy).toContain("; connect-src 'self' https://api.example.com;");
});

it("keeps the firewall's log for as long as asked or a little longer", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3653 }), (days) => {
      const kept = cloudWatchRetention(days);
      expect(kept).toBeGreaterThanOrEqual(days);
      // What CloudWatch offers is offered as it is, and nothing shorter would do.
      expect(cloudWatchRetention(kept)).toBe(kept);
      expect(cloudWatchRetention(days - 1)).toBeLessThanOrEqual(kept);
    }),
  );
  expect([30, 31, 365, 366, 3650].map(cloudWatchRetention)).toEqual([30, 60, 365, 400, 3653]);
});

it("tells numbers up to a limit from all others by their digits", () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(20_000_000), (most, number) => {
      expect(new RegExp(upTo(most)).test(String(number))).toBe(number <= most);
      expect(new RegExp(upTo(most)).test(String(most))).toBe(true);
      expect(new RegExp(upTo(most)).test(String(most + 1))).toBe(false);
    }),
  );
  for (const told of ["", "-1", "1e3", "1 ", "1, 2"]) expect(new RegExp(upTo(1_000)).test(told)).toBe(false);
});
