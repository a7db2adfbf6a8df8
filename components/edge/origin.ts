/** What CloudFront and the origins behind it agree on. */

/** Header that proves to an origin that a request came through CloudFront; its value is secret. */
export const originSecretHeader = "x-origin-secret";

/** Header with the customer's address, set by CloudFront on every request: an origin sees CloudFront's own. */
export const viewerAddressHeader = "x-viewer-address";

/** A service that answers behind CloudFront. */
export interface Origin {
  readonly service: string;
  /** Where it lives on the domain; exactly one origin has "/". */
  readonly path: string;
  /** Host name that CloudFront calls; see `originHost`. */
  readonly host: string;
}

/** Host name of a service behind CloudFront, such as `portal.origin.portal.example.com`. */
export function originHost(service: string, domain: string): string {
  return `${service}.origin.${domain}`;
}
