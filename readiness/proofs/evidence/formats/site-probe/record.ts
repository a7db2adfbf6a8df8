/** What a look at a site saw, as it came; strict, since only we write it. What it means is worked out by the reader. */
import { z } from "zod";
import { commitId } from "../values.ts";

/** The versions that are tried, one handshake each. */
export const tlsVersions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;

/** Ours; curl's `--max-redirs` has 50, the checklist's pages need one or two. */
export const mostRedirects = 5;

/** As whose page every request is made: what is allowed to this one is allowed to all. */
export const foreignOrigin = "https://readiness.invalid";

const time = z.iso.datetime({ offset: true });
const code = z.string().min(1).max(200);

const handshake = z.strictObject({
  version: z.enum(tlsVersions),
  /** What the site showed, DER in base64, its own first and then each one's issuer; none where there was no handshake. */
  certificates: z.array(z.base64().min(1)).max(10),
  /** Why the chain was not trusted; null where it was, or there was none. */
  distrust: code.nullable(),
  /** Why there was no handshake; null where there was one. */
  failure: code.nullable(),
});

const exchange = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** The status line. */
  http: z.string().max(10),
  status: z.int().min(0).max(999),
  reason: z.string(),
  /** In their order, as often as they came. */
  headers: z.array(z.tuple([z.string().min(1), z.string()])).max(2_000),
  /** SHA-256 of the certificate, and why it was not trusted; null over plain HTTP. */
  certificate: z
    .strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), distrust: code.nullable() })
    .nullable(),
  /** The start tags of its scripts; null where the body could not be read to its end, or was not wanted. */
  scripts: z.array(z.string()).nullable(),
});

const walk = z.strictObject({
  /** The page, and what it redirected to on the same host. */
  exchanges: z.array(exchange).max(mostRedirects + 1),
  /** Why the next one had no answer: it could not be connected to, or did not answer. */
  failure: z.strictObject({ phase: z.enum(["connect", "answer"]), code }).nullable(),
});

const page = z.strictObject({ path: z.string().startsWith("/"), secure: walk, plain: walk });

export const siteRecord = z
  .strictObject({
    format: z.literal("site-probe-1.0"),
    /** What is said to be deployed there. */
    commit: commitId,
    /** Such as `https://portal.example.com`. */
    origin: z.url({ protocol: /^https$/ }),
    /** What the host's name led to. */
    address: z.string().min(1),
    /** The Origin header of each request. */
    asOrigin: z.literal(foreignOrigin),
    startedAt: time,
    finishedAt: time,
    handshakes: z.array(handshake).length(tlsVersions.length),
    pages: z.array(page).min(1).max(1_000),
  })
  .refine((r) => Date.parse(r.finishedAt) >= Date.parse(r.startedAt), "it finished before it started")
  .refine(
    (r) => tlsVersions.every((v) => r.handshakes.some((h) => h.version === v)),
    "a TLS version is missing",
  )
  .refine((r) => new Set(r.pages.map(({ path }) => path)).size === r.pages.length, "a page is there twice");

export type SiteRecord = z.output<typeof siteRecord>;
export type SitePage = SiteRecord["pages"][number];
export type Walk = SitePage["secure"];
export type Exchange = Walk["exchanges"][number];
export type Handshake = SiteRecord["handshakes"][number];

/** All values of a header. */
export function valuesOf({ headers }: Pick<Exchange, "headers">, name: string): readonly string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value.trim());
}

/** Where an answer sends its reader; undefined where it does not redirect, null where that is no address. */
export function redirectOf(exchange: Pick<Exchange, "headers" | "status" | "url">): URL | null | undefined {
  if (![301, 302, 303, 307, 308].includes(exchange.status)) return undefined;
  const [location] = valuesOf(exchange, "location");
  return location === undefined || location === "" ? null : URL.parse(location, exchange.url);
}

/** Whether a redirect stays on a site, over whichever of its two protocols. */
export function staysOn(site: URL, to: URL): boolean {
  if (to.username !== "" || to.password !== "") return false;
  if (to.protocol === "https:") return to.host === site.host;
  return to.protocol === "http:" && to.host === site.hostname;
}
