/** The domain's records and the edge in front of the services, of every kind that a team may have. */
import { z } from "zod";
import { count, domain, text } from "./forms.ts";

/** Route 53, in the stack's own AWS account: a zone of the stack's own, or one that is there already. */
const route53 = z.strictObject({
  kind: z.literal("route53"),
  /** Days that questions about the domain are kept at least; of a zone of the stack's own. */
  queryLogRetentionDays: count(30, 3_650).default(365),
  /** A hosted zone that is there already, of the domain's name or one above it: read, and given records alone. */
  zoneId: text(/^Z[0-9A-Z]{5,31}$/, "a hosted zone id such as Z0123456789ABCDEFGHIJ").optional(),
  /** What logs the questions of that zone: nothing in AWS tells a zone's log by the zone. */
  queryLogId: z
    .uuid()
    .describe("the id of a query logging configuration such as 3e6e7d3a-0000-4000-8000-0123456789ab")
    .optional(),
});

const cloudflare = z.strictObject({
  kind: z.literal("cloudflare"),
  /** Of the zone that is there, as its overview in Cloudflare shows it. */
  zoneId: text(/^[0-9a-f]{32}$/, "a Cloudflare zone id of 32 hexadecimal digits"),
  /** The zone's name: the domain itself, or one above it. */
  zone: domain,
});

/** Anybody else's: the output `dnsRecords` says what has to stand there, and a look at the DNS proves it. */
const external = z.strictObject({ kind: z.literal("external") });

/** Where the domain's records are kept. */
export const dns = z.discriminatedUnion("kind", [route53, cloudflare, external]);

const cloudfront = z.strictObject({
  kind: z.literal("cloudfront"),
  /** Requests that one address may send in five minutes before the WAF blocks it; AWS allows 10 and more. */
  rateLimitPer5Minutes: count(10, 2_000_000_000),
  /** CloudFront's price class: which edge locations serve the site. */
  priceClass: z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"]),
  accessLogRetentionDays: count(30, 3_650),
  /**
   * Whether the service at "/" is called by the customers' host name, which its Vercel project then has as a domain:
   * Server Actions, redirects and links are right without a word in the app. `false` where Vercel does not give that
   * domain a certificate; the app then has to know it by `APP_URL`, as the services at other paths do (docs/edge.md).
   */
  forwardHost: z.boolean().default(true),
  /** Largest body of a request; what is larger is answered 413. A function on Vercel takes no more than 4,500 KB. */
  maxBodyKB: count(8, 4_500).default(4_500),
});

/** Vercel's own: the app sends the security headers itself, and the project's firewall counts by address. */
const vercel = z.strictObject({
  kind: z.literal("vercel"),
  /** Requests that one address may send in five minutes before Vercel's firewall stops it. */
  rateLimitPer5Minutes: count(10, 2_000_000_000),
  /** Whether Vercel's managed OWASP rules deny attacks; they are for sale with its Enterprise plan alone. */
  owaspRules: z.boolean().default(false),
});

/** What customers' requests reach first. */
export const edge = z.discriminatedUnion("kind", [cloudfront, vercel]);
