/** What CloudFront and the origins behind it agree on. */

/** Header that proves to an origin that a request came through CloudFront; its value is secret. */
export const originSecretHeader = "x-origin-secret";

/** Header with the customer's address, set by CloudFront on every request: an origin sees CloudFront's own. */
export const viewerAddressHeader = "x-viewer-address";

/**
 * Where an authority asks, over plain HTTP, whether a host is its owner's before it issues a certificate (RFC 8555,
 * 8.3). Vercel answers there for the domains of its projects.
 */
export const challengePath = "/.well-known/acme-challenge/";

/** A service that answers behind CloudFront. */
export interface Origin {
  readonly service: string;
  /** Where it lives on the domain; exactly one origin has "/". */
  readonly path: string;
  /** Host name that CloudFront calls; see `originHost`. */
  readonly host: string;
  /** Seconds after which Vercel ends a request. */
  readonly maxDurationSeconds: number;
  /** Whether its pages send a policy of their own, or need one that lets inline scripts run. */
  readonly inlineScripts: "nonce" | "unsafe";
}
